import io
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from notelint.readers import read_notes, sources
from notelint.records import Note, Problem

CANARY = "Xylophonia"


def read(*paths: str | Path, stdin: bytes | None = None) -> list[Any]:
    return list(read_notes([str(path) for path in paths], stdin=None if stdin is None else io.BytesIO(stdin)))


def codes(found: list[Any]) -> list[str]:
    return [item.code if isinstance(item, Problem) else item.id for item in found]


def test_a_folder(tmp_path: Path) -> None:
    for name in (
        "b/2.md",
        "b/.x.txt",
        ".git/x.txt",
        "a.TXT",
        "notelint.toml",
        "p.plans.json",
        "plans.json",
        "README.md",
        "b/License",
        "q.Authorizations.json",
        "n.docx",
        "b/10.text",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Client came.")
    (tmp_path / "c.jsonl").write_text('{"text": "a"}\n{"text": "b"}\n')
    (tmp_path / "d.txt").mkdir()
    found = read(tmp_path)
    assert codes(found) == ["a", "10", "2", "c:1", "c:2"]
    assert found[1].path == str(tmp_path / "b/10.text")


def test_a_folder_without_notes(tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_text("x")
    (problem,) = read(tmp_path)
    assert (problem.code, problem.path) == ("E312", str(tmp_path))
    assert ".txt" in problem.cure


def test_what_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Client came.")
    found = read(tmp_path / "none.txt", "", "a\0b", tmp_path / "a.txt/b.txt", tmp_path / "a.txt")
    assert codes(found) == ["E301", "E301", "E301", "E302", "a"]
    assert found[0].path == str(tmp_path / "none.txt")


def test_a_link_to_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "none")
    assert codes(read(tmp_path)) == ["E301"]


def test_a_socket_can_not_be_read(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(tmp_path / "s.txt"))
        assert codes(read(tmp_path / "s.txt")) == ["E302"]
        assert codes(read(tmp_path)) == ["E312"]


def test_no_right_to_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(CANARY)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", refuse)
        (problem,) = read(path)
    assert (problem.code, problem.message) == ("E302", "This can't be read: permission denied.")

    def walk(path: str, onerror: Any) -> Any:
        onerror(PermissionError(13, "Permission denied", path))
        onerror(OSError())
        return iter(())

    monkeypatch.setattr(sources.os, "walk", walk)
    assert codes(read(tmp_path)) == ["E302", "E302"]


def test_a_name_that_is_no_unicode(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")
    Path(path).write_text("Client came.")
    (note,) = read(path)
    assert (note.id, note.path) == ("caf\ufffd", f"{tmp_path}/caf\ufffd.txt")


def test_another_suffix_is_text(tmp_path: Path) -> None:
    (tmp_path / "note.2026.v2").write_text("Client came.")
    assert codes(read(tmp_path / "note.2026.v2")) == ["note.2026"]


def test_a_pipe_is_read_up_to_what_a_note_may_be(tmp_path: Path) -> None:
    (problem,) = read("/dev/zero")
    assert problem.code == "E305"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'\n \n{"text": "a"}\n{"text": "b"}', ["-:3", "-:4"]),
        (b"Client came.\n{x}", ["-"]),
        (b"{note: 1}", ["-"]),
        (b"", ["E304"]),
        (b"{}", ["E307"]),
        ('{"text": "a"}'.encode("utf-16"), ["-:1"]),
        (b"\n" * 5000 + b'{"text": "a"}', ["-:5001"]),
        (b" " * 6_000_000, ["E305"]),
        (b'{"text": "a"', ["E306"]),
    ],
)
def test_standard_input(data: bytes, expected: list[str]) -> None:
    assert codes(read("-", stdin=data)) == expected


def test_standard_input_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Client came.")))
    (note,) = read("-")
    assert isinstance(note, Note)
    assert (note.id, note.path) == ("-", "-")


def test_standard_input_that_breaks_off() -> None:
    class Broken(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            raise OSError(5, "Input/output error")

    (problem,) = read_notes(["-"], stdin=Broken())  # type: ignore[arg-type]
    assert isinstance(problem, Problem)
    assert problem.code == "E302"


def test_the_import_is_light() -> None:
    heavy = ("spacy", "numpy", "jinja2", "notelint.nlp", "notelint.judge")
    code = f"import sys, notelint.readers; print([name for name in {heavy} if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"
