"""Sentences of clinical prose and shorthand: line breaks, bullets, abbreviations, no final periods, run-ons."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, NamedTuple

from notelint.nlp.sections import LINE, MARKS, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Sentence(NamedTuple):
    """A sentence, or a line of a form: offsets of the note's text, without white space around it."""

    start: int
    end: int
    section: str | None
    heading_only: bool


# Words whose period ends no sentence, in lower case without it.
ABBREVIATIONS = frozenset(
    """dr mr mrs ms mx prof rev st jr sr vs eg ie etc incl approx appt appts wk wks hr hrs min mins mo mos yr yrs no
    nos pt pts cl ct th sx dx hx tx rx obj ch vol fig ext dept est avg max temp wt ht lb lbs oz ref re sec int
    mg ml cm tab tabs cap caps q h p a m o d s b prn bid tid qid po im sq jan feb mar apr jun jul aug sep sept
    oct nov dec mon tue tues wed thu thur thurs fri sat sun fa fam bro sis interv resp freq freq psych hosp adm
    med meds inc co ave rd apt""".split()  # noqa: SIM905  (a table of words)
)
# Abbreviations that go on with a capital or a figure more often than they end a sentence.
TITLES = frozenset("dr mr mrs ms mx prof rev st vs eg ie no nos obj ch vol fig incl approx pt cl ct".split())  # noqa: SIM905
# Runs of blanks are entered at their first one only, (?<![ \t]): from each anew, a long run would take quadratic time.
END = re.compile(r"[.!?]{1,4}[\"'”’)\]*_]{0,3}(?=[ \t])[ \t]+")
HEADING_MARKS = re.compile(MARKS)
BULLET = re.compile(r"(?:[-*•·–—>]|\(?\d{1,2}[.)]|[a-h][.)])[ \t]+")
CLOCK = re.compile(r"\b[ap]\.m\.$", re.IGNORECASE)
INITIALS = re.compile(r"(?:^|[\s(\"“/])(?:[A-Z]\.){1,3}$")
DOTTED = re.compile(r"(?:[A-Za-z]\.){2,}$")
# The next field of a form, a name and a box, behind an earlier field's box; "NEED FOR CONTINUED TX: [x]" is one name.
BOX = re.compile(r"(?<![ \t\]])[ \t]+(?=[A-Z][A-Za-z/ ]{1,30}:[ \t]*\[[ xX]?\])")
MARKDOWN_TITLE = re.compile(r"[ \t]{0,3}#{1,6}[ \t]")
MARKED = re.compile(r"[*#_\[]")
ANY_BOX = re.compile(r"\[[ xX]?\]")
RULED_LINE = re.compile(r"[-–—_=*~]{2,}")
LONG = 200  # characters; a longer piece without an end inside is taken for a run-on
SHORTEST = 40  # characters that a clause of a run-on has at least
SUBJECT = (
    r"(?:he|she|they|it|i|we|client|patient|pt|cl|ct|resident|consumer|member|participant|individual|mother|father|mom|dad|staff|this|"
    r"the (?:client|patient|resident|consumer|member|participant|individual|clinician|therapist|writer|worker|"
    r"counselor|group|session|plan|visit))"
)
VERB = (
    r"(?:denie[ds]|denying|report(?:s|ed)|state[ds]|said|says|continue[ds]|feels?|felt|remain(?:s|ed)|agreed|identified|"
    r"worked|discussed|reviewed|taught|practiced|next|return|rtc|plan|goal|no si|no thoughts?|risk)"
)
CLAUSE = re.compile(
    rf"(?:[,;][ \t]+|(?<![ \t])[ \t]+(?:(?:[-–—]+|\|)[ \t]+)?)"
    rf"(?=(?:(?:and|but|so|then|also|while)[ \t]+)?(?:{SUBJECT}[ \t]+[a-z']+|{VERB})\b)",
    re.IGNORECASE,
)
# Words that a clause goes on behind: a subject or verb after one of these begins none of its own.
HOLDS_ON = frozenset(
    """that which who whom whose what where when if because as since although though while until unless before after
    than whether how why to of with for from by in on at about into over under and or but not so the a an his
    her their its my our your this i he she they it we client patient pt cl ct resident consumer member
    participant individual mother father mom dad therapist clinician writer staff is was were be been has have
    had will would can could should did does do quote also then still always never often treatment""".split()  # noqa: SIM905  (a table of words)
)
SOFT = re.compile(r"[,;][ \t]+|(?<![ \t])[ \t]+(?:[-–—|→]+[ \t]+|(?=(?:and|but|so|then)[ \t]))", re.IGNORECASE)


