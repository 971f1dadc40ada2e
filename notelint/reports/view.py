"""What a person sees of a note's report: what is clear, asked, perhaps there, and how much is held back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from notelint.records import LEVELS, Evidence

if TYPE_CHECKING:
    from notelint.catalog import Catalog
    from notelint.records import ElementReport, Finding, Level, Note, NoteReport, Question
    from notelint.reports import ReportOptions

MAX_PERHAPS = 2
STATUS_WORDS = {"met": "clear", "partial": "partly there", "missing": "not found", "not_applicable": "does not apply"}
DISCLAIMER = "Not legal advice and no promise of payment."


@dataclass(frozen=True)
class Asked:
    """A finding with what was found for it: evidence that does not count, or the nearest thing (start, end)."""

    finding: Finding
    not_counted: tuple[Evidence, ...]
    nearest: tuple[int, int] | None


@dataclass(frozen=True)
class View:
    """What a person sees of a note: `asked` and `perhaps` at once, `later` and `unsure` only when asked for more."""

    clear: tuple[ElementReport, ...]
    asked: tuple[Asked, ...]
    later: tuple[Asked, ...]
    perhaps: tuple[Question, ...]
    unsure: tuple[Question, ...]

    @property
    def more(self) -> int:
        """How many findings and questions are held back."""
        return len(self.later) + len(self.unsure)


def view(report: NoteReport, *, catalog: Catalog, options: ReportOptions) -> View:
    """What a person sees of `report`."""
    wanted = [finding for finding in report.findings if at_level(finding.level, options.level)]
    first = [finding for finding in wanted if finding.shown]
    rest = [finding for finding in wanted if not finding.shown]
    if options.show_all:
        first, rest = first + rest, []
    # what a practice switched off is no praise either; a preview's status is still told
    quiet = {check.code for check in catalog if check.code in catalog.off and check.status != "preview"}
    most = len(report.questions) if options.show_all else MAX_PERHAPS
    return View(
        clear=tuple(
            element
            for element in report.elements
            if element.status == "met" and not element.doubtful and element.code not in quiet
        ),
        asked=tuple(_asked(finding, report, catalog) for finding in first),
        later=tuple(_asked(finding, report, catalog) for finding in rest),
        perhaps=report.questions[:most],
        unsure=report.questions[most:],
    )


def at_level(level: Level, lowest: Level) -> bool:
    """Whether a finding of `level` is at or above `lowest`."""
    return LEVELS.index(level) <= LEVELS.index(lowest)


def _asked(finding: Finding, report: NoteReport, catalog: Catalog) -> Asked:
    needs = (
        need for check in catalog if check.code == finding.code for need in check.needs if need.name == finding.need
    )
    parts = {part for need in needs for part in need.any_of}
    struck = tuple(
        evidence
        for element in report.elements
        if element.id == finding.element
        for evidence in element.not_counted
        if evidence.part in parts or not parts
    )
    place = None if finding.start is None or finding.end is None else (finding.start, finding.end)
    return Asked(finding, struck, None if place in [(evidence.start, evidence.end) for evidence in struck] else place)


def best(evidence: tuple[Evidence, ...]) -> Evidence | None:
    """The surest evidence, the first of equals; None where there is none."""
    return max(evidence, key=lambda one: one.probability, default=None)


def verdict(tag: Evidence) -> str:
    """What became of a tag: "counts", "doubtful", "not counted: …" or "too low"."""
    if tag.reason:
        return f"not counted: {tag.reason}"
    if tag.probability < tag.lower:
        return "too low"
    return "doubtful" if tag.doubtful else "counts"


def figures_of(tag: Evidence) -> str:
    """The tagger's probability beside its threshold; a rule that says what a sentence is mistaken for has none."""
    return "seems to be there" if tag.source == "rule" else f"{tag.probability:.2f} (needs {tag.threshold:.2f})"


def title(note: Note) -> str:
    """What a note is called: its id, else its file's name, else "note"."""
    return note.id or PurePath(note.path).name or "note"


def place(note: Note) -> str:
    """Where a note came from, empty where its title says it already."""
    where = note.path if note.line is None else f"{note.path}:{note.line}"
    return "" if where == title(note) else where
