"""A record from outside → the fields of a note: names in any usual spelling, values as people write them.

A value that can't be read is left out, kept in `other` under its own key, and reported by the field's name only.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from notelint.readers import values
from notelint.records import Note, level_of_care

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Value = TypeVar("Value")

ALIASES = {"patient": "patient_id", "clinician": "clinician_id", "group_session": "group_session_id"}
OUR_OWN = {"body_start", "path", "line", "other"}
FIELDS = tuple(name for name in Note.model_fields if name not in OUR_OWN)
TEXT_KEYS = ("text", "note", "note_text")
PROCEDURE = re.compile(r"(?:CPT|HCPCS)?\W*(\d{5}|[A-Z]\d{4})((?:[-\s,:]+[A-Z0-9]{2})*)", re.IGNORECASE)


class Fields(NamedTuple):
    """A record, read: the note's fields, what is passed through, and (key as given, field) of each bad value."""

    known: dict[str, Any]
    other: dict[str, Any]
    bad: tuple[tuple[str, str], ...]


def canonical(key: str) -> str:
    """A field's name as notelint writes it: small letters, underscores, the short names of ids made whole."""
    name = re.sub(r"[\s-]+", "_", key.strip().lower())
    return ALIASES.get(name, name)


def read_fields(record: Mapping[str, Any]) -> Fields:
    """The fields of a note out of `record` (its text not among them)."""
    known: dict[str, Any] = {}
    other: dict[str, Any] = {}
    bad: list[tuple[str, str]] = []
    for key in sorted(record, key=lambda key: key != canonical(key)):
        field, raw = canonical(key), record[key]
        if field not in PARSERS or field in known:
            other[key] = raw
        elif raw is not None and raw != [] and not (isinstance(raw, str) and not raw.strip()):
            value = PARSERS[field](raw)
            if value is None:
                other[key] = raw
                bad.append((key, field))
            else:
                known[field] = value
    order = {key: at for at, key in enumerate(record)}
    _derive(known)
    return Fields(known, dict(sorted(other.items(), key=lambda item: order[item[0]])), tuple(bad))


def _derive(known: dict[str, Any]) -> None:
    """What follows from other fields: minutes from start and end; the code alone, its modifiers apart."""
    if "minutes" not in known and "start" in known and "end" in known:
        length = values.between(known["start"], known["end"])
        if length is not None:
            known["minutes"] = length
    if match := PROCEDURE.fullmatch(known.get("cpt", "")):
        known["cpt"] = match[1].upper()
        found = tuple(re.findall(r"[A-Z0-9]{2}", match[2].upper()))
        if found and "modifiers" not in known:
            known["modifiers"] = found


def as_text(value: object) -> str | None:
    """A string, or a number written as one; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if isinstance(value, float):
        return str(int(value)) if math.isfinite(value) and value == int(value) else str(value)
    return str(value).strip()


def _parsed(parse: Callable[[str], Value | None]) -> Callable[[object], Value | None]:
    def read(value: object) -> Value | None:
        text = as_text(value)
        return None if text is None else parse(text)

    return read


def _listed(split: Callable[[str], tuple[str, ...]]) -> Callable[[object], tuple[str, ...] | None]:
    def read(value: object) -> tuple[str, ...] | None:
        if not isinstance(value, list | tuple):
            text = as_text(value)
            return None if text is None else split(text)
        texts = [as_text(item) for item in value]
        return None if None in texts else tuple(text for text in texts if text)

    return read


def _size(text: str) -> int | None:
    match = re.fullmatch(
        r"(\d{1,4})(?:\.0+)?(?:\s*(?:members?|people|participants?|patients?|clients?))?", text, re.IGNORECASE
    )
    return int(match[1]) if match else None


def _time(text: str) -> Any:
    return values.time(text.zfill(4) if re.fullmatch(r"\d{3}", text) else text)


PARSERS: dict[str, Callable[[object], Any]] = {
    **{field: as_text for field in FIELDS if field != "text"},
    "type": _parsed(values.note_type),
    "date": _parsed(values.date),
    "patient_names": _listed(values.items),
    "group_size": _parsed(_size),
    "modifiers": _listed(values.items),
    "minutes": _parsed(values.minutes),
    "start": _parsed(_time),
    "end": _parsed(_time),
    "level_of_care": _parsed(level_of_care),
    "diagnoses": _listed(values.diagnoses),
    "signed_at": _parsed(values.moment),
}

FORMS = {
    "type": "individual, group, family, intake, medication or other",
    "date": "a date as in 2026-05-04 or 05/04/2026",
    "patient_names": "a name, or several separated by commas",
    "group_size": "a whole number",
    "modifiers": "modifiers separated by commas, as in HQ, 95",
    "minutes": "a number of minutes, as in 50",
    "start": "a time of day as in 16:02 or 4:02 pm",
    "end": "a time of day as in 16:02 or 4:02 pm",
    "level_of_care": "outpatient, iop, php, residential, inpatient or other",
    "diagnoses": "diagnoses separated by semicolons",
    "signed_at": "a date and time as in 2026-05-04 16:02",
}
