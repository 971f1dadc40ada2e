"""A note's text goes into the report and nowhere else: no error, no log, no other file, no network."""

import json
import logging
import os
import socket
import subprocess
import sys

import pytest
from _core import CANARY, ROOT, SAMPLES, run

import notelint.linter
from notelint.cli import check as check_command
from notelint.errors import NotelintError
from notelint.linter import Linter
from notelint.readers import read_notes, read_plans
from notelint.records import Note, Problem

BAD = {
    "empty.txt": "---\npatient: X\n---\n",
    "binary.txt": f"\x00\x01{CANARY}\x00",
    "nul.txt": f"Client {CANARY}\0 here",
    "unbroken.txt": CANARY + "x" * 6000,
    "process.txt": f"PSYCHOTHERAPY NOTES\n{CANARY}",
    "front.md": f"---\ndate: {CANARY}\ntype: {CANARY}\nminutes: {CANARY}\n{CANARY}: {CANARY}\n{CANARY}: 2\n---\nSeen.",
    "twice.md": f"---\ndate: {CANARY}\ndate: {CANARY}\ncpt: {CANARY * 9}\n---\nSeen {CANARY}.",
    "broken.json": f'{{"text": "{CANARY}", {CANARY}',
    "list.json": f'[{{"text": "x {CANARY}"}}, "{CANARY}", {{"{CANARY}": 1}}] {CANARY}',
    "deep.json": "[" * 5000 + f'"{CANARY}"',
    "lines.jsonl": "\n".join(
        [
            f'{{"text": "{CANARY}',
            f'"{CANARY}"',
            f'{{"note": "{CANARY}"}}',
            f'{{"text": ["{CANARY}"]}}',
            f'{{"text": "Client {CANARY}", "date": "{CANARY}", "start": "{CANARY}", "signed_at": "{CANARY}"}}',
            f'{{"text": "Client {CANARY} \\ud800", "minutes": "{CANARY}", "diagnoses": {{"{CANARY}": 1}}}}',
            f'{{"text": "Client {CANARY}", "{CANARY}": "{CANARY}", "group_size": "{CANARY}"}}',
        ]
    ),
    "table.csv": f"text,date,minutes\nClient {CANARY},{CANARY},{CANARY}\nshort\n{CANARY},a,b,c,d,{CANARY}\n"
    f'"unclosed {CANARY}',
    "headless.csv": f"{CANARY},{CANARY}\n{CANARY},1\n",
    "latin.txt": f"Client {CANARY} caf\xe9",
}
PLANS = [
    f"[{{{CANARY}",
    f'[{{"patient": "p", "effective": "{CANARY}"}}, "{CANARY}", {{"goals": "{CANARY}"}}]',
    f'{{"patient": "p", "frequency": {{"visits": "{CANARY}", "per": "{CANARY}"}}, '
    f'"goals": [{{"id": 1, "{CANARY}": 2}}]}}',
]