def cut_sentences(text: str, sections: Sequence[Section]) -> list[Sentence]:
    """All sentences of the sections of a note, in order."""
    sentences: list[Sentence] = []
    for section in sections:
        name = None if section.name == "none" else section.name
        for line in LINE.finditer(text, section.start, section.end):
            first = _content_start(text, section, line)
            title = first == line.start() and MARKDOWN_TITLE.match(line[0]) is not None
            sentences += [
                Sentence(start, end, name, title or end <= section.content_start)
                for start, end in _cut_line(text, first, line.end())
            ]
    return sentences


def _content_start(text: str, section: Section, line: re.Match[str]) -> int:
    """Where a line's first sentence begins: behind a heading's marks, and behind a marked heading ("**Plan:** …")."""
    first = line.start()
    if first != section.start or section.name == "none":
        return first
    marked = MARKED.search(text, first, section.content_start) is not None
    if marked and text[section.content_start : line.end()].strip():
        return section.content_start
    return HEADING_MARKS.match(text, first, line.end()).end()  # type: ignore[union-attr]  # matches nothing too


def _cut_line(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    pieces = _cut_at(text, start, end, _ends(text, start, end))
    for piece in pieces:
        inner = _run_on_cuts(text, *piece) if piece[1] - piece[0] > LONG else []
        yield from _cut_at(text, *piece, inner)


def _cut_at(text: str, start: int, end: int, cuts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The pieces between the cuts, without the white space around them; bare bullets and ruled lines are left out."""
    for left, right in zip([start, *cuts], [*cuts, end], strict=True):
        piece = text[left:right]
        bullet = BULLET.match(piece.lstrip())
        first = left + len(piece) - len(piece.lstrip()) + (bullet.end() if bullet else 0)
        last = left + len(piece.rstrip())
        if first < last and not RULED_LINE.fullmatch(text, first, last):
            yield first, last


def _ends(text: str, start: int, end: int) -> list[int]:
    """Where sentences end inside a line: behind . ! ? that close a sentence, and before the next field of a form."""
    cuts = [
        match.end() for match in END.finditer(text, start, end) if match.end() < end and _closes(text, start, match)
    ]
    first_box = ANY_BOX.search(text, start, end)
    if first_box:
        cuts += [match.end() for match in BOX.finditer(text, first_box.end(), end)]
    return sorted(set(cuts))


def _closes(text: str, start: int, match: re.Match[str]) -> bool:  # noqa: PLR0911  (a list of exceptions)
    following = text[match.end()]
    before = text[max(start, match.start() - 24) : match.start() + 1]
    word = re.split(r"[\s(\"“/]", before[:-1])[-1].lower()
    if "." not in match[0]:
        return not following.islower()
    if BULLET.fullmatch(text[start : match.end()].lstrip()):
        return False
    if CLOCK.search(before):
        return following.isupper()
    if following.islower():
        return len(word) > 2 and word.isalpha() and word not in ABBREVIATIONS
    if INITIALS.search(before) or word.replace(".", "") in TITLES:
        return False
    if following.isdigit() and word in ABBREVIATIONS:
        return False
    return not (DOTTED.search(before) and not following.isupper())


def _run_on_cuts(text: str, start: int, end: int) -> list[int]:
    """Where a run-on is cut: before clauses with a subject or verb of their own, else at a comma near its middle."""
    cuts: list[int] = []
    for match in CLAUSE.finditer(text, start, end):
        word = re.split(r"\s", text[max(start, match.start() - 24) : match.start()])[-1].lower()
        if word in HOLDS_ON:
            continue
        if match.end() - (cuts[-1] if cuts else start) >= SHORTEST and end - match.end() >= SHORTEST:
            cuts.append(match.end())
    edges = [start, *cuts, end]
    for left, right in itertools.pairwise(edges):
        if right - left > LONG:
            middle = (left + right) // 2
            soft = [match.end() for match in SOFT.finditer(text, left + SHORTEST, right - SHORTEST)]
            cuts += [min(soft, key=lambda at: abs(at - middle))] if soft else []
    return sorted(cuts)
