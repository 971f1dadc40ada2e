"""One self-contained HTML file: readable without script or network, on paper, on a phone, in light and dark.

The overview stands before the notes, so notes are held back until the end: the first `FULL_NOTES` as finished HTML (and
hardly more than `FULL_CHARACTERS` of it), the rest as counts only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TextIO

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from notelint.reports.html_note import Letters, note_context
from notelint.reports.plain import clean, shorten
from notelint.reports.summary import Summary
from notelint.reports.view import DISCLAIMER, STATUS_WORDS
from notelint.resources import data_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notelint.catalog import Catalog
    from notelint.records import NoteReport, Problem
    from notelint.reports import ReportOptions

FULL_NOTES = 200
FULL_CHARACTERS = 40_000_000
SIGNS = {"met": "●", "partial": "◐", "missing": "○", "not_applicable": "–"}


def environment() -> Environment:
    """Jinja over `templates/`: everything is escaped and cleaned of control characters, nothing may be undefined."""
    made = Environment(
        loader=FileSystemLoader(data_folder("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: clean(value) if type(value) is str else value,
    )
    made.filters["shorten"] = shorten
    made.globals.update(status_words=STATUS_WORDS, signs=SIGNS, disclaimer=DISCLAIMER)
    return made


class HtmlWriter:
    """Takes in the notes as they come and writes the page at the end."""

    def __init__(self, out: TextIO, *, catalog: Catalog, options: ReportOptions) -> None:
        self._out, self._catalog, self._options = out, catalog, options
        self._environment = environment()
        self._note = self._environment.get_template("report_note.html.jinja")
        self._summary = Summary(catalog=catalog, level=options.level)
        self._letters = Letters(catalog)
        self._pieces: list[Markup] = []
        self._rows: list[dict[str, Any]] = []
        self._characters = 0

    def start(self) -> None:
        """Nothing is written before the overview is known."""

    def note(self, report: NoteReport) -> None:
        """Count one note, and hold its HTML if it is among the first."""
        self._summary.add(report)
        if len(self._pieces) >= FULL_NOTES or self._characters >= FULL_CHARACTERS:
            return
        number = len(self._pieces) + 1
        context = note_context(report, number, letters=self._letters, catalog=self._catalog, options=self._options)
        piece = Markup(self._note.render(context))
        self._characters += len(piece)
        self._pieces.append(piece)
        row = {key: context[key] for key in ("number", "title", "type", "date")}
        statuses = {element.id: (element.status, element.doubtful) for element in report.elements}
        self._rows.append({**row, "asked": len(context["asked"]), "statuses": statuses})

    def end(self, problems: Sequence[Problem]) -> None:
        """Write the page."""
        counts = self._summary.elements
        page = self._environment.get_template("report.html.jinja").generate(
            summary=self._summary,
            elements=[(one, counts[one.element]) for one in self._letters if one.element in counts],
            rows=self._rows,
            pieces=self._pieces,
            problems=[str(problem) for problem in problems],
        )
        self._out.writelines(page)
        self._out.write("\n")
