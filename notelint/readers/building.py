"""Text and a record of fields → Note, or the Problem that says why not. Every reader ends here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from notelint.readers import problems
from notelint.readers.encodings import REPLACEMENT, SURROGATE
from notelint.readers.fields import FORMS, read_fields
from notelint.readers.kept_apart import is_kept_apart
from notelint.readers.metadata import fill_in
from notelint.readers.problems import MAX_UNBROKEN_RUN, Cause, Place, problem
from notelint.records import MAX_NOTE_CHARACTERS, Note, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_NESTING = 30
FIELD_FORM = "a name or a number"


def build(
    place: Place,
    text: str,
    record: Mapping[str, Any],
    *,
    default_id: str,
    body_start: int = 0,
    lost: int = 0,
    lines: Mapping[str, int] | None = None,
) -> Iterator[Note | Problem]:
    """The note, behind the Problems of what was left out of it; or the one Problem for which it is no note.

    `text` and `record` hold no lone surrogates; `lost` says how many were replaced. `lines` tells a field's own line.
    """
    kind = next((record[key] for key in record if key.strip().lower() == "type"), None)
    refused = _refusal(place, text, body_start) or (
        problem(problems.KEPT_APART, place) if is_kept_apart(text[body_start:], kind) else None
    )
    if refused is not None:
        yield refused
        return
    fields = read_fields(record)
    known = {"id": default_id, **fields.known}
    note = Note(text=text, body_start=body_start, path=place.path, line=place.line, **known, other=fields.other)
    for key, field in fields.bad:
        where = place._replace(line=(lines or {}).get(key, place.line))
        yield problem(problems.BAD_FIELD, where, field=field, form=FORMS.get(field, FIELD_FORM))
    if lost:
        line = place.line or text.count("\n", 0, max(text.find(REPLACEMENT), 0)) + 1
        count = "1 character" if lost == 1 else f"{lost:,} characters"
        yield problem(problems.LOST, place._replace(line=line), count=count)
    yield fill_in(note)


def _refusal(place: Place, text: str, body_start: int) -> Problem | None:
    """The Problem for which the text can't be a note, or None."""
    if len(text) > MAX_NOTE_CHARACTERS:
        return problem(problems.TOO_LARGE, place)
    if not text[body_start:].strip("\ufeff\u200b \t\r\n\f\v\xa0").strip():
        return problem(problems.EMPTY, place)
    if "\0" in text:
        return _at(problems.NUL, place, text, text.index("\0"))
    if any(len(run) > MAX_UNBROKEN_RUN for run in text.split()):
        start = next(run.start() for run in re.finditer(r"\S+", text) if run.end() - run.start() > MAX_UNBROKEN_RUN)
        return _at(problems.UNBROKEN, place, text, start)
    return None


def _at(cause: Cause, place: Place, text: str, offset: int) -> Problem:
    """A Problem at an offset of a text: with the record's line, else the text's own."""
    return problem(cause, place if place.line else place._replace(line=text.count("\n", 0, offset) + 1))


def without_surrogates(value: Any, *, depth: int = 0) -> tuple[Any, int]:
    """A JSON value with each lone surrogate as U+FFFD, and how many there were.

    Raises ValueError for what is nested too deeply.
    """
    if isinstance(value, str):
        return SURROGATE.subn(REPLACEMENT, value)
    if depth > MAX_NESTING:
        raise ValueError("nested too deeply")
    if isinstance(value, list):
        pairs = [without_surrogates(item, depth=depth + 1) for item in value]
        return [item for item, _ in pairs], sum(lost for _, lost in pairs)
    if isinstance(value, dict):
        keys = [without_surrogates(key) for key in value]
        pairs = [without_surrogates(item, depth=depth + 1) for item in value.values()]
        whole: dict[str, Any] = {}
        for (key, _), (item, _) in zip(keys, pairs, strict=True):
            whole[key if key not in whole else f"{key} ({len(whole) + 1})"] = item
        return whole, sum(lost for _, lost in (*keys, *pairs))
    return value, 0