@pytest.fixture
def bad(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in BAD.items():
        encoding = "latin-1" if name == "latin.txt" else "utf-8"
        (folder / name).write_bytes(text.encode(encoding, "surrogatepass"))
    return folder


@pytest.fixture
def logs(caplog):
    caplog.set_level(logging.DEBUG)
    return caplog


def quiet(text):
    assert CANARY not in text
    assert "Traceback" not in text


# ---- errors and logs


@pytest.mark.parametrize("format_", ["text", "jsonl", "html", "sarif"])
def test_bad_inputs_are_told_without_their_text(bad, logs, tmp_path, format_):
    report = tmp_path / "report.out"
    done = run("check", bad, tmp_path / "none.txt", "--format", format_, "-o", report, "--all")
    assert done.exit_code in (2, 3)
    assert done.stderr.count("[E3") >= 10 or done.exit_code == 2
    quiet(done.stderr)
    quiet(logs.text)


@pytest.mark.parametrize("name", BAD)
def test_each_bad_input_alone_by_file_and_by_standard_input(bad, logs, name):
    for done in (
        run("check", bad / name, "--no-quotes"),
        run("check", "-", "--no-quotes", input=(bad / name).read_bytes()),
    ):
        assert done.exit_code in (0, 1, 2, 3)
        quiet(done.output)
    quiet(logs.text)


@pytest.mark.parametrize("text", PLANS, ids=range(len(PLANS)))
def test_bad_plans(tmp_path, logs, text):
    path = tmp_path / "x.plans.json"
    path.write_text(text, encoding="utf-8")
    done = run("check", "-", "--plans", path, "--no-quotes", input="Seen.")
    assert done.exit_code in (2, 3)
    quiet(done.output)
    try:
        _, problems = read_plans(str(path))
        quiet(" ".join(map(str, problems)))
    except NotelintError as error:
        quiet(f"{error!s}{error!r}{error.__cause__}")
    quiet(logs.text)


@pytest.mark.parametrize("name", BAD)
def test_exceptions_of_the_library_hold_no_text(bad, name):
    text = BAD[name]
    try:
        Linter().check(text)
    except NotelintError as error:
        quiet(f"{error!s}{error!r}{error.args}")
        assert error.__cause__ is None
    try:
        items = list(read_notes([str(bad / name)]))
    except NotelintError as error:
        quiet(f"{error!s}{error!r}")
    else:
        quiet(" ".join(str(item) + repr(item) for item in items if isinstance(item, Problem)))


@pytest.mark.parametrize("where", ["notelint_tagger", "notelint_sections", "notelint_context"])
def test_a_component_that_fails_with_the_text_in_its_error(monkeypatch, logs, where):
    def broken(doc):
        raise RuntimeError(doc.text)

    class Broken(Linter):
        def __init__(self, **options):
            super().__init__(**options)
            parts = [(name, broken if name == where else pipe) for name, pipe in self.nlp._components]
            self.nlp._components = parts

    monkeypatch.setattr(notelint.linter, "Linter", Broken)
    done = run("check", "-", input=f"Client {CANARY} was seen.")
    assert done.exit_code == 3
    assert "notelint failed (RuntimeError)" in done.stderr
    quiet(done.output)
    quiet(logs.text)


@pytest.mark.parametrize("place", ["judge", "writer", "reader", "load"])
def test_a_failure_anywhere_else(monkeypatch, logs, place):
    def broken(*args, **options):
        raise RuntimeError(f"{CANARY} {args!r}")

    targets = {
        "judge": (notelint.linter, "judge"),
        "writer": (check_command, "_fails"),
        "reader": (sys.modules["notelint.readers"], "read_notes"),
        "load": (notelint.linter, "load_catalog"),
    }
    monkeypatch.setattr(*targets[place], broken)
    done = run("check", "-", input=f"Client {CANARY} was seen.")
    assert done.exit_code == 3
    assert "notelint failed (RuntimeError" in done.stderr
    quiet(done.output)
    quiet(logs.text)


def test_several_processes_say_no_more(bad, tmp_path):
    program = (
        "import logging; logging.basicConfig(level=logging.DEBUG)\n"
        "from notelint.cli import main\n"
        "if __name__ == '__main__':\n    main()\n"
    )
    script = tmp_path / "program.py"
    script.write_text(program, encoding="utf-8")
    paths = [bad / name for name in BAD if name != "headless.csv"]
    command = [sys.executable, script, "check", "--jobs", "2", "--format", "jsonl", "-o", tmp_path / "out", *paths]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "[E3" in done.stderr
    quiet(done.stderr + done.stdout)
    assert CANARY in (tmp_path / "out").read_text(encoding="utf-8")  # the report itself may quote


# ---- network and files


def test_no_network(monkeypatch, tmp_path):
    def refuse(*args, **options):
        raise AssertionError("a network connection")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    for format_ in ("text", "json", "html", "sarif"):
        assert run("check", SAMPLES / "notes", "--format", format_, "--fail-level", "never").exit_code == 0
    for arguments in (["checks"], ["config"], ["explain", "NL101"]):
        assert run(*arguments).exit_code == 0


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_file_is_written_but_the_report(tmp_path, jobs):
    folders = {name: tmp_path / name for name in ("cwd", "tmp", "home", "out")}
    for folder in folders.values():
        folder.mkdir()
    notes = tmp_path / "notes.jsonl"
    notes.write_text((json.dumps({"text": f"Client {CANARY} was seen."}) + "\n") * 70, encoding="utf-8")
    before = notes.read_bytes()
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("XDG", "COV", "PYTEST"))}
    environment |= {"HOME": str(folders["home"]), "PYTHONPATH": str(ROOT)}
    environment |= {name: str(folders["tmp"]) for name in ("TMPDIR", "TEMP", "TMP")}
    report = folders["out"] / "report.html"
    command = [sys.executable, "-m", "notelint", "check", notes, "--jobs", str(jobs), "--format", "html", "-o", report]
    done = subprocess.run(command, cwd=folders["cwd"], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    left = [path for name in folders for path in folders[name].rglob("*")]
    assert left == [report]
    assert notes.read_bytes() == before


def test_what_the_linter_keeps_holds_no_note():
    linter = Linter()
    list(linter.check_many([Note(text=f"Client {CANARY} was seen.")]))
    assert CANARY not in repr(vars(linter))
    assert not any(CANARY in string for string in linter.nlp.vocab.strings)
