"""Data flows one way: the layers of setup.cfg are kept, and every module has its place in them."""

import configparser
import os
import subprocess
import sys
from pathlib import Path

import pytest
from _core import ROOT

LAYERS = "importlinter:contract:layers"


@pytest.fixture(scope="module")
def contract():
    settings = configparser.ConfigParser()
    settings.read(ROOT / "setup.cfg", encoding="utf-8")
    return settings[LAYERS]


def lint_imports(config, cwd):
    command = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [command, "--config", config, "--no-cache"],
        cwd=cwd,
        env={**os.environ, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_contracts_are_kept(tmp_path):
    done = lint_imports(ROOT / "setup.cfg", ROOT)
    assert "0 broken" in done.stdout, done.stdout
    assert "KEPT" in done.stdout
    assert done.returncode == 0


def test_a_module_without_a_layer_is_an_error(tmp_path):
    text = (ROOT / "setup.cfg").read_text(encoding="utf-8")
    (tmp_path / "setup.cfg").write_text(text.replace("\n    catalog\n", "\n", 1), encoding="utf-8")
    done = lint_imports(tmp_path / "setup.cfg", ROOT)
    assert done.returncode == 1
    assert "catalog" in done.stdout


def test_every_module_has_its_layer(contract):
    named = contract["layers"].replace("|", " ").split() + contract["exhaustive_ignores"].split()
    modules = {
        path.stem for path in (ROOT / "notelint").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    modules -= {"__init__"}
    assert sorted(named) == sorted(modules)
    assert contract.getboolean("exhaustive")


@pytest.mark.parametrize("folder", ["checks", "templates"])
def test_data_folders_hold_no_code(folder):
    files = [path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert files
    assert [path for path in files if path.suffix.startswith(".py") or path.name == "__init__.py"] == []
