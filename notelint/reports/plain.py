"""Text of notes made harmless, short, or left out: notes are hostile until shown otherwise."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from notelint.records import NoteReport

# CSI (ECMA-48, 5.4) and OSC sequences, then the other escapes of two characters.
_ANSI = re.compile(r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -~]?")
_NEWLINE = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
# Controls but tab and line feed, direction controls (UAX 9), invisible and tag characters, lone surrogates.
_UNSAFE = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]")  # fmt: skip  # noqa: E501
_QUOTED = re.compile(r"(?<!\w)(['‘\"“])(.+?)(['’\"”])(?!\w)", re.DOTALL)
STRUCK = "[…]"


def clean(text: str) -> str:
    """`text` without what steers a terminal or disguises its order: escapes, controls, direction marks."""
    if text.isascii() and text.isprintable():
        return text
    return _UNSAFE.sub("", _NEWLINE.sub("\n", _ANSI.sub("", text)))


def shorten(text: str, width: int = 90) -> str:
    """`text` cleaned, on one line, and cut at a word's end to about `width` characters."""
    line = " ".join(clean(text[: 8 * width]).split())
    if len(line) <= width and len(text) <= 8 * width:
        return line
    head, _, _ = line[:width].rpartition(" ")
    return (head if len(head) > width // 2 else line[:width]).rstrip(" ,;:.–—-") + "…"


def without_note_text(text: str, report: NoteReport) -> str:
    """The wording of a finding with what it takes from the note struck: quotes, evidence, and the patient's names."""
    note = report.note.text.casefold()

    def strike(match: re.Match[str]) -> str:
        start, quote, end = match.groups()
        return f"{start}{STRUCK}{end}" if quote.strip(" .…").casefold() in note else match.group()

    for known in sorted(_texts(report), key=len, reverse=True):
        text = text.replace(known, STRUCK)
    text = _QUOTED.sub(strike, text)
    for word in sorted({word for name in report.note.patient_names for word in (name, *name.split()) if len(word) > 1}, key=len, reverse=True):  # fmt: skip  # noqa: E501
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", "[name]", text)
    return text


def _texts(report: NoteReport) -> Iterator[str]:
    """Whatever of the note stands in its report, but for single words: those are anybody's."""
    for part in (*report.other_parts, *(part for element in report.elements for part in element.parts)):
        yield from (evidence.text for evidence in part.evidence if " " in evidence.text)
    for element in report.elements:
        yield from (evidence.text for evidence in element.not_counted if " " in evidence.text)
    yield from (question.text for question in report.questions if " " in question.text)
    yield from (sentence.text for sentence in report.sentences if " " in sentence.text)
