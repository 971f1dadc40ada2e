"""A note's text cut into segments, each with the elements that it documents: evidence overlaps, marks must not."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from notelint.reports.plain import clean

if TYPE_CHECKING:
    from notelint.records import NoteReport


@dataclass(frozen=True)
class Segment:
    """A stretch of the note from `start`. `elements`: whose evidence it is. `reason`: why it counts for none.

    `starts`: whether some evidence begins here; `ends`: whether some evidence that counts ends here.
    """

    start: int
    text: str
    elements: tuple[str, ...] = ()
    doubtful: bool = False
    reason: str | None = None
    starts: bool = False
    ends: bool = False


class _Span(NamedTuple):
    start: int
    end: int
    element: int
    doubtful: bool
    reason: str


def segments(report: NoteReport) -> list[Segment]:
    """The note proper (behind its front matter), whole and in order, cut wherever evidence begins or ends."""
    first, last = report.note.body_start, len(report.note.text)
    spans = [span for span in _spans(report, first, last) if span.start < span.end]
    cuts = sorted({first, last, *(span.start for span in spans), *(span.end for span in spans)})
    made: list[Segment] = []
    active: list[_Span] = []
    waiting = iter(spans)
    upcoming = next(waiting, None)
    for start, end in pairwise(cuts):
        while upcoming is not None and upcoming.start == start:
            active.append(upcoming)
            upcoming = next(waiting, None)
        active = [span for span in active if span.end > start]
        counted = [span for span in active if not span.reason]
        made.append(
            Segment(
                start=start,
                text=clean(report.note.text[start:end]),
                elements=tuple(report.elements[number].id for number in sorted({span.element for span in counted})),
                doubtful=all(span.doubtful for span in counted),
                reason=active[0].reason if active and not counted else None,
                starts=any(span.start == start for span in active),
                ends=any(span.end == end for span in counted),
            )
        )
    return made


def _spans(report: NoteReport, first: int, last: int) -> list[_Span]:
    return sorted(
        _Span(max(one.start, first), min(one.end, last), number, one.doubtful, one.reason or "")
        for number, element in enumerate(report.elements)
        for one in (*element.evidence, *element.not_counted)
    )
