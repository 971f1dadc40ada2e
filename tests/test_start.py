"""A quick start: what is imported, and what is not yet."""

import subprocess
import sys

import pytest
from _core import ROOT

HEAVY = ("spacy", "pydantic", "numpy", "rich", "jinja2", "click", "sklearn")


def loaded_by(code):
    """Which heavy packages a program has loaded at its end."""
    code += f"\nimport sys\nprint([m for m in {HEAVY} if m in sys.modules], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stderr.strip()


def command(*arguments):
    return (
        f"import sys\nsys.argv = ['notelint', *{arguments}]\nfrom notelint.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code"
    )


@pytest.mark.parametrize(
    ("code", "loaded"),
    [
        ("import notelint; dir(notelint); notelint.__version__", "[]"),
        ("from notelint import UsageError, NotelintError", "[]"),
        ("import notelint.cli", "['click']"),
        (command("--help"), "['click']"),
        (command("--version"), "['click']"),
        (command("check", "--help"), "['click']"),
        (command("explain", "NL101"), "['pydantic', 'click']"),
        (command("checks"), "['pydantic', 'click']"),
        (command("config"), "['pydantic', 'click']"),
    ],
)
def test_what_is_loaded(code, loaded):
    assert loaded_by(code) == loaded
