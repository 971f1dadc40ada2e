"""The wheel, built from the sdist, works in a fresh environment outside the checkout."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, timeout=400, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist and the wheel that was built from it, from the files that git knows."""
    folder = tmp_path_factory.mktemp("built")
    source = folder / "source"
    source.mkdir()
    names = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file() and not name.startswith(("tests/", "samples/corpus/", "docs/")):
            target = source / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / name).read_bytes())
    run(sys.executable, "-m", "build", "--outdir", folder, source, cwd=folder)
    return folder


def test_contents(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    (sdist,) = built.glob("*.tar.gz")
    inside = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "notelint/checks/NL101-missing-why-now.toml",
        "notelint/nlp/model/tagger.npz",
        "notelint/py.typed",
    } <= inside
    assert any(name.startswith("notelint/templates/report") for name in inside)
    assert any(name.endswith("licenses/NOTICE") for name in inside)
    assert not [name for name in inside if name.startswith(("tests", "samples", "checks", "templates"))]
    with tarfile.open(sdist) as archive:
        assert any(name.endswith("/checks/NL101-missing-why-now.toml") for name in archive.getnames())
    assert wheel.stat().st_size < 40e6


def test_wheel_works_in_a_fresh_environment(built: Path, tmp_path: Path) -> None:
    (wheel,) = built.glob("*.whl")
    environment = tmp_path / "environment"
    run(sys.executable, "-m", "venv", environment, cwd=tmp_path)
    python = environment / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel, cwd=tmp_path)
    note = tmp_path / "note.txt"
    note.write_text(
        "Client reports that panic is back since Monday and missed two shifts. Continue weekly.\n", encoding="utf-8"
    )
    out = run(environment / "bin" / "notelint", "check", note, "--fail-level", "never", cwd=tmp_path)
    assert "panic is back" in out
    page = run(
        environment / "bin" / "notelint", "check", note, "--fail-level", "never", "--format", "html", cwd=tmp_path
    )
    assert "panic is back" in page
    assert "NL103" in run(environment / "bin" / "notelint", "explain", "NL103", cwd=tmp_path)
    code = (
        "import spacy; nlp = spacy.blank('en'); nlp.add_pipe('notelint_tagger')\n"
        "print(len(nlp('Denies SI.').spans['notelint_evidence']))"
    )
    assert int(run(python, "-c", code, cwd=tmp_path)) == 1
    assert "site-packages" in run(python, "-c", "import notelint; print(notelint.__file__)", cwd=tmp_path)
