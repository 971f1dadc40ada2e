"""The command line as a whole: help, version, wrong commands, and how it ends."""

import errno
import importlib
import subprocess
import sys

import click
import pytest
from _core import CANARY, GAPPY, ROOT, SAMPLES, run

import notelint
import notelint.cli
import notelint.linter
from notelint.cli import COMMANDS


def test_help_names_every_command_examples_and_exit_codes():
    done = run("--help")
    assert done.exit_code == 0
    for command, text in COMMANDS.items():
        assert f"  {command} " in done.stdout
        assert text in done.stdout
    assert "notelint check note.txt" in done.stdout
    words = " ".join(done.stdout.split())
    assert (
        "Exit codes: 0 no finding at the fail level, 1 findings, 2 wrong usage or settings, 3 something could" in words
    )
    assert run("-h").stdout == done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command):
    done = run(command, "--help")
    assert done.exit_code == 0
    assert "For example:" in done.stdout
    assert f"notelint {command}" in done.stdout
    assert COMMANDS[command].rstrip(".").split(":")[0].split(" and ")[0][:20] in done.stdout.replace("\n", " ")


def test_every_module_of_the_folder_is_a_command():
    modules = {path.stem for path in (ROOT / "notelint" / "cli").glob("*.py")} - {"__init__", "__main__", "options"}
    assert modules == set(COMMANDS)


def test_commands_are_listed_without_importing_one():
    assert notelint.cli.group.list_commands(click.Context(notelint.cli.group)) == list(COMMANDS)
    assert notelint.cli.group.get_command(click.Context(notelint.cli.group), "none") is None


def test_version():
    assert run("--version").stdout == f"notelint, version {notelint.__version__}\n"
    assert run("-V").exit_code == 0


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("chekc", "There is no command 'chekc'. Did you mean 'check'?"),
        ("expalin", "Did you mean 'explain'?"),
        ("zzz", "Known are: check, checks, config, explain."),
        ("note.txt", "A note's path goes behind 'check'."),
        ("notes/today", "A note's path goes behind 'check'."),
    ],
)
def test_a_wrong_command_gets_a_hint(word, says):
    done = run(word)
    assert done.exit_code == 2
    assert says in done.stderr
    assert ("path goes behind" in done.stderr) == ("." in word or "/" in word)


def test_an_unknown_option_is_wrong_usage():
    done = run("check", "--colour", "x.txt")
    assert done.exit_code == 2
    assert "--colour" in done.stderr


def test_an_error_is_said_in_one_line_with_its_exit_code():
    done = run("explain", "NL999")
    assert done.exit_code == 2
    assert done.stderr.startswith("notelint: There is no check 'NL999'.")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("module", ["notelint", "notelint.cli"])
def test_python_dash_m(module):
    assert importlib.import_module(f"{module}.__main__").main is notelint.cli.main  # and importing runs nothing
    command = [sys.executable, "-m", module, "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == f"notelint, version {notelint.__version__}\n"


def test_ctrl_c_ends_quietly(monkeypatch):
    def interrupted(self, *args, **options):
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(notelint.linter.Linter, "check_many", interrupted)
    done = run("check", SAMPLES / "notes" / "08-medication.txt")
    assert (done.exit_code, done.stdout, done.stderr) == (130, "", "")


def test_a_failure_of_notelint_says_where_and_quotes_nothing(monkeypatch):
    def failing(self, *args, **options):
        raise KeyError(CANARY)
        yield

    monkeypatch.setattr(notelint.linter.Linter, "check_many", failing)
    done = run("check", "-", input=GAPPY)
    assert done.exit_code == 3
    assert done.stderr.startswith("notelint: notelint failed (KeyError, line ")
    assert done.stderr.endswith("test_cli_init). Please report it, without the note. [E398]\n")
    assert CANARY not in done.output


def test_a_closed_pipe_is_no_failure(monkeypatch):
    def closed(*args, **options):
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    monkeypatch.setattr(click, "echo", closed)
    monkeypatch.setattr("notelint.cli.checks.click.echo", closed)
    done = run("checks")
    assert done.exit_code == 1
    assert done.output == ""


@pytest.mark.parametrize(
    ("arguments", "reader"),
    [("check samples/notes samples/group-session", "head -c 20"), ("check samples/notes/08* --format json", "true")],
)
def test_a_reader_who_stops_early_sees_no_traceback(arguments, reader):
    command = f"'{sys.executable}' -m notelint {arguments} | {reader}"
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=True)
    assert len(done.stdout.encode()) == (20 if reader == "head -c 20" else 0)
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr
    assert "Exception ignored" not in done.stderr
