"""What the template of one note is given: marked text, questions, elements with quotes that link into the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from notelint.reports.marks import segments
from notelint.reports.plain import shorten, without_note_text
from notelint.reports.view import Asked, figures_of, place, title, verdict, view

if TYPE_CHECKING:
    from collections.abc import Iterator

    from notelint.catalog import Catalog
    from notelint.records import ElementReport, NoteReport, Question
    from notelint.reports import ReportOptions

QUOTE = 160
MAX_QUOTES = 3
HUES = 8
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Letter:
    """An element's sign in a report: a letter and a hue, so that neither stands alone."""

    element: str
    letter: str
    hue: int
    title: str


class Letters:
    """The letters of elements, the same in every note of a report: in the catalog's order, unknown ones behind."""

    def __init__(self, catalog: Catalog) -> None:
        self._known: dict[str, Letter] = {}
        for check in catalog:
            self.add(check.element, check.title)

    def add(self, element: str, title: str) -> None:
        """Give `element` a letter if it has none."""
        count = len(self._known)
        letter = ALPHABET[count] if count < len(ALPHABET) else str(count + 1)
        self._known.setdefault(element, Letter(element, letter, count % HUES, title))

    def __iter__(self) -> Iterator[Letter]:
        return iter(self._known.values())

    def __getitem__(self, element: str) -> Letter:
        return self._known[element]


def note_context(
    report: NoteReport, number: int, *, letters: Letters, catalog: Catalog, options: ReportOptions
) -> dict[str, Any]:
    """The names that `report_note.html.jinja` needs. Without `options.quotes` none of them holds text of the note."""
    for element in report.elements:
        letters.add(element.id, element.title)
    for question in report.questions:
        letters.add(question.element, question.element.replace("_", " "))
    return _Context(report, number, letters, catalog, options).whole()


class _Context:
    def __init__(
        self, report: NoteReport, number: int, letters: Letters, catalog: Catalog, options: ReportOptions
    ) -> None:
        self._report, self._number, self._letters, self._options = report, number, letters, options
        self._view = view(report, catalog=catalog, options=options)
        self._segments = segments(report) if options.quotes else []
        self._anchors = {segment.start for segment in self._segments if segment.starts}

    def whole(self) -> dict[str, Any]:
        """Everything about the note."""
        note = self._report.note
        asked = [self._question(one, count) for count, one in enumerate(self._view.asked, 1)]
        later = [self._question(one, count) for count, one in enumerate(self._view.later, len(asked) + 1)]
        elements = [self._element(element, asked) for element in self._report.elements]
        return {
            "number": self._number,
            "title": shorten(title(note), 120),
            "place": place(note),
            "type": note.type or "",
            "date": note.date.isoformat() if note.date else "",
            "clear": [self._letters[element.id] for element in self._view.clear],
            "asked": asked,
            "later": later,
            "perhaps": [self._perhaps(one) for one in self._view.perhaps],
            "unsure": [self._perhaps(one) for one in self._view.unsure],
            "elements": [one for one in elements if one["status"] != "not_applicable"],
            "not_applicable": [one["sign"] for one in elements if one["status"] == "not_applicable"],
            "segments": [(segment, [self._letters[one] for one in segment.elements]) for segment in self._segments],
            "has_text": bool(self._segments),
            "sentences": self._sentences() if self._options.explain else [],
        }

    def _wording(self, text: str) -> str:
        return text if self._options.quotes else without_note_text(text, self._report)

    def _quote(self, start: int, text: str, **more: Any) -> dict[str, Any]:
        href = f"#n{self._number}-{start}" if start in self._anchors else ""
        return {"text": shorten(text, QUOTE) if self._options.quotes else "", "href": href, **more}

    def _question(self, asked: Asked, count: int) -> dict[str, Any]:
        finding = asked.finding
        nearest = None
        if asked.nearest and self._options.quotes:
            start, end = asked.nearest
            nearest = self._quote(start, self._report.note.text[start:end])
        return {
            "count": count,
            "code": finding.code,
            "name": finding.name,
            "element": finding.element,
            "ask": self._wording(finding.ask),
            "message": self._wording(finding.message),
            "starter": self._wording(finding.starter),
            "nearest": nearest,
            "not_counted": [self._quote(one.start, one.text, reason=one.reason) for one in asked.not_counted],
        }

    def _element(self, element: ElementReport, asked: list[dict[str, Any]]) -> dict[str, Any]:
        by_place = {(one.start, one.end): one for one in element.evidence}
        quotes = [self._quote(one.start, one.text, doubtful=one.doubtful) for one in by_place.values()]
        struck = {(one.start, one.end): one for one in element.not_counted}
        return {
            "sign": self._letters[element.id],
            "status": element.status,
            "doubtful": element.doubtful,
            "quotes": quotes[:MAX_QUOTES],
            "more": len(quotes[MAX_QUOTES:]),
            "not_counted": [self._quote(one.start, one.text, reason=one.reason) for one in struck.values()],
            "asked": [one["count"] for one in asked if one["element"] == element.id],
        }

    def _perhaps(self, question: Question) -> dict[str, Any]:
        text = self._report.note.text[question.start : question.end]
        return self._quote(question.start, text, sign=self._letters[question.element])

    def _sentences(self) -> list[dict[str, Any]]:
        return [
            {
                "text": sentence.text if self._options.quotes else "",
                "about": "; ".join(filter(None, (sentence.section, *sentence.context))),
                "tags": [
                    {
                        "part": tag.part,
                        "figures": figures_of(tag),
                        "verdict": verdict(tag),
                    }
                    for tag in sentence.tags
                ],
            }
            for sentence in self._report.sentences
        ]
