"""CSV: one note a row, under a header row, a row in memory at a time."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Any

from notelint.errors import UsageError, nearest
from notelint.readers import problems
from notelint.readers.building import build
from notelint.readers.encodings import Line, decode
from notelint.readers.fields import FIELDS, canonical
from notelint.readers.problems import Place, problem
from notelint.records import MAX_NOTE_CHARACTERS, Note, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_ROW_CHARACTERS = 4 * MAX_NOTE_CHARACTERS + 100_000
MAX_LINE_BYTES = 4 * MAX_ROW_CHARACTERS
DELIMITERS = ",;\t"
BARE_RETURN = re.compile(r"[^\r]*(?:\r\n?|$)")

USUAL_NAMES: dict[str, tuple[str, ...]] = {
    "text": (
        "note",
        "note_text",
        "note_body",
        "progress_note",
        "session_note",
        "narrative",
        "note_content",
        "content",
        "body",
        "documentation",
    ),
    "id": ("note_id", "record_id", "document_id"),
    "type": ("note_type", "session_type", "service_type", "visit_type", "appointment_type", "modality"),
    "date": (
        "dos",
        "service_date",
        "date_of_service",
        "session_date",
        "visit_date",
        "note_date",
        "encounter_date",
        "appointment_date",
    ),
    "patient_id": ("client_id", "client", "mrn", "chart", "chart_number", "member_id", "patient_number"),
    "patient_names": ("patient_name", "client_name", "client_names", "member_name"),
    "clinician_id": (
        "provider",
        "provider_id",
        "therapist",
        "therapist_id",
        "author",
        "clinician_name",
        "provider_name",
        "rendering_provider",
        "staff",
    ),
    "provider_npi": ("npi",),
    "payer": ("insurance", "payor", "insurer", "payer_name"),
    "cpt": ("cpt_code", "procedure_code", "service_code", "procedure", "billing_code"),
    "modifiers": ("modifier",),
    "minutes": (
        "duration",
        "duration_minutes",
        "duration_min",
        "length",
        "session_length",
        "total_minutes",
        "time_minutes",
    ),
    "start": ("start_time", "time_in", "begin_time"),
    "end": ("end_time", "stop_time", "time_out", "stop"),
    "place_of_service": ("pos", "pos_code"),
    "level_of_care": ("loc", "care_level"),
    "diagnoses": ("diagnosis", "dx", "icd10", "icd_10", "diagnosis_codes", "diagnosis_code"),
    "signed_at": ("signed", "date_signed", "signature_date", "signed_date", "signed_on"),
    "program": ("program_name", "department", "unit"),
    "group_session_id": ("group_id",),
    "credentials": ("provider_credentials", "license"),
}


class _RowTooLongError(Exception):
    """Raised through the csv reader so that it drops a row too long to hold."""


class _Feed:
    """Lines of text for the csv reader; knows the line number, and bounds what one row may hold."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self.lines = lines
        self.start = self.number = self.size = self.quotes = self.lost = 0
        self.pending: list[str] = []

    def start_row(self) -> None:
        """Forget what the last row counted."""
        self.size = self.quotes = self.lost = self.start = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if not self.pending:
            line = next(self.lines)
            self.number, self.quotes = line.number, self.quotes + line.quotes
            self.start = self.start or line.number
            if line.data is None:
                raise _RowTooLongError
            text, lost = decode(line.data)
            self.lost += lost
            self.pending = [piece for piece in BARE_RETURN.findall(text) if piece][::-1]
        self.start = self.start or self.number
        piece = self.pending.pop()
        self.size += len(piece)
        if self.size > MAX_ROW_CHARACTERS:
            raise _RowTooLongError
        return piece

    def skip_row(self) -> None:
        """Pass over the rest of a row too long to hold: up to the line where its quotation marks are closed."""
        self.pending = []
        while self.quotes % 2 and (line := next(self.lines, None)) is not None:
            self.number, self.quotes = line.number, self.quotes + line.quotes


def _rows(lines: Iterator[Line], *, delimiter: str) -> Iterator[tuple[int, int, list[str] | problems.Cause]]:
    """Each row that isn't blank: its first line, how many characters were lost, and its cells or why there are none."""
    csv.field_size_limit(max(csv.field_size_limit(), MAX_ROW_CHARACTERS))
    feed = _Feed(lines)
    reader = csv.reader(feed, delimiter=delimiter, strict=False)
    while True:
        feed.start_row()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except _RowTooLongError:
            feed.skip_row()
            reader = csv.reader(feed, delimiter=delimiter, strict=False)
            yield feed.start, 0, problems.TOO_LARGE
        except csv.Error:
            yield feed.start, 0, problems.BROKEN_ROW
        else:
            if feed.quotes % 2 and feed.number > feed.start:
                yield feed.start, 0, problems.OPEN_QUOTE
            if any(cell.strip() for cell in cells):
                yield feed.start, feed.lost, cells


