"""JSON for programs: `notelint.note/1`, a line per note, and `notelint.report/1`, all of them in one document."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any, TextIO

from notelint.reports.plain import without_note_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from notelint.records import ElementReport, Evidence, Finding, NoteReport, PartReport, Problem, SentenceTags
    from notelint.reports import ReportOptions

    Quote = Callable[[str], str | None]

NOTE_SCHEMA = "notelint.note/1"
REPORT_SCHEMA = "notelint.report/1"
# What would steer a terminal or end a line for some reader of JSONL is written as an escape: nothing is lost by it.
_ESCAPED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def dumps(value: object) -> str:
    """`value` as one line of JSON: no NaN, no lone surrogate, nothing that a terminal could take for a command."""
    try:
        line = json.dumps(value, ensure_ascii=False, allow_nan=False)
    except ValueError:
        line = json.dumps(_finite(value), ensure_ascii=False)
    if line.isascii():
        return line.replace("\x7f", "\\u007f")
    return _ESCAPED.sub(lambda match: f"\\u{ord(match.group()):04x}", _LONE_SURROGATE.sub("\ufffd", line))


def _finite(value: object) -> object:
    """`value` with null for what JSON has no number for."""
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def note_to_dict(report: NoteReport, *, options: ReportOptions) -> dict[str, Any]:
    """A note's report as `notelint.note/1` (DESIGN.md), for JSON and the HTTP API alike.

    Without `options.quotes` every text of the note is null, findings quote nothing, and patients' names and
    metadata that notelint does not know are left out.
    """

    def quote(text: str) -> str | None:
        return text if options.quotes else None

    metadata = report.note.metadata()
    if not options.quotes:  # columns and keys that notelint doesn't know may hold anything
        metadata = {key: metadata[key] for key in metadata if key not in (*report.note.other, "patient_names")}
    fields: dict[str, Any] = {
        "schema": NOTE_SCHEMA,
        "id": report.note.id,
        "path": report.note.path,
        "metadata": metadata,
        "elements": [_element(element, quote) for element in report.elements],
        "other_parts": [_part(part, quote) for part in report.other_parts],
        "findings": [_finding(finding, report, options) for finding in report.findings],
        "questions": [
            {"element": one.element, "part": one.part, "start": one.start, "end": one.end, "text": quote(one.text)}
            for one in report.questions
        ],
    }
    if report.note.line is not None:
        fields["line"] = report.note.line
    if options.explain:
        fields["sentences"] = [_sentence(sentence, quote) for sentence in report.sentences]
    return fields


def _element(element: ElementReport, quote: Quote) -> dict[str, Any]:
    return {
        "id": element.id,
        "code": element.code,
        "status": element.status,
        "doubtful": element.doubtful,
        "parts": [_part(part, quote) for part in element.parts],
        "not_counted": [
            {"part": one.part, "start": one.start, "end": one.end, "text": quote(one.text), "reason": one.reason}
            for one in element.not_counted
        ],
    }


def _part(part: PartReport, quote: Quote) -> dict[str, Any]:
    return {"id": part.id, "evidence": [_evidence(evidence, quote) for evidence in part.evidence]}


def _evidence(evidence: Evidence, quote: Quote) -> dict[str, Any]:
    return {
        "start": evidence.start,
        "end": evidence.end,
        "text": quote(evidence.text),
        "section": evidence.section,
        "source": evidence.source,
        "probability": round(evidence.probability, 4),
        "threshold": round(evidence.threshold, 4),
        "doubtful": evidence.doubtful,
    }


def _finding(finding: Finding, report: NoteReport, options: ReportOptions) -> dict[str, Any]:
    def wording(text: str) -> str:
        return text if options.quotes else without_note_text(text, report)

    return {
        "code": finding.code,
        "name": finding.name,
        "level": finding.level,
        "element": finding.element,
        "need": finding.need,
        "message": wording(finding.message),
        "ask": wording(finding.ask),
        "starter": wording(finding.starter),
        "shown": finding.shown,
        "start": finding.start,
        "end": finding.end,
    }


def _sentence(sentence: SentenceTags, quote: Quote) -> dict[str, Any]:
    return {
        "start": sentence.start,
        "end": sentence.end,
        "text": quote(sentence.text),
        "section": sentence.section,
        "context": list(sentence.context),
        "labels": [
            {
                "id": tag.part,
                "probability": round(tag.probability, 4),
                "threshold": round(tag.threshold, 4),
                "lower": round(tag.lower, 4),
                "doubtful": tag.doubtful,
                "reason": tag.reason,
            }
            for tag in sentence.tags
        ],
    }


class JsonLinesWriter:
    """`notelint.note/1`, a line per note. Problems are not part of it."""

    def __init__(self, out: TextIO, *, options: ReportOptions) -> None:
        self._out, self._options = out, options

    def start(self) -> None:
        """Nothing stands before the first line."""

    def note(self, report: NoteReport) -> None:
        """Write a note's line."""
        self._out.write(dumps(note_to_dict(report, options=self._options)) + "\n")

    def end(self, problems: Sequence[Problem]) -> None:
        """Nothing stands behind the last line."""


class JsonWriter:
    """`notelint.report/1`: one document with all notes and problems, written as they come."""

    def __init__(self, out: TextIO, *, options: ReportOptions) -> None:
        self._out, self._options, self._between = out, options, "\n"

    def start(self) -> None:
        """Open the document."""
        self._out.write(f'{{"schema": {dumps(REPORT_SCHEMA)}, "notes": [')

    def note(self, report: NoteReport) -> None:
        """Write a note's object."""
        self._out.write(self._between + dumps(note_to_dict(report, options=self._options)))
        self._between = ",\n"

    def end(self, problems: Sequence[Problem]) -> None:
        """Write the problems and close the document."""
        self._out.write(f'\n], "problems": {dumps([problem.model_dump() for problem in problems])}}}\n')
