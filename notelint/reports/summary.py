"""Many notes in counts: how each element stands and what is asked most. Holds nothing of any note."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from notelint.reports.view import at_level

if TYPE_CHECKING:
    from notelint.catalog import Catalog
    from notelint.records import Level, NoteReport


class Summary:
    """Counts over the notes added so far.

    `notes` and, of them, `quiet` with nothing to ask; `elements`: per element its statuses and how many of them are
    `doubtful`, `titles`: what each is called; `asked`: per check's title the notes that it asks something of.
    """

    def __init__(self, *, catalog: Catalog, level: Level) -> None:
        self.notes = self.quiet = 0
        self.elements: dict[str, Counter[str]] = {}
        self.titles: dict[str, str] = {}
        self.asked: Counter[str] = Counter()
        self._level = level
        self._checks = {check.code: check.title for check in catalog}

    def add(self, report: NoteReport) -> None:
        """Count one note."""
        self.notes += 1
        for element in report.elements:
            self.titles[element.id] = element.title
            counts = self.elements.setdefault(element.id, Counter())
            counts[element.status] += 1
            counts["doubtful"] += element.doubtful
        findings = [finding for finding in report.findings if at_level(finding.level, self._level)]
        self.quiet += not findings
        self.asked.update({self._checks.get(finding.code, finding.name) for finding in findings})

    def commonest(self, most: int = 3) -> list[tuple[str, int]]:
        """What is asked most: (title, number of notes), most first, the alphabet deciding between equals."""
        return sorted(self.asked.items(), key=lambda item: (-item[1], item[0]))[:most]
