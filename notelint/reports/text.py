"""What a clinician sees in a terminal: what is clear, at most a few questions, and how much more there is."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from notelint.reports.places import Places
from notelint.reports.plain import clean, shorten, without_note_text
from notelint.reports.summary import Summary
from notelint.reports.view import DISCLAIMER, Asked, best, figures_of, place, title, verdict, view

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notelint.catalog import Catalog
    from notelint.records import ElementReport, NoteReport, Problem
    from notelint.reports import ReportOptions

MIN_WIDTH, MAX_WIDTH = 36, 100
QUOTE = 90
REST = {"partial": "Partly there", "missing": "Not found", "not_applicable": "Does not apply"}


def console(out: TextIO, options: ReportOptions) -> Console:
    """A console that writes no escape at all into a pipe, under NO_COLOR, or where `options.color` is False."""
    color = (out.isatty() and not os.environ.get("NO_COLOR")) if options.color is None else options.color
    made = Console(
        file=out,
        width=options.width,
        color_system=("standard" if options.color else "auto") if color else None,
        force_terminal=color,
        markup=False,
        highlight=False,
        emoji=False,
    )
    made.width = max(MIN_WIDTH, min(made.width, MAX_WIDTH))
    return made


class TextWriter:
    """Writes each note as it comes, and a summary behind more than one."""

    def __init__(self, out: TextIO, *, catalog: Catalog, options: ReportOptions) -> None:
        self._catalog, self._options = catalog, options
        self._console = console(out, options)
        self._summary = Summary(catalog=catalog, level=options.level)

    def start(self) -> None:
        """Nothing stands before the first note."""

    def note(self, report: NoteReport) -> None:
        """Write what there is to say about one note."""
        self._summary.add(report)
        page = NotePage(self._console, report, self._catalog, self._options)
        page.write()
        self._print([*page.lines, Text()])

    def end(self, problems: Sequence[Problem]) -> None:
        """Write the summary of many notes, what could not be read, and the disclaimer."""
        page = Page(self._console)
        if self._summary.notes != 1:
            _overview(page, self._summary)
        if problems:
            page.say("Said about the input", style="bold yellow")
            for problem in problems:
                page.say(str(problem), indent=2)
            page.lines.append(Text())
        page.say(DISCLAIMER, style="dim")
        self._print(page.lines)

    def _print(self, lines: list[Text]) -> None:
        self._console.print(Text("\n").join(lines), soft_wrap=True)


class Page:
    """Lines of text, wrapped to the console's width with hanging indents, and cleaned of whatever steers a terminal."""

    def __init__(self, console: Console) -> None:
        self.lines: list[Text] = []
        self.width = console.width
        self._console = console

    def say(self, text: str, *, style: str = "", indent: int = 0, mark: str = "", mark_style: str = "") -> None:
        """Add a paragraph, behind `mark` in its first line."""
        wide = indent + cell_len(mark)
        first = Text.assemble(" " * indent, (mark, mark_style or style))
        for line in Text(clean(text), style=style).wrap(self._console, max(8, self.width - wide)):
            line.rstrip()
            self.lines.append(first.append_text(line))
            first = Text(" " * wide)


