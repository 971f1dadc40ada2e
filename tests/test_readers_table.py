import csv
import io
import traceback
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.errors import UsageError
from notelint.readers import read_notes, table
from notelint.readers.fields import FIELDS, canonical
from notelint.records import Note, Problem

CANARY = "Xylophonia"


def read(tmp_path: Path, data: str | bytes, name: str = "export.csv", **columns: str) -> list[Any]:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read_notes([str(path)], columns=columns))


def codes(found: list[Any]) -> list[tuple[str, int | None] | str]:
    return [(item.code, item.line) if isinstance(item, Problem) else item.id for item in found]


def test_usual_names_are_fields() -> None:
    assert set(table.USUAL_NAMES) <= set(FIELDS)
    names = [name for names in table.USUAL_NAMES.values() for name in names]
    assert len(names) == len(set(names))
    assert all(canonical(name) == name and name not in FIELDS for name in names)


def test_a_usual_export(tmp_path: Path) -> None:
    data = (
        "Note ID,DOS,Client ID,Therapist,Note Type,CPT Code,Duration,Note,Room\r\n"
        '17,05/04/2026,p1,c1,Group therapy,90853-HQ,90 min,"Line one,\r\n""two""\r\n",3 West\r\n'
        "\r\n,,,,,,,,\r\n"
        "18,soon,p2,c1,,,,Client came.,\r\n"
    )
    first, problem, second = read(tmp_path, data)
    assert first.text == 'Line one,\r\n"two"\r\n'
    assert (first.id, first.line, str(first.date), first.patient_id, first.clinician_id) == (
        "17",
        2,
        "2026-05-04",
        "p1",
        "c1",
    )
    assert (first.type, first.cpt, first.modifiers, first.minutes, first.other) == (
        "group",
        "90853",
        ("HQ",),
        90,
        {"Room": "3 West"},
    )
    assert (problem.code, problem.line) == ("E311", 7)
    assert second.other == {"date": "soon", "Room": ""}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("codec", ["utf-8-sig", "cp1252", "utf-16"])
def test_delimiters_and_encodings(tmp_path: Path, delimiter: str, codec: str) -> None:
    data = f'id{delimiter}"text; or, so"{delimiter}text\n1{delimiter}x{delimiter}Zoë came.\n'.encode(codec)
    assert [(note.id, note.text) for note in read(tmp_path, data)] == [("1", "Zoë came.")]


def test_tabs_and_a_declared_delimiter(tmp_path: Path) -> None:
    assert codes(read(tmp_path, "id\ttext\n1\ta, b, c\n", "e.tsv")) == ["1"]
    assert codes(read(tmp_path, "sep=|\nid|text\n1|a\n")) == ["1"]
    assert codes(read(tmp_path, "text\na\n")) == ["export:2"]


def test_bare_returns(tmp_path: Path) -> None:
    found = read(tmp_path, 'id,text\r1,"a\rb"\r2,c')
    assert [note.text for note in found] == ["a\rb", "c"]


def test_a_column_map(tmp_path: Path) -> None:
    found = read(tmp_path, "Note Body,text,Who\na,b,c\n", text="note body", patient="Who")
    assert [(note.text, note.patient_id, note.other) for note in found] == [("a", "c", {"text": "b"})]


@pytest.mark.parametrize(
    ("columns", "code", "cure"),
    [
        ({"text": "Prose Her"}, "E321", "'Prose Here'"),
        ({"txt": "Prose Here"}, "E320", "'text'"),
        ({"path": "Prose Here"}, "E320", "Known are"),
    ],
)
def test_a_map_that_does_not_fit(tmp_path: Path, columns: dict[str, str], code: str, cure: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(tmp_path, f"\nProse Here,DOS\n{CANARY},1\n", **columns)
    assert (caught.value.code, caught.value.where) == (code, f"{tmp_path / 'export.csv'}:2")
    assert cure in caught.value.cure
    assert CANARY not in repr(caught.value)


def test_a_file_without_a_column_of_text_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"Date,Plan\n1,{CANARY}\n")
    (tmp_path / "b.txt").write_text("Client came.")
    problem, note = read_notes([str(tmp_path)])
    assert isinstance(problem, Problem)
    assert (problem.code, problem.path, problem.line, problem.lost) == ("E322", str(tmp_path / "a.csv"), 1, True)
    assert "--columns text=" in problem.cure
    assert CANARY not in str(problem)
    assert isinstance(note, Note)


