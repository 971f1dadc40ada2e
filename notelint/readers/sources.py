"""Paths → notes: finds the files, opens them, and gives each to the reader of its format."""

from __future__ import annotations

import os
import re
import stat
import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from notelint.readers import jsonl, plain, problems, table
from notelint.readers.encodings import HEAD, Line, binary_kind, chunks, lines, mended, normalized, peeked
from notelint.readers.problems import Place, problem, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from notelint.records import Note, Problem

TEXT_SUFFIXES = (".txt", ".text", ".md", ".markdown")
JSONL_SUFFIXES = (".jsonl", ".ndjson")
TABLE_SUFFIXES = (".csv", ".tsv")
SUFFIXES = (*TEXT_SUFFIXES, *JSONL_SUFFIXES, ".json", *TABLE_SUFFIXES)
NOT_NOTES = re.compile(
    r"notelint\.toml|(?:.*\.)?(?:plans|authorizations|clones)\.json|(?:readme|changelog|license)\b.*", re.IGNORECASE
)
JSON_OBJECT = re.compile(rb'\s*\{\s*(?:"|\})')


def read_notes(
    paths: Sequence[str], *, columns: Mapping[str, str] | None = None, stdin: BinaryIO | None = None
) -> Iterator[Note | Problem]:
    """The notes of files and folders, one at a time, and a Problem for each thing that can't be read.

    `-` is standard input (`stdin`, if given): JSONL if it begins with a JSON object, else one text note. A folder gives
    what is in it, sorted, hidden files left out. `columns` maps a note's field to a CSV's column. Raises UsageError for
    a map that doesn't fit.
    """
    for path in map(os.fspath, paths):
        if path == "-":
            yield from _read_stream(Place("-"), stdin or sys.stdin.buffer)
        else:
            yield from _read_path(path, columns or {})


def _shown(path: str) -> str:
    return mended(path).text


def _read_path(path: str, columns: Mapping[str, str]) -> Iterator[Note | Problem]:
    place = Place(_shown(path))
    try:
        folder = stat.S_ISDIR(Path(path).stat().st_mode) if path else None
    except OSError as error:
        yield unreadable(error, place)
        return
    except ValueError:
        folder = None
    if folder is None:
        yield problem(problems.NOT_FOUND, place)
    elif folder:
        yield from _read_folder(path, place, columns)
    else:
        yield from _read_file(path, columns)


def _read_folder(path: str, place: Place, columns: Mapping[str, str]) -> Iterator[Note | Problem]:
    refused: list[OSError] = []
    found: list[str] = []
    for base, folders, names in os.walk(path, onerror=refused.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [os.fspath(Path(base) / name) for name in names if _is_wanted(name, Path(base))]
    for error in refused:
        yield unreadable(error, Place(_shown(os.fspath(error.filename or path))))
    for file in sorted(found, key=lambda file: Path(file).parts):
        yield from _read_file(file, columns)
    if not found and not refused:
        yield problem(problems.NO_NOTES, place, suffixes=", ".join(SUFFIXES))


def _is_wanted(name: str, folder: Path) -> bool:
    if name.startswith(".") or not name.lower().endswith(SUFFIXES) or NOT_NOTES.fullmatch(name):
        return False
    return (folder / name).is_file() or (folder / name).is_symlink()


def _read_file(path: str, columns: Mapping[str, str]) -> Iterator[Note | Problem]:
    place, suffix = Place(_shown(path)), Path(path).suffix.lower()
    try:
        with Path(path).open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if suffix in (*JSONL_SUFFIXES, *TABLE_SUFFIXES):
                yield from _lined(place, normalized(chunks(file)), suffix, columns)
            elif suffix == ".json":
                yield from _whole(place, normalized(chunks(file)), size, limit=jsonl.MAX_FILE_BYTES)
            else:
                yield from _whole(place, normalized(chunks(file)), size, limit=plain.MAX_BYTES)
    except OSError as error:
        yield unreadable(error, place)


def _stem(place: Place) -> str:
    return place.path if place.path == "-" else Path(place.path).stem


def _lined(place: Place, pieces: Iterator[bytes], suffix: str, columns: Mapping[str, str]) -> Iterator[Note | Problem]:
    """A stream of lines: JSONL or CSV. Something binary is told at once, not line by line."""
    head, pieces = peeked(pieces)
    kind = binary_kind(head[:HEAD])
    if kind is not None:
        yield problem(problems.BINARY, place, kind=kind)
    elif suffix in TABLE_SUFFIXES:
        rows: Iterator[Line] = lines(pieces, limit=table.MAX_LINE_BYTES)
        yield from table.read(place, rows, stem=_stem(place), columns=columns, tabs=suffix == ".tsv")
    else:
        yield from jsonl.read_lines(place, lines(pieces, limit=jsonl.MAX_LINE_BYTES), stem=_stem(place))


def _whole(place: Place, pieces: Iterator[bytes], size: int, *, limit: int) -> Iterator[Note | Problem]:
    """A stream read whole, up to its limit: a text note, or a .json file. A UTF-16 file of that size holds no more."""
    held, total = [], 0
    for piece in pieces if size <= limit else ():
        held.append(piece)
        total += len(piece)
        if total > limit:
            break
    if size > limit or total > limit:
        yield problem(problems.TOO_LARGE, place)
        return
    data = b"".join(held)
    if limit == jsonl.MAX_FILE_BYTES:
        kind = binary_kind(data[:HEAD])
        yield from (
            jsonl.read_whole(place, data, stem=_stem(place))
            if kind is None
            else [problem(problems.BINARY, place, kind=kind)]
        )
    else:
        yield from plain.read(place, data, default_id=_stem(place))


def _read_stream(place: Place, stream: BinaryIO) -> Iterator[Note | Problem]:
    try:
        pieces = normalized(chunks(stream))
        held: list[bytes] = []
        for piece in pieces:
            held.append(piece)
            if piece.strip() or sum(map(len, held)) > plain.MAX_BYTES:
                break
        head, pieces = (held or [b""])[-1].lstrip(), chain(held, pieces)
        if JSON_OBJECT.match(head):
            yield from _lined(place, pieces, ".jsonl", {})
        else:
            yield from _whole(place, pieces, 0, limit=plain.MAX_BYTES)
    except OSError as error:
        yield unreadable(error, place)
