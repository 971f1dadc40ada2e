"""JSON: a note a line (.jsonl), or a list of notes or a single one in a file (.json)."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any

from notelint.readers import problems
from notelint.readers.building import build, without_surrogates
from notelint.readers.encodings import Decoded, Line, decode
from notelint.readers.fields import TEXT_KEYS
from notelint.readers.problems import Place, problem
from notelint.records import MAX_NOTE_CHARACTERS, Note, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_LINE_BYTES = 12 * MAX_NOTE_CHARACTERS + 100_000
"""A character takes 12 bytes at most in JSON, as an escaped pair of surrogates."""
MAX_FILE_BYTES = 64 * MAX_NOTE_CHARACTERS
SPACE = re.compile(r"[ \t\r\n]*")
NEXT = re.compile(r"[ \t\r\n]*([,\]])[ \t\r\n]*")


def _number(text: str) -> float | str:
    value = float(text)
    return value if math.isfinite(value) else text


DECODER = json.JSONDecoder(parse_float=_number, parse_constant=str)


def read_lines(place: Place, lines: Iterator[Line], *, stem: str) -> Iterator[Note | Problem]:
    """The notes of a JSONL stream, one line in memory at a time; blank lines are skipped."""
    empty = True
    for line in lines:
        here = place._replace(line=line.number)
        if line.data is None:
            empty = False
            yield problem(problems.TOO_LARGE, here)
        elif line.data.strip():
            empty = False
            text, lost = decode(line.data)
            yield from _read_line(here, text.strip(), lost=lost, default_id=f"{stem}:{line.number}")
    if empty:
        yield problem(problems.EMPTY, place)


def _read_line(place: Place, text: str, *, lost: int, default_id: str) -> Iterator[Note | Problem]:
    value, end, what = _parse(text, 0)
    if what is None and end < len(text):
        what = f"there is something behind the object, at column {end + 1}"
    yield from _broken(place, what) if what else _record(place, value, lost=lost, default_id=default_id)


def read_whole(place: Place, data: bytes, *, stem: str) -> Iterator[Note | Problem]:
    """The notes of a JSON file: a list of objects, or one object."""
    text, lost = decode(data)
    at = _skip(text, 0)
    if at == len(text):
        yield problem(problems.EMPTY, place)
    elif text[at] == "[":
        yield from _read_list(place, Decoded(text, lost), at + 1, stem=stem)
    else:
        value, end, what = _parse(text, at)
        if what is None and _skip(text, end) < len(text):
            what = "there is something behind the first object"
        here = place._replace(line=_line(text, at))
        yield from _broken(here, what) if what else _record(here, value, lost=lost, default_id=stem)


def _read_list(place: Place, decoded: Decoded, at: int, *, stem: str) -> Iterator[Note | Problem]:
    text, lost = decoded
    at, index, line, counted = _skip(text, at), 0, 1, 0
    closed = text.startswith("]", at)
    if closed:
        yield problem(problems.EMPTY, place)
    while not closed:
        line, counted, index = line + text.count("\n", counted, at), at, index + 1
        here = place._replace(line=line)
        value, end, what = _parse(text, at)
        follow = NEXT.match(text, end)
        if what is None and follow is None:
            what = "a comma or the closing bracket is missing behind an object"
        if what is not None:
            yield from _broken(here, what)
            return
        yield from _record(here, value, lost=lost and text.count("\ufffd", at, end), default_id=f"{stem}:{index}")
        at, closed = (follow.end(), follow[1] == "]") if follow else (end, True)
    if closed and _skip(text, at) < len(text) and index:
        yield from _broken(place._replace(line=_line(text, at)), "there is something behind the list")


def _skip(text: str, at: int) -> int:
    match = SPACE.match(text, at)
    return match.end() if match else at


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _parse(text: str, at: int) -> tuple[Any, int, str | None]:
    """A JSON value, where it ends, and what is wrong with it in words that quote nothing."""
    try:
        value, end = DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        line = error.lineno - text.count("\n", 0, at)
        return None, at, f"{error.msg.partition(':')[0].lower()}, in its line {line}, column {error.colno}"
    except (ValueError, RecursionError):
        return None, at, "a number is too long or a value nested too deeply"
    return value, end, None


def _broken(place: Place, what: str) -> Iterator[Problem]:
    yield problem(problems.BROKEN_JSON, place, what=what)


def _record(place: Place, value: Any, *, lost: int, default_id: str) -> Iterator[Note | Problem]:
    if not isinstance(value, dict):
        yield from _broken(place, "the record is no object in { }")
        return
    try:
        record, more = without_surrogates(value)
    except ValueError:
        yield from _broken(place, "a value is nested too deeply")
        return
    names = {key.strip().lower().replace(" ", "_").replace("-", "_"): key for key in reversed(record)}
    key = next((names[name] for name in TEXT_KEYS if name in names and isinstance(record[names[name]], str)), None)
    if key is None:
        yield problem(problems.NO_TEXT, place)
        return
    text = record.pop(key)
    yield from build(place, text, record, default_id=default_id, lost=lost + more)
