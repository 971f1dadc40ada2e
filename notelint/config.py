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
AnyRecord = TypeVar("AnyRecord", bound=Record)


class CheckSettings(Record):
    """`[check]`: which checks run, what is shown, and what fails."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    enable: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    level: Level = "suggestion"
    fail_level: Level | Literal["never"] = "warning"
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
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise UsageError("E201", f"The file can't be read: {reason}.", where=str(path), cure="Check its path and rights.") from None
    try:
        return record.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = f"{path}:{line[1]}" if line else str(path)
        what = re.sub(r" \(at .*\)$", "", str(error))
        raise UsageError("E202", f"This is not TOML: {what}.", where=where, cure="Strings stand in quotes, lists in [ ].") from None
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise invalid(path, text, first["loc"], first["type"], first["msg"], record) from None


def invalid(path: Path, text: str, loc: Sequence[int | str], kind: str, message: str, record: type[Record]) -> UsageError:
    """The error for what pydantic found at `loc`: with its line, and the nearest known key for an unknown one."""
    key = ".".join(str(step) for step in loc)
    where = f"{path}:{line_of(text, loc)}"
    if kind == "extra_forbidden":
        return UsageError("E203", f"Unknown key '{key}'.", where=where, cure=nearest(str(loc[-1]), known_keys(record, loc[:-1])))
    if kind == "missing":
        return UsageError("E204", f"The key '{key}' is missing.", where=where, cure="Add it.")
    return UsageError("E205", f"'{key}' can't be used: {message}.", where=where, cure="Correct the value.")


def known_keys(record: type[Record], loc: Sequence[int | str]) -> list[str]:
    """The keys of the record that lies at `loc` inside `record`."""
    fields = record.model_fields
    for step in (step for step in loc if isinstance(step, str)):
        inner = next((kind for kind in _record_types(fields[step].annotation) if step in fields), None)
        fields = inner.model_fields if inner else {}
    return [field.alias or name for name, field in fields.items()]


def _record_types(annotation: Any) -> list[type[Record]]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return [annotation]
    return [found for inner in getattr(annotation, "__args__", ()) for found in _record_types(inner)]


def line_of(text: str, loc: Sequence[int | str]) -> int:
    """The line of a TOML text where the key at `loc` stands, or the nearest table around it; 1 where it is not found."""
    lines, at = text.splitlines(), 0
    steps = list(loc)
    while steps:
        step = steps.pop(0)
        nth = steps.pop(0) if steps and isinstance(steps[0], int) else 0
        pattern = re.compile(rf"\s*(\[+\s*([\w.]+\.)?{re.escape(str(step))}\s*\]+|\"?{re.escape(str(step))}\"?\s*=)")
        hits = [number for number in range(at, len(lines)) if pattern.match(lines[number])]
        if not hits:
            break
        at = hits[nth] if isinstance(nth, int) and nth < len(hits) else hits[0]
    return at + 1