def read(
    place: Place, lines: Iterator[Line], *, stem: str, columns: Mapping[str, str], tabs: bool = False
) -> Iterator[Note | Problem]:
    """The notes of a CSV stream. `columns` names the column of a field where its name is not a usual one.

    Raises UsageError for a map that doesn't fit the file; a file without a column of text is a Problem.
    """
    first = next((line for line in lines if line.data is None or line.data.strip()), None)
    if first is None:
        yield problem(problems.EMPTY, place)
        return
    head = decode(first.data or b"").text
    declared = re.fullmatch(r"sep=(.)\s*", head)
    rest = lines if declared else _behind(first, lines)
    delimiter = declared[1] if declared else "\t" if tabs else max(DELIMITERS, key=re.sub(r'"[^"]*"', "", head).count)
    rows = _rows(rest, delimiter=delimiter)
    start, _, header = next(rows, (1, 0, []))
    if isinstance(header, problems.Cause):
        yield problem(header, place._replace(line=start))
        return
    header = _header(header)
    fields = _match(header, columns, where=f"{place.path}:{start}")
    if "text" not in fields:
        yield problem(problems.NO_TEXT_COLUMN, place._replace(line=start), known=_cure("", header))
        return
    empty = True
    for line, lost, cells in rows:
        empty, here = False, place._replace(line=line)
        if isinstance(cells, problems.Cause):
            yield problem(cells, here)
        else:
            yield from _row(here, cells, header=header, fields=fields, lost=lost, default_id=f"{stem}:{line}")
    if empty:
        yield problem(problems.EMPTY, place)


def _behind(first: Line, lines: Iterator[Line]) -> Iterator[Line]:
    yield first
    yield from lines


def _header(cells: list[str]) -> list[str]:
    """The columns' names, made distinct: an unnamed one is "column 3", a second "Note" is "Note (4)"."""
    names: list[str] = []
    for number, cell in enumerate(cells, 1):
        name = cell.strip() or f"column {number}"
        names.append(f"{name} ({number})" if name in names else name)
    return names


def _plain(name: str) -> str:
    return canonical(re.sub(r"[^\w\s-]+", " ", name))


def _match(header: list[str], columns: Mapping[str, str], *, where: str) -> dict[str, str]:
    """Field → column. Raises UsageError with the nearest name for what the map names and isn't there."""
    fields: dict[str, str] = {}
    by_name = {_plain(name): name for name in reversed(header)}
    for key, column in columns.items():
        field = canonical(key)
        if field not in FIELDS:
            raise UsageError(
                "E320",
                f"The column map names '{key}', which is no field of a note.",
                where=where,
                cure=nearest(field, FIELDS),
            )
        found = column if column in header else by_name.get(_plain(column))
        if found is None:
            raise UsageError(
                "E321", f"There is no column '{column}' (for '{field}').", where=where, cure=_cure(column, header)
            )
        fields[field] = found
    taken = set(fields.values())
    for field in FIELDS:
        names = (field, *USUAL_NAMES.get(field, ()))
        found = next((by_name[name] for name in names if name in by_name and by_name[name] not in taken), None)
        if field not in fields and found is not None:
            fields[field] = found
            taken.add(found)
    return fields


def _cure(column: str, header: list[str]) -> str:
    """The nearest column, or all; none of them where the first row may be no header but a note."""
    usual = {*FIELDS, *(name for names in USUAL_NAMES.values() for name in names)}
    if not any(_plain(name) in usual for name in header):
        return "The first row must name the columns."
    return nearest(column, [name for name in header if len(name) <= 40])


def _row(
    place: Place, cells: list[str], *, header: list[str], fields: dict[str, str], lost: int, default_id: str
) -> Iterator[Note | Problem]:
    extra = cells[len(header) :]
    values = dict(zip(header, cells, strict=False))
    if any(cell.strip() for cell in extra):  # a shorter row is no problem: exports drop trailing empty cells
        yield problem(problems.ROW_LENGTH, place, cells=len(cells), columns=len(header))
    text = values.get(fields["text"], "")
    names = {column: field for field, column in fields.items()}
    record: dict[str, Any] = {
        names.get(column, column): value for column, value in values.items() if column != fields["text"]
    }
    if any(cell.strip() for cell in extra):
        record["extra cells"] = extra
    yield from build(place, text, record, default_id=default_id, lost=lost)
