"""The README's commands run, its examples work, its output and its figures are what the program says today."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from notelint import Linter, Note
from notelint.config import Config
from notelint.resources import PACKAGE
from notelint.training.card import BEGIN, END, readme_table

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)
COMMANDS = [
    shlex.split(line, comments=True)
    for kind, block in BLOCKS
    if kind == "sh"
    for line in block.splitlines()
    if line.startswith("notelint ")
]


def run(arguments: list[str], tmp_path: Path) -> subprocess.CompletedProcess[str]:
    stdin = None
    if "<" in arguments:
        at = arguments.index("<")
        stdin = (ROOT / arguments[at + 1]).read_bytes()
        arguments = arguments[:at]
    arguments = [str(tmp_path / name) if name == "report.html" else name for name in arguments]
    command = [sys.executable, "-m", "notelint", *arguments[1:]]
    done = subprocess.run(command, cwd=ROOT, input=stdin, capture_output=True, timeout=120, check=False)
    return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())


def test_there_are_commands_to_run() -> None:
    assert len(COMMANDS) >= 10


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_command_runs(arguments: list[str], tmp_path: Path) -> None:
    done = run(arguments, tmp_path)
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr
    if "report.html" in arguments:
        assert (tmp_path / "report.html").read_text(encoding="utf-8").startswith("<!")


def test_shown_output_is_what_the_command_prints(tmp_path: Path) -> None:
    shown = re.search(
        r"<!-- output of the command above: .*? -->\n```text\n(.*?)```\n<!-- end of the output -->", README, re.DOTALL
    )
    assert shown is not None
    done = run(["notelint", "check", "samples/notes/02-dap-vague-goal.txt"], tmp_path)
    assert done.stdout == shown[1]


@pytest.mark.parametrize("block", [block for kind, block in BLOCKS if kind == "python"])
def test_python_runs(block: str, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(block, "README.md", "exec"), {})  # noqa: S102
    assert "Continue weekly" in capsys.readouterr().out


def test_settings_are_valid() -> None:
    (block,) = [block for kind, block in BLOCKS if kind == "toml"]
    config = Config.model_validate(tomllib.loads(block))
    assert config.check.enable == ("NL108",)


def test_the_own_check_of_the_docs_works(tmp_path: Path) -> None:
    (block,) = re.findall(
        r"```toml\n(.*?)```", (ROOT / "docs" / "own-checks.md").read_text(encoding="utf-8"), re.DOTALL
    )
    (tmp_path / "acme.toml").write_text(block, encoding="utf-8")
    linter = Linter(config=Config().with_check(folders=[str(tmp_path)]))
    check = linter.catalog.get("ACME101")
    for example in check.examples:
        report = linter.check(Note(text=example.text, type="individual"))
        (element,) = [element for element in report.elements if element.code == "ACME101"]
        assert element.status == example.status
    asked = [finding.starter for finding in report.findings if finding.code == "ACME101"]
    assert asked == ["The client was at [place] during the session."]


def test_error_rates_are_the_cards() -> None:
    card = json.loads((PACKAGE / "nlp" / "model" / "card.json").read_text(encoding="utf-8"))
    assert f"{BEGIN}\n{readme_table(card)}\n{END}" in README


def test_links_and_pictures_are_there() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert len(links) >= 5
    assert [link for link in links if not (ROOT / link).exists()] == []