def test_a_quotation_mark_that_is_never_closed_is_told(tmp_path: Path) -> None:
    found = read(tmp_path, 'id,text\n1,"a\n2,b\n3,c\n')
    assert codes(found) == [("E318", 2), "1"]
    assert "never closed" in str(found[0])
    assert codes(read(tmp_path, 'id,text\n1,5\'10" tall\n2,"b\nc"\n')) == ["1", "2"]


@pytest.mark.parametrize("columns", [{"text": "Note"}])
def test_a_first_row_that_is_no_header_is_not_quoted(tmp_path: Path, columns: dict[str, str]) -> None:
    with pytest.raises(UsageError) as caught:
        read(tmp_path, f"p1,{CANARY}\np2,Client came.\n", **columns)
    assert CANARY not in "".join(traceback.format_exception(caught.value))
    assert "first row" in caught.value.cure


def test_rows_of_another_length(tmp_path: Path) -> None:
    found = read(tmp_path, f"id,text,x\n1,a\n2,b,y,{CANARY},z\n3,c,y,,\n4,,\n")
    assert codes(found) == ["1", ("E316", 3), "2", "3", ("E304", 5)]
    assert found[2].other == {"x": "y", "extra cells": [CANARY, "z"]}
    assert "5 cells where the header has 3" in str(found[1])
    assert CANARY not in str(found[1])


def test_columns_without_a_name_or_with_the_same(tmp_path: Path) -> None:
    (note,) = read(tmp_path, "text,,Room,Room\na,1,2,3\n")
    assert note.other == {"column 2": "1", "Room": "2", "Room (4)": "3"}


def test_empty_files(tmp_path: Path) -> None:
    assert codes(read(tmp_path, "")) == [("E304", None)]
    assert codes(read(tmp_path, "\n \n")) == [("E304", None)]
    assert codes(read(tmp_path, "id,text\n\n")) == [("E304", None)]
    assert codes(read(tmp_path, b"PK\x03\x04")) == [("E303", None)]


def test_rows_too_long_are_skipped_up_to_their_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MAX_ROW_CHARACTERS", 60)
    long = "x " * 10 + "\n"
    rows = [
        "id,text",
        f'1,"{long * 5}",y',
        "2,b",
        f'3,"{"x " * 80}"',
        "4,d",
        f'5,"{long}{"x " * 150}\n{long}"',
        "6,e",
        f'7,"never closed {long * 9}',
    ]
    data = "\n".join(rows)
    monkeypatch.setattr(table, "MAX_LINE_BYTES", 240)
    found = read(tmp_path, data)
    assert codes(found) == [("E305", 2), "2", ("E305", 9), "4", ("E305", 11), "6", ("E305", 16)]


def test_a_header_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MAX_LINE_BYTES", 20)
    assert codes(read(tmp_path, "text," + "x" * 40 + "\na,b\n")) == [("E305", 1)]


def test_what_the_csv_module_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limit = csv.field_size_limit(10)
    monkeypatch.setattr(table, "MAX_ROW_CHARACTERS", 9)
    monkeypatch.setattr(table._Feed, "start_row", lambda self: vars(self).update(size=-1000, start=0))
    try:
        assert codes(read(tmp_path, "id,text\n1," + "x" * 30 + "\n2,b\n")) == [("E317", 2), "2"]
    finally:
        csv.field_size_limit(limit)


def test_lone_surrogates(tmp_path: Path) -> None:
    problem, note = read(tmp_path, b"id,text\n1,a\xed\xa0\x80b\n")
    assert (problem.code, problem.line, note.text) == ("E310", 2, "a\ufffdb")


CELL = st.text(alphabet=st.sampled_from('ab ,;\t"\r\n\x0b\u2028é🙂')).map(lambda text: "x" + text)


@settings(max_examples=60)
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_round_trip(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], end: str) -> None:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator=end, quoting=csv.QUOTE_ALL).writerows([("text", "room"), *rows])
    path = tmp_path_factory.mktemp("csv") / "e.csv"
    path.write_bytes(buffer.getvalue().encode())
    notes = [note for note in read_notes([str(path)]) if isinstance(note, Note)]
    assert [(note.text, note.other["room"]) for note in notes] == rows