class NotePage(Page):
    """The lines of one note."""

    def __init__(self, console: Console, report: NoteReport, catalog: Catalog, options: ReportOptions) -> None:
        super().__init__(console)
        self._report, self._options = report, options
        self._view = view(report, catalog=catalog, options=options)
        self._places = Places(report.note.text)

    def write(self) -> None:
        """Fill the page, the most useful first."""
        note = self._report.note
        facts = (title(note), place(note), note.type, note.date and note.date.isoformat())
        self.say(" · ".join(shorten(fact, 200) for fact in facts if fact), style="bold")
        self._elements("Clear today", self._view.clear, style="bold green")
        for number, asked in enumerate(self._view.asked, 1):
            self._question(number, asked)
        if self._view.perhaps:
            self.head("Perhaps")
        for one in self._view.perhaps:
            name = next((element.title for element in self._report.elements if element.id == one.element), one.element)
            self.say(f"{name} {self._quote(one.start, self._report.note.text[one.start : one.end])}?", indent=4)
        if self._options.show_all:
            self._rest()
        if self._view.more:
            self.head(f"{self._view.more} more with --all", style="dim")
        if not (self._view.asked or self._view.perhaps or self._view.more):
            self.head("Nothing to ask." if self._report.elements else "There is nothing here to read.", style="")
        if self._options.explain:
            self._sentences()

    def head(self, heading: str, *, style: str = "bold") -> None:
        """Add a heading with air above."""
        self.lines.append(Text())
        self.say(heading, style=style, indent=2)

    def _quote(self, start: int, text: str) -> str:
        where = f"(line {self._places.line(start)})"
        return f"{where}: “{shorten(text, QUOTE)}”" if self._options.quotes else where

    def _wording(self, text: str) -> str:
        return text if self._options.quotes else without_note_text(text, self._report)

    def _elements(self, heading: str, elements: Sequence[ElementReport], *, style: str = "bold") -> None:
        if elements:
            self.head(heading, style=style)
        for element in elements:
            evidence = best(element.evidence)
            quote = f" {self._quote(evidence.start, evidence.text)}" if evidence else ""
            self.say(f"{element.title}{quote}", indent=4)

    def _question(self, number: int, asked: Asked) -> None:
        finding = asked.finding
        self.lines.append(Text())
        mark = f"{number}. "
        self.say(self._wording(finding.ask), indent=2, mark=mark, mark_style="bold cyan")
        indent = 2 + len(mark)
        if finding.message:
            self.say(f"{self._wording(finding.message)} ({finding.code})", style="dim", indent=indent)
        if finding.starter:
            self.say(self._wording(finding.starter), style="cyan", indent=indent, mark="→ ", mark_style="cyan")
        if asked.nearest:
            start, end = asked.nearest
            self.say(f"nearest {self._quote(start, self._report.note.text[start:end])}", style="dim", indent=indent)
        most = len(asked.not_counted) if self._options.show_all else 1
        for evidence in sorted(asked.not_counted, key=lambda one: -one.probability)[:most]:
            found = self._quote(evidence.start, evidence.text)
            self.say(f"found {found}, not counted: {evidence.reason}", style="dim", indent=indent)

    def _rest(self) -> None:
        """Every element that isn't clear."""
        unsure = [element for element in self._report.elements if element.doubtful]
        self._elements("Found, not surely", unsure)
        for status, heading in REST.items():
            rest = [element for element in self._report.elements if element.status == status and not element.doubtful]
            self._elements(heading, rest)

    def _sentences(self) -> None:
        self.head("Sentence by sentence")
        for sentence in self._report.sentences:
            about = "; ".join(filter(None, (sentence.section, *sentence.context)))
            self.say(self._quote(sentence.start, sentence.text) + (f" [{about}]" if about else ""), indent=4)
            for tag in sentence.tags:
                self.say(f"{tag.part} {figures_of(tag)}: {verdict(tag)}", style="dim", indent=6)


def _overview(page: Page, summary: Summary) -> None:
    if not summary.notes:
        page.say("No note was read.")
        page.lines.append(Text())
        return
    page.say(f"{summary.notes} notes, {summary.quiet} with nothing to ask", style="bold")
    columns = (("clear", "met"), ("partly", "partial"), ("missing", "missing"))
    figures = "".join(f"  {head}" for head, _ in columns)
    widest = max((cell_len(name) for name in summary.titles.values()), default=0)
    name = min(widest, page.width - 2 - len(figures))
    page.say(f"{'':{name}}{figures}", style="dim", indent=2)
    for element, counts in summary.elements.items():
        cells = "".join(f"{counts[status]:>{len(head) + 2}}" for head, status in columns)
        label = summary.titles[element]
        page.say(f"{shorten(label, name - 1) if cell_len(label) > name else label:{name}}{cells}", indent=2)
    asked = ", ".join(f"{check} ({count})" for check, count in summary.commonest())
    if asked:
        page.say(f"Asked most often: {asked}", indent=2)
    page.lines.append(Text())
