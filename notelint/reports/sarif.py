"""SARIF 2.1.0 for editors and code hosts: rules from the catalog, one result per finding.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, TextIO
from urllib.parse import quote

from notelint.reports.json import dumps
from notelint.reports.places import Places
from notelint.reports.plain import clean, without_note_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notelint.catalog import Catalog, Check
    from notelint.records import Finding, Note, NoteReport, Problem
    from notelint.reports import ReportOptions

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVEL = {"error": "error", "warning": "warning", "suggestion": "note"}


class SarifWriter:
    """Writes one SARIF run, a note's results at a time. Beyond a finding's question it holds no text of a note."""

    def __init__(self, out: TextIO, *, catalog: Catalog, options: ReportOptions) -> None:
        self._out, self._catalog, self._options, self._between = out, catalog, options, "\n"
        self._rules = {check.code: index for index, check in enumerate(catalog)}

    def start(self) -> None:
        """Open the document with the tool and its rules."""
        rules = [_rule(check, on=check.code not in self._catalog.off) for check in self._catalog]
        driver = {"name": "notelint", "rules": rules}
        head = f'{{"$schema": {dumps(SCHEMA)}, "version": "2.1.0", "runs": [{{"tool": {dumps({"driver": driver})}'
        self._out.write(f'{head}, "columnKind": "utf16CodeUnits", "results": [')

    def note(self, report: NoteReport) -> None:
        """Write the results of one note's findings."""
        places = Places(report.note.text)
        for finding in report.findings:
            self._out.write(self._between + dumps(self._result(finding, report, places)))
            self._between = ",\n"

    def end(self, problems: Sequence[Problem]) -> None:
        """Write the invocation with what could not be read, and close the document."""
        invocation = {
            "executionSuccessful": not problems,
            "toolExecutionNotifications": [_notification(problem) for problem in problems],
        }
        self._out.write(f'\n], "invocations": [{dumps(invocation)}]}}]}}\n')

    def _result(self, finding: Finding, report: NoteReport, places: Places) -> dict[str, Any]:
        ask = finding.ask if self._options.quotes else without_note_text(finding.ask, report)
        result: dict[str, Any] = {
            "ruleId": finding.code,
            "level": LEVEL[finding.level],
            "message": {"text": _message(ask)},
            "locations": [_location(finding, report.note, places)],
            "properties": {"shown": finding.shown, "element": finding.element, "need": finding.need},
        }
        if finding.code in self._rules:
            result["ruleIndex"] = self._rules[finding.code]
        return result


def _rule(check: Check, *, on: bool) -> dict[str, Any]:
    return {
        "id": check.code,
        "name": check.name,
        "shortDescription": {"text": _message(check.title)},
        "fullDescription": {"text": _message(check.why)},
        "helpUri": check.sources[0].url,
        "defaultConfiguration": {"level": LEVEL[check.level], "enabled": on},
    }


def _location(finding: Finding, note: Note, places: Places) -> dict[str, Any]:
    location: dict[str, Any] = {}
    if note.path:
        artifact, region = {"uri": uri(note.path)}, _region(finding, note, places)
        location["physicalLocation"] = {"artifactLocation": artifact, "region": region}
    if note.line is not None or not note.path:
        location["logicalLocations"] = [{"name": clean(note.id) or "note", "kind": "note"}]
    return location


def _region(finding: Finding, note: Note, places: Places) -> dict[str, int]:
    """Where the finding is in the file: its place, the line of the note's record, or the note's beginning."""
    if note.line is not None:
        return {"startLine": note.line}
    if finding.start is None or finding.end is None:
        return {"startLine": places.line(note.body_start)}
    return {
        "startLine": places.line(finding.start),
        "startColumn": places.column(finding.start),
        "endLine": places.line(finding.end),
        "endColumn": places.column(finding.end),
    }


def _notification(problem: Problem) -> dict[str, Any]:
    region = {} if problem.line is None else {"region": {"startLine": problem.line}}
    artifact = {"artifactLocation": {"uri": uri(problem.path)}, **region}
    return {
        "descriptor": {"id": problem.code},
        "level": "error",
        "message": {"text": _message(f"{problem.message} {problem.cure}")},
        "locations": [{"physicalLocation": artifact}] if problem.path else [],
    }


def _message(text: str) -> str:
    """A plain-text message that holds no link (SARIF 3.11.6): `[text](address)` falls apart."""
    return clean(text).replace("](", "] (").strip()


def uri(path: str) -> str:
    """A path as a URI reference, percent-encoded: absolute as file:, relative as it is."""
    if PurePath(path).is_absolute():
        return Path(path).as_uri()
    return quote(PurePath(path).as_posix(), safe="/", errors="surrogateescape")
