"""checks/*.toml → Catalog: every check with its meaning, needs, wording and examples, read once, before the notes."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from notelint.config import Config, line_of, load_toml, read_toml
from notelint.errors import UsageError, nearest
from notelint.records import LABELS, Level, NoteType, Record, Status
from notelint.resources import data_folder

CODE = re.compile(r"[A-Z]{2,5}\d{3}")
SHIPPED_PREFIX = "NL"


class Source(Record):
    """Where a demand comes from: title and address, and the day it was read."""

    title: str
    url: str
    accessed: datetime.date


class Applies(Record):
    """Which notes a check is for; empty: every note. `when`: only notes in which one of these parts is sure."""

    types: tuple[NoteType, ...] = ()
    except_types: tuple[NoteType, ...] = ()
    when: tuple[str, ...] = ()


class Need(Record):
    """A fact that a check needs: satisfied by any one of its parts, else asked for."""

    name: str
    any_of: tuple[str, ...] = Field(min_length=1)
    ask: str
    starter: str


class Partial(Record):
    """Parts that make an element partial though no need is satisfied."""

    any_of: tuple[str, ...] = Field(min_length=1)


class PartPatterns(Record):
    """A part found by token patterns (spaCy Matcher syntax) beside what the tagger finds.

    `exclude` patterns strike a sentence.
    """

    id: str
    patterns: tuple[tuple[Mapping[str, Any], ...], ...] = ()
    exclude: tuple[tuple[Mapping[str, Any], ...], ...] = ()


class Example(Record):
    """A note, or a piece of one, and what the check must say of it. `known`: a documented limit of today's tagger."""

    text: str
    status: Status
    type: NoteType = "individual"
    missing: tuple[str, ...] = ()
    known: Literal["false-alarm", "miss"] | None = None


class Check(Record):
    """One check: one payer-sensitive element of a note, with everything that is said about it."""

    code: str
    name: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    element: str = Field(pattern=r"^[a-z0-9_]+$")
    level: Level
    since: str
    status: Literal["preview", "stable", "deprecated"]
    title: str
    question: str
    why: str
    sources: tuple[Source, ...] = Field(min_length=1)
    needs: tuple[Need, ...] = Field(min_length=1)
    examples: tuple[Example, ...]
    aliases: tuple[str, ...] = ()
    default: bool = True
    weight: float = Field(default=1, gt=0, le=10)
    applies: Applies = Applies()
    partial: Partial | None = None
    parts: tuple[PartPatterns, ...] = ()
    path: str = ""

    @property
    def all_parts(self) -> tuple[str, ...]:
        """Every part that the check looks at, once, in the file's order."""
        partial = self.partial.any_of if self.partial else ()
        return tuple(dict.fromkeys([part for need in self.needs for part in need.any_of] + [*partial]))

    def answers_to(self, name: str) -> bool:
        """Whether `name` is this check's code (in whatever case), name, element or one of its aliases."""
        return name.upper() == self.code or name in (self.name, self.element, *self.aliases)


class Catalog(Record):
    """The checks that are known, in the order of their codes; `off` are those that make no finding by configuration."""

    checks: tuple[Check, ...]
    off: frozenset[str] = frozenset()

    def __iter__(self) -> Iterator[Check]:  # type: ignore[override]
        return iter(self.checks)

    def get(self, name: str) -> Check:
        """The check of that code, name, element or alias. Raises UsageError with the nearest name."""
        found = next((check for check in self.checks if check.answers_to(name)), None)
        if found is None:
            names = [known for check in self.checks for known in (check.code, check.name)]
            raise UsageError(
                "E210", f"There is no check '{name}'.", cure=nearest(name, names) + " See 'notelint checks'."
            )
        return found

    def configured(self, config: Config) -> Catalog:
        """The catalog with the checks switched off that `config` leaves out. Raises UsageError for an unknown name."""

        def code(name: str) -> str:
            try:
                return self.get(name).code
            except UsageError as error:
                where = _place_in(Path(config.source), name) if config.source else ""
                raise UsageError(error.code, error.message, where=where, cure=error.cure) from None

        select, ignore, enable = (
            {code(name) for name in names} for names in (config.check.select, config.check.ignore, config.check.enable)
        )
        off = frozenset(
            check.code
            for check in self.checks
            if check.code in ignore
            or (check.code not in select if select else not _is_on_by_default(check) and check.code not in enable)
        )
        return self.model_copy(update={"off": off})

    @property
    def own(self) -> tuple[Check, ...]:
        """A practice's own checks."""
        return tuple(check for check in self.checks if not is_shipped(check))

    @property
    def part_patterns(self) -> tuple[PartPatterns, ...]:
        """The token patterns of all checks."""
        return tuple(part for check in self.checks for part in check.parts)


