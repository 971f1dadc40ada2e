"""What the tests of the core share: own check files, evidence by hand, and the command line run in this process."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner

import notelint.cli
from notelint.records import Evidence, SentenceTags

if TYPE_CHECKING:
    from click.testing import Result

    from notelint.linter import Linter

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "samples"
CANARY = "Quetzalcanary"
GAPPY = "Client talked about the new roommate and the ball game."  # several findings, one of them a warning

CHECK = """
code = "ACME101"
name = "missing-bus-ride"
element = "bus_ride"
level = "warning"
since = "1"
status = "stable"
title = "Bus ride"
question = "Which bus?"
why = "Somebody asks."
sources = [
    { title = "House rule", url = "https://example.org", accessed = "2026-11-01" },
]

[[needs]]
name = "bus"
any_of = ["bus_ride"]
ask = "Which bus did {{ patient }} take?"
starter = "Took [bus]."

[[parts]]
id = "bus_ride"
patterns = [[{ LOWER = "took" }, { LOWER = "the" }, { LOWER = "bus" }]]
exclude = [[{ LOWER = "pretended" }]]

[[examples]]
text = "Client took the bus."
status = "met"

[[examples]]
text = "Client stayed at home."
status = "missing"
missing = ["bus"]
"""


def own_check(folder: Path, *changes: tuple[str, str], name: str = "ACME101.toml", add: str = "") -> Path:
    """A folder with one own check, `CHECK` with some of its text replaced, and `add` behind it."""
    text = CHECK
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text + add, encoding="utf-8")
    return folder


def line_with(path: Path, text: str) -> int:
    """The number of the first line that holds `text`."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def evidence(part: str, *, at: int = 0, doubtful: bool = False, **more: Any) -> Evidence:
    """Evidence of ten characters for `part`, sure or doubtful."""
    fields: dict[str, Any] = {"start": at, "end": at + 10, "text": "x" * 10, "section": None, "source": "tagger"}
    fields |= {"probability": 0.5 if doubtful else 0.9, "threshold": 0.6, "lower": 0.4}
    return Evidence(part=part, **{**fields, **more})


def sentences(*found: Evidence) -> list[SentenceTags]:
    """One sentence for each evidence."""
    return [SentenceTags(start=one.start, end=one.end, text=one.text, section=None, tags=(one,)) for one in found]


@cache
def linter() -> Linter:
    """The linter with the defaults; loading it takes a while."""
    from notelint.linter import Linter

    return Linter()


class _Main:
    """`notelint.cli.main`, as click's runner wants it."""

    name = "notelint"

    def main(self, args: list[str], prog_name: str, **_: Any) -> None:
        saved, sys.argv = sys.argv, [prog_name, *args]
        try:
            notelint.cli.main()
        finally:
            sys.argv = saved


def run(*args: object, input: str | bytes | None = None) -> Result:
    """The command line in this process: `exit_code`, `stdout`, `stderr`. What `main` lets through is raised."""
    return CliRunner().invoke(_Main(), [str(arg) for arg in args], input=input, catch_exceptions=False)  # type: ignore[arg-type]
