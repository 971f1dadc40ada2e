"""Text and Markdown files: one note a file, with or without front matter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from notelint.errors import InputError
from notelint.readers import problems
from notelint.readers.building import build
from notelint.readers.encodings import binary_kind, decode, mended
from notelint.readers.fields import FIELDS, canonical
from notelint.readers.problems import Place, problem
from notelint.records import MAX_NOTE_CHARACTERS, Note, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 4 * MAX_NOTE_CHARACTERS + 4
MAX_FRONT_MATTER_LINES = 200
ENTRY = re.compile(r"([A-Za-z][\w .-]{0,60}?)[ \t]*:(?:[ \t]+(.*))?")
SECTION = re.compile(
    r"[A-Za-z]|data|subjective|objective|assessment|plan|behaviou?r|intervention|response|goals?|problem", re.IGNORECASE
)


class FrontMatter(NamedTuple):
    """Flat `key: value` lines between two lines of `---`, each key's line, keys given twice, the body's offset."""

    values: dict[str, str]
    lines: dict[str, int]
    twice: tuple[tuple[str, int], ...]
    body_start: int


NONE = FrontMatter({}, {}, (), 0)


def front_matter(text: str) -> FrontMatter:
    """The front matter of a text. What isn't closed, or holds anything but `key: value` lines, is just text."""
    values: dict[str, str] = {}
    numbers: dict[str, int] = {}
    twice: list[tuple[str, int]] = []
    at = 1 if text.startswith("\ufeff") else 0
    for number in range(1, MAX_FRONT_MATTER_LINES):
        end = text.find("\n", at) + 1 or len(text)
        line, at = text[at:end].strip(), end
        if line == "---":
            if number > 1:
                return FrontMatter(values, numbers, tuple(twice), at) if _is_metadata(values) else NONE
            continue
        entry = ENTRY.fullmatch(line)
        if number == 1 or at >= len(text) or (line and not line.startswith("#") and entry is None):
            return NONE
        if entry is not None:
            key, value = entry[1], (entry[2] or "").strip()
            if canonical(key) in {canonical(known) for known in values}:
                twice.append((canonical(key), number))
                key = f"{key} ({number})"
            numbers[key] = number
            values[key] = value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
    return NONE


def _is_metadata(values: dict[str, str]) -> bool:
    """Whether the entries are about a note, not a note's own sections between two rules ("D: …", "Plan: …")."""
    if any(canonical(key) in FIELDS for key in values):
        return True
    return bool(values) and not any(SECTION.fullmatch(key) or len(value) > 200 for key, value in values.items())


def read(place: Place, data: bytes, *, default_id: str) -> Iterator[Note | Problem]:
    """The note in the normalized bytes of a whole text file."""
    kind = binary_kind(data)
    if kind is not None:
        yield problem(problems.BINARY, place, kind=kind)
    else:
        text, lost = decode(data)
        yield from _from_text(place, text, default_id=default_id, lost=lost)


def _from_text(place: Place, text: str, *, default_id: str, lost: int) -> Iterator[Note | Problem]:
    front = front_matter(text)
    for field, line in front.twice:
        shown = field if field in FIELDS else "a key"
        yield problem(problems.TWICE, place._replace(line=line), field=shown)
    yield from build(
        place, text, front.values, default_id=default_id, body_start=front.body_start, lost=lost, lines=front.lines
    )


def note_from_text(text: str, *, path: str = "", id: str = "") -> tuple[Note, tuple[Problem, ...]]:
    """A note from text in memory, front matter and metadata in the text included, and what of it could not be read.

    Raises InputError for what can't be a note: empty, too long, not prose, or marked as psychotherapy notes.

    >>> note, found = note_from_text("Date of service: 05/04/2026\\nClient reports less worry.")
    >>> note.date.isoformat(), found
    ('2026-05-04', ())
    """
    whole, lost = mended(text)
    *found, last = _from_text(Place(mended(path).text), whole, default_id=mended(id).text, lost=lost)
    if isinstance(last, Problem):
        where = last.path if last.line is None else f"{last.path}:{last.line}" if last.path else f"line {last.line}"
        raise InputError(last.code, last.message, where=where, cure=last.cure)
    return last, tuple(item for item in found if isinstance(item, Problem))
