"""Sections of a note: SOAP, DAP, BIRP, GIRP, PIRP, PIE, headings in full words, forms (`Field: value`), or none."""

from __future__ import annotations

import re
from typing import NamedTuple

from notelint.nlp.headings import CANONICAL, LETTERS


class Section(NamedTuple):
    """A stretch of the note under one heading, which ends at `content_start`. Offsets of the note's text.

    `heading`: its words as headings.py writes them.
    """

    name: str
    start: int
    content_start: int
    end: int
    heading: str = ""


class Heading(NamedTuple):
    """A heading found in the text: its words in lower case, and where it and what it heads begin.

    It begins at its marks ("## ", "**", "["), else these would stand as a sentence in the section before.
    """

    words: str
    start: int
    content_start: int


LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
MARKS = r"[#>*_\-=•·\[(]{0,4}[ \t]{0,4}"  # before a heading's words
WORDS = r"[A-Za-z][A-Za-z '’/&\-]{0,44}"
# A heading with something behind it ("Plan: …", "**Plan** - …"), or one that has the line for itself ("PLAN").
FIELD = re.compile(
    rf"[ \t]{{0,20}}{MARKS}({WORDS}?)[ \t]{{0,3}}[\])*_]{{0,3}}[ \t]{{0,3}}(:|[-–—](?=[ \t]))[*_]{{0,3}}[ \t]*"
)
ALONE = re.compile(rf"[ \t]{{0,20}}{MARKS}({WORDS})[ \t]{{0,3}}[\])*_#=\-:.]{{0,40}}[ \t]*$")
# Within a line only behind the end of a sentence, and only with a colon.
INLINE = re.compile(r"(?<=[.!?\"”)\]])[ \t]{1,4}((?:[SOAPDBIRGE]|[A-Z][A-Za-z]{3,15}(?: [A-Za-z]{2,12}){0,3})):[ \t]+")


def find_headings(text: str, start: int = 0) -> list[Heading]:
    """All known headings of a note, in order, from the offset `start` on."""
    found: list[Heading] = []
    for line in LINE.finditer(text, start):
        whole = line[0]
        first = FIELD.match(whole) or ALONE.match(whole)
        if first and _is_heading(first[1]):
            indent = len(whole) - len(whole.lstrip(" \t"))
            found.append(Heading(_words(first[1]), line.start() + indent, line.start() + first.end()))
        found += [
            Heading(_words(match[1]), line.start() + match.start(1), line.start() + match.end())
            for match in INLINE.finditer(whole)
            if _is_heading(match[1])
        ]
    return found


def find_sections(text: str, start: int = 0) -> list[Section]:
    """The sections of a note from the offset `start` on, without gaps; what stands before any heading is "none"."""
    headings = find_headings(text, start)
    starts = [heading.start for heading in headings] + [len(text)]
    sections = [] if starts[0] == start else [Section("none", start, start, starts[0])]
    letters = [heading.words.upper() for heading in headings if len(heading.words) == 1]
    meanings = iter(_meanings(letters))
    for heading, end in zip(headings, starts[1:], strict=True):
        name = next(meanings) if len(heading.words) == 1 else CANONICAL[heading.words]
        sections.append(Section(name, heading.start, heading.content_start, end, heading.words))
    return sections


def _meanings(letters: list[str]) -> list[str]:
    """What the one-letter headings stand for: a P or S that opens them, with an I, is the problem or situation."""
    meanings = [LETTERS[letter] for letter in letters]
    if letters[:1] == ["P"] and "I" in letters:
        meanings[0] = "problem"
    if letters[:1] == ["S"] and "I" in letters and "O" not in letters:
        meanings[0] = "situation"
    return meanings


def _words(heading: str) -> str:
    return re.sub(r"\s+", " ", heading.replace("’", "'")).strip(" -").lower()


def _is_heading(heading: str) -> bool:
    words = _words(heading)
    if len(words) == 1:
        return heading.strip() in LETTERS
    return words in CANONICAL and not heading.strip()[0].islower()
