"""notelint.toml → Config: a practice's own settings, read once before the first note.

An example:

    [check]
    enable = ["NL108"]            # checks that are off by default
    ignore = ["missing-goal-link"]
    fail_level = "warning"
    folders = ["our-checks"]      # own checks, beside the shipped ones

    [columns]                     # a CSV's column for each field of a note
    text = "Note Body"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import Field, ValidationError

from notelint.errors import UsageError, nearest
from notelint.records import Level, Record

FILE_NAME = "notelint.toml"
SET_BY_US = ("source", "path")  # where a record came from: no key of its own file
TABLE = re.compile(r"\s*\[{1,2}\s*([\w.\" -]+?)\s*\]{1,2}\s*(?:#.*)?$")
AnyRecord = TypeVar("AnyRecord", bound=Record)


class CheckSettings(Record):
    """`[check]`: which checks run, what is shown, and what fails."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    enable: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    level: Level = "suggestion"
    fail_level: Literal["error", "warning", "suggestion", "never"] = "warning"
    max_questions: int = Field(default=3, ge=0)


class Config(Record):
    """Everything a practice may set. `source` is the file it came from, empty where there is none."""

    source: str = ""
    check: CheckSettings = CheckSettings()
    columns: Mapping[str, str] = Field(default_factory=dict)

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders of own checks; relative ones lie beside the configuration file."""
        base = Path(self.source).parent if self.source else Path()
        return tuple(base / folder for folder in self.check.folders)

    def with_check(self, **changes: object) -> Config:
        """A copy with changed `[check]` settings; what is None stays as it is."""
        check = {**self.check.model_dump(), **{key: value for key, value in changes.items() if value is not None}}
        return self.model_copy(update={"check": CheckSettings.model_validate(check)})


def find_config(start: Path) -> Path | None:
    """The nearest notelint.toml from `start` upward."""
    return next((path for folder in (start, *start.parents) if (path := folder / FILE_NAME).is_file()), None)


def load_config(path: Path | None = None) -> Config:
    """The configuration of `path`, or of the nearest notelint.toml from here upward, or the defaults.

    Raises UsageError with file, line and cure.
    """
    path = path or find_config(Path.cwd())
    if path is None:
        return Config()
    return load_toml(path, Config).model_copy(update={"source": str(path)})


def load_toml(path: Path, record: type[AnyRecord]) -> AnyRecord:
    """A TOML file as `record`. Raises UsageError with file, line and cure for whatever is wrong with it."""
    text = read_toml(path)
    try:
        data = tomllib.loads(text)
        ours = next((key for key in SET_BY_US if key in data), None)
        if ours is not None:
            raise unknown_key(record, (ours,), where=f"{path}:{line_of(text, (ours,))}")
        return record.model_validate(data)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = f"{path}:{line[1]}" if line else str(path)
        what = re.sub(r" \(at .*\)$", "", str(error))
        raise UsageError(
            "E202", f"This is not TOML: {what}.", where=where, cure="Strings stand in quotes, lists in [ ]."
        ) from None
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False)
        first = next(
            (one for one in found if one["type"] == "extra_forbidden"), found[0]
        )  # a typo, not what it leaves out
        loc, kind = first["loc"], first["type"]
        where = f"{path}:{line_of(text, loc[:-1] if kind == 'missing' else loc)}"
        key = ".".join(str(step) for step in loc)
        if kind == "extra_forbidden":
            raise unknown_key(record, loc, where=where) from None
        if kind == "missing":
            raise UsageError("E204", f"The key '{key}' is missing.", where=where, cure="Add it.") from None
        message = 'it must be a list, as in ["NL102"]' if kind == "tuple_type" else first["msg"]
        what = f"'{key}' can't be used: {message}."
        raise UsageError("E205", what, where=where, cure="Correct the value.") from None


def read_toml(path: Path) -> str:
    """The text of a TOML file, a byte-order mark removed. Raises UsageError for what can't be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise UsageError(
            "E201", f"The file can't be read: {reason}.", where=str(path), cure="Check its path and rights."
        ) from None


def unknown_key(record: type[Record], loc: Sequence[int | str], *, where: str) -> UsageError:
    """The error for a key that `record` does not have at `loc`, with the nearest one that it has."""
    key = ".".join(str(step) for step in loc)
    cure = nearest(str(loc[-1]), known_keys(record, loc[:-1]))
    return UsageError("E203", f"Unknown key '{key}'.", where=where, cure=cure)


def known_keys(record: type[Record], loc: Sequence[int | str]) -> list[str]:
    """The keys that a file may give to the record that lies at `loc` inside `record`."""
    fields = record.model_fields
    for step in (step for step in loc if isinstance(step, str)):
        fields = next((kind.model_fields for kind in _record_types(fields[step].annotation)), {})
    return [name for name in fields if name not in SET_BY_US]


def _record_types(annotation: Any) -> list[type[Record]]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return [annotation]
    return [found for inner in getattr(annotation, "__args__", ()) for found in _record_types(inner)]


def line_of(text: str, loc: Sequence[int | str]) -> int:
    """The line of a TOML text where the key at `loc` stands, or the nearest table around it, or 1."""
    lines = text.splitlines()
    tables = {
        number: re.sub(r'[ "]', "", found[1]) for number, line in enumerate(lines) if (found := TABLE.match(line))
    }
    at, end, path = -1, len(lines), ""  # the line of the table around, where the next of its name begins, its name
    for index, step in enumerate(loc):
        if isinstance(step, int):
            continue
        path = f"{path}.{step}".lstrip(".")
        nth = next((following for following in loc[index + 1 : index + 2] if isinstance(following, int)), 0)
        named = [number for number, name in tables.items() if name == path and at < number < end]
        if nth < len(named):
            at, end = named[nth], [*named, end][nth + 1]
            continue
        key = re.compile(rf'\s*([\w.]+\.)?"?{re.escape(step)}"?\s*=')
        body = range(at + 1, min((number for number in tables if number > at), default=len(lines)))
        found_at = next((number for number in body if key.match(lines[number])), None)
        if found_at is not None:
            return found_at + 1
    return max(at, 0) + 1
