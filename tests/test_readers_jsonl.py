import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.readers import jsonl, read_notes
from notelint.records import MAX_NOTE_CHARACTERS, Note, Problem

CANARY = "Xylophonia"


def read(tmp_path: Path, data: str | bytes, name: str = "export.jsonl") -> list[Any]:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read_notes([str(path)]))


def codes(found: list[Any]) -> list[tuple[str, int | None] | str]:
    return [(item.code, item.line) if isinstance(item, Problem) else item.id for item in found]


def test_lines_split_at_newlines_only(tmp_path: Path) -> None:
    texts = ["a\u2028b\x85c\x0bd", "e\r\nf"]
    data = "\n\r\n" + "\r\n".join(json.dumps({"text": text}, ensure_ascii=False) for text in texts)
    found = read(tmp_path, data)
    assert [(note.text, note.id, note.line) for note in found] == [(texts[0], "export:3", 3), (texts[1], "export:4", 4)]


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings(tmp_path: Path, codec: str) -> None:
    data = '{"text": "Dénise “slept”"}\n{"text": "Zoë"}\n'.encode(codec)
    assert [note.text for note in read(tmp_path, data)] == ["Dénise “slept”", "Zoë"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (f'{{"text": "{CANARY}"', "E306"),
        (f'{{"text": "\\{CANARY}"}}', "E306"),
        (f'{{"text": "{CANARY}"}} x', "E306"),
        (f'["{CANARY}"]', "E306"),
        (f'{{"t": "{CANARY}"}}', "E307"),
        (f'{{"text": ["{CANARY}"]}}', "E307"),
        ('{"text": " "}', "E304"),
        (f'{{"text": "{CANARY}\\u0000"}}', "E309"),
        (f'{{"text": "{CANARY}{"x" * 5000}"}}', "E308"),
        (f'{{"text": "PSYCHOTHERAPY NOTES\\n{CANARY}"}}', "E313"),
        ("[" * 100_000, "E306"),
        (f'{{"text": "{CANARY}", "type": "process note"}}', "E313"),
        ('{"text": "a", "x": ' + "9" * 5000 + "}", "E306"),
        ('{"text": "a", "x": ' + "[" * 40 + "]" * 40 + "}", "E306"),
        ('{"text": "' + "x " * (MAX_NOTE_CHARACTERS // 2 + 1) + '"}', "E305"),
    ],
)
def test_what_is_wrong_is_told_and_the_others_are_read(tmp_path: Path, line: str, code: str) -> None:
    found = read(tmp_path, f'{{"text": "one"}}\n{line}\n{{"text": "three", "id": 3}}')
    assert codes(found) == ["export:1", (code, 2), "3"]
    assert CANARY not in str(found[1])
    assert found[1].cure


def test_a_line_too_long_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "MAX_LINE_BYTES", 100)
    assert codes(read(tmp_path, '{"text": "' + "x " * 80 + '"}\n{"text": "b"}')) == [("E305", 1), "export:2"]


def test_metadata(tmp_path: Path) -> None:
    record = {
        "note_text": "Client came.",
        "id": 5,
        "Patient": 7,
        "minutes": CANARY,
        "x": [1.5, None, {"y": "z"}],
        "big": 1,
    }
    data = json.dumps(record).replace('"big": 1', '"big": 1e999, "nan": NaN')
    problem, note = read(tmp_path, data)
    assert (note.id, note.patient_id, note.minutes) == ("5", "7", None)
    assert note.other == {"minutes": CANARY, "x": [1.5, None, {"y": "z"}], "big": "1e999", "nan": "NaN"}
    assert (problem.code, problem.line) == ("E311", 1)
    assert "'minutes'" in problem.message
    assert CANARY not in str(problem)


def test_an_empty_file(tmp_path: Path) -> None:
    assert codes(read(tmp_path, "\n \n")) == [("E304", None)]
    assert codes(read(tmp_path, b"PK\x03\x04\n\n\n")) == [("E303", None)]


@given(st.text(alphabet=st.characters(codec=None), min_size=1).map(lambda text: "Client " + text.replace("\0", " ")))
def test_lone_surrogates_keep_the_length(text: str) -> None:
    stream = io.BytesIO(json.dumps({"text": text}).encode())
    joined = json.loads(json.dumps({"text": text}))["text"]
    *problems, note = read_notes(["-"], stdin=stream)
    lost = sum("\ud800" <= char <= "\udfff" for char in joined)
    assert isinstance(note, Note)
    assert len(note.text) == len(joined)
    assert [problem.code for problem in problems if isinstance(problem, Problem)] == ["E310"] * bool(lost)


def test_surrogates_in_other_values_and_keys_count(tmp_path: Path) -> None:
    problem, note = read(tmp_path, '{"text": "a", "x\\udc00": ["\\ud800"]}')
    assert note.other == {"x\ufffd": ["\ufffd"]}
    assert problem.message.startswith("2 characters")


def test_keys_that_become_the_same_are_both_kept(tmp_path: Path) -> None:
    _, note = read(tmp_path, '{"text": "a", "x\\udc00": 1, "x\\udc01": 2}')
    assert sorted(note.other.values()) == [1, 2]


def test_json_lists(tmp_path: Path) -> None:
    found = read(tmp_path, '[\n{"text": "a"},\n\n{"text": "b\\ud800"},\n{"t": 1}\n]\n', "e.json")
    assert codes(found) == ["e:1", ("E310", 4), "e:2", ("E307", 5)]
    assert [item.line for item in found] == [2, 4, 4, 5]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ('{"text": "a"}', ["e"]),
        ('\n{"text": "a"} x', [("E306", 2)]),
        ("", [("E304", None)]),
        ("[]", [("E304", None)]),
        ("{", [("E306", 1)]),
        ('[{"text": "a"} {"text": "b"}]', [("E306", 1)]),
        ('[{"text": "a"},\n{"text": }]', ["e:1", ("E306", 2)]),
        ('[{"text": "a"}', [("E306", 1)]),
        ('[{"text": "a"}]\n]', ["e:1", ("E306", 2)]),
        ("\0\0\0\0", [("E303", None)]),
        ("3", [("E306", 1)]),
    ],
)
def test_json_files(tmp_path: Path, data: str, expected: list[object]) -> None:
    assert codes(read(tmp_path, data, "e.json")) == expected


def test_a_json_file_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "MAX_FILE_BYTES", 10)
    assert codes(read(tmp_path, '[{"text": "a"}]', "e.json")) == [("E305", None)]


def test_one_line_is_held_at_a_time() -> None:
    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            return b'{"text": "Client came."}\n' * 100

    notes = read_notes(["-"], stdin=Endless())  # type: ignore[arg-type]
    assert [next(notes).line for _ in range(5_000)][-1] == 5_000