def _is_on_by_default(check: Check) -> bool:
    return check.default and check.status == "stable"


def load_check(path: Path) -> Check:
    """The check in a TOML file. Raises UsageError with file, line and cure for whatever is wrong with it."""
    check = load_toml(path, Check).model_copy(update={"path": str(path)})

    def fail(code: str, loc: Sequence[int | str], message: str, cure: str) -> UsageError:
        return UsageError(code, message, where=f"{path}:{line_of(read_toml(path), loc)}", cure=cure)

    if not CODE.fullmatch(check.code):
        cure = "Two to five capitals and three digits, as in ACME101."
        raise fail("E211", ["code"], f"'{check.code}' is no code.", cure)
    statuses = {example.status for example in check.examples}
    if not statuses & {"missing", "partial"} or not statuses & {"met", "not_applicable"}:
        cure = "Add one that is missing or partial, and one that is met."
        raise fail("E212", ["examples"], "A check needs examples of both kinds.", cure)
    needs = [need.name for need in check.needs]
    for number, example in enumerate(check.examples):
        for need in example.missing:
            if need not in needs:
                message = f"An example misses a need '{need}' that the check does not have."
                raise fail("E213", ["examples", number, "missing"], message, nearest(need, needs))
    return check


def load_catalog(folders: Iterable[Path] = ()) -> Catalog:
    """The shipped checks and those of a practice's own folders. Raises UsageError with file, line and cure."""
    checks: list[Check] = []
    shipped = data_folder("checks")
    for folder in (shipped, *folders):
        paths = sorted(folder.glob("*.toml"))
        if not paths:
            message = "There is no check (*.toml) in this folder."
            raise UsageError("E214", message, where=str(folder), cure="Check the path.")
        for path in paths:
            check = load_check(path)
            if folder != shipped and is_shipped(check):
                message = f"The prefix of '{check.code}' is kept for shipped checks."
                cure = "Use a prefix of your own, as in ACME101."
                raise UsageError("E215", message, where=_place_in(path, check.code), cure=cure)
            _refuse_twin(check, checks)
            checks.append(check)
    known = [*LABELS, *(part.id for check in checks for part in check.parts)]
    for check in checks:
        wrong = next((part for part in (*check.all_parts, *check.applies.when) if part not in known), None)
        if wrong is not None:
            where = _place_in(Path(check.path), wrong)
            raise UsageError("E217", f"Unknown part '{wrong}'.", where=where, cure=nearest(wrong, known))
    return Catalog(checks=tuple(sorted(checks, key=lambda check: (not is_shipped(check), check.code))))


def is_shipped(check: Check) -> bool:
    """Whether a check comes with notelint, by the prefix of its code."""
    return check.code.rstrip("0123456789") == SHIPPED_PREFIX


def _refuse_twin(check: Check, others: Iterable[Check]) -> None:
    for name in (check.code, check.name, *check.aliases):
        twin = next((other for other in others if other.answers_to(name)), None)
        if twin is not None:
            where = _place_in(Path(check.path), name)
            raise UsageError("E216", f"'{name}' stands in {twin.path} too.", where=where, cure="Choose another one.")


def _place_in(path: Path, word: str) -> str:
    """The file, and the first line of it that holds `word` in quotes."""
    lines = read_toml(path).splitlines()
    number = next((number for number, line in enumerate(lines, 1) if f'"{word}"' in line or f"'{word}'" in line), None)
    return f"{path}:{number}" if number else str(path)
