"""Reports: one module per output format, each a writer that takes one note at a time.

Importing this package is light; a format's module, and what it needs (rich, Jinja), is imported when it is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TextIO

from notelint.errors import UsageError, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notelint.catalog import Catalog
    from notelint.records import Level, NoteReport, Problem

FORMATS = ("text", "json", "jsonl", "html", "sarif")


@dataclass(frozen=True, kw_only=True)
class ReportOptions:
    """What a report shows.

    `show_all`: every finding and every element. `quotes`: False leaves out all text of the notes and patients' names.
    `explain`: every sentence with what was decided about it. `level`: the lowest level shown to a person; programs
    get all. `color`: None decides by the terminal and NO_COLOR. `width`: columns, None those of the terminal.
    """

    show_all: bool = False
    quotes: bool = True
    explain: bool = False
    level: Level = "suggestion"
    color: bool | None = None
    width: int | None = None


class Writer(Protocol):
    """Writes a report as the notes come; only `html` keeps anything of a note, and a bounded number of them."""

    def start(self) -> None:
        """Write what stands before the first note."""

    def note(self, report: NoteReport) -> None:
        """Write, or take in, one note's report."""

    def end(self, problems: Sequence[Problem]) -> None:
        """Write what stands behind the last note, and what could not be read."""


def open_writer(format: str, out: TextIO, *, catalog: Catalog, options: ReportOptions | None = None) -> Writer:
    """The writer of a format, one of `FORMATS`. Raises UsageError for another one."""
    options = options or ReportOptions()
    match format:
        case "text":
            from notelint.reports.text import TextWriter

            return TextWriter(out, catalog=catalog, options=options)
        case "json" | "jsonl":
            from notelint.reports.json import JsonLinesWriter, JsonWriter

            return (JsonWriter if format == "json" else JsonLinesWriter)(out, options=options)
        case "html":
            from notelint.reports.html import HtmlWriter

            return HtmlWriter(out, catalog=catalog, options=options)
        case "sarif":
            from notelint.reports.sarif import SarifWriter

            return SarifWriter(out, catalog=catalog, options=options)
        case _:
            raise UsageError("E250", f"There is no format '{format}'.", cure=nearest(format, FORMATS))
