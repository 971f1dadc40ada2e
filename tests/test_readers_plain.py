from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.errors import InputError
from notelint.readers import note_from_text, read_notes
from notelint.readers.plain import front_matter
from notelint.records import MAX_NOTE_CHARACTERS, Note, Problem

CANARY = "Xylophonia"


def test_front_matter_is_metadata_and_stays_in_the_text() -> None:
    front = [
        "---",
        "# about",
        'id: "007"',
        "Type: Group therapy",
        "patient_names: [Ann, Bea]",
        "unit: 3 West",
        "",
        "---",
    ]
    text = "\r\n".join([*front, "Client came.", ""])
    note, found = note_from_text(text, path="a.txt", id="x")
    assert (note.id, note.type, note.patient_names, note.path) == ("007", "group", ("Ann", "Bea"), "a.txt")
    assert note.text == text
    assert note.text[note.body_start :] == "Client came.\r\n"
    assert note.other == {"unit": "3 West"}
    assert found == ()


@pytest.mark.parametrize(
    "text",
    [
        "---\ndate: 2026-05-04\nClient came.",
        "---\nClient came: no.\nand left\n---\nx",
        "---\nD: Client came.\n---\nP: Weekly.",
        "---\n---\nClient came.",
        "---",
        "---\nid: 1",
        "Client came.\n---\nid: 1\n---\n",
        "---\nPlan: weekly\n---\nClient came.",
        "---\nfoo: " + "x" * 201 + "\n---\ny",
        "---\n" + "a: b\n" * 300 + "---\nx",
    ],
)
def test_anything_else_is_text(text: str) -> None:
    assert front_matter(text).body_start == 0
    assert note_from_text(text)[0].text == text


def test_unknown_keys_alone_are_front_matter_too() -> None:
    note, _ = note_from_text("\ufeff---\nfacility: West\nempty:\n---\nClient came.")
    assert note.other == {"facility": "West", "empty": ""}


def test_a_key_given_twice_and_a_bad_value_are_told_with_their_lines() -> None:
    note, found = note_from_text(
        f"---\npatient: p1\nPatient_ID: {CANARY}\nminutes: {CANARY}\nx: 1\nx: 2\n---\nClient came."
    )
    assert note.patient_id == "p1"
    assert note.other == {"Patient_ID (3)": CANARY, "minutes": CANARY, "x": "1", "x (6)": "2"}
    assert [(problem.code, problem.line) for problem in found] == [("E314", 3), ("E314", 6), ("E311", 4)]
    assert CANARY not in "".join(map(str, found))


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "E304", None),
        (" \r\n\u200b\t", "E304", None),
        ("---\nid: 1\n---\n \n", "E304", None),
        (f"{CANARY}\nb\0", "E309", 2),
        (f"{CANARY}\n\n" + "x" * 5_001, "E308", 3),
        ("x " * (MAX_NOTE_CHARACTERS // 2) + CANARY, "E305", None),
        (f"PSYCHOTHERAPY NOTES\n{CANARY}", "E313", None),
        (f"---\ntype: process note\n---\n{CANARY}", "E313", None),
    ],
)
def test_what_can_be_no_note_is_refused_without_its_text(text: str, code: str, line: int | None) -> None:
    with pytest.raises(InputError) as caught:
        note_from_text(text, path="n.txt")
    error = caught.value
    assert (error.code, error.where) == (code, "n.txt" if line is None else f"n.txt:{line}")
    assert error.cure
    assert CANARY not in f"{error}{error.args}{error.__cause__}{error.__context__}"


def test_without_a_path_the_place_is_a_line() -> None:
    with pytest.raises(InputError) as caught:
        note_from_text("a\nb\0")
    assert caught.value.where == "line 2"


def test_longest_run_and_longest_note_are_still_notes() -> None:
    assert note_from_text("x" * 5_000)[0]
    assert note_from_text("x " * (MAX_NOTE_CHARACTERS // 2))[0]


def test_lone_surrogates_are_told() -> None:
    note, (problem,) = note_from_text("a\nb\ud800c\udc00")
    assert note.text == "a\nb\ufffdc\ufffd"
    assert (problem.code, problem.line) == ("E310", 2)
    assert problem.message.startswith("2 characters could not be read")


def read(path: Path) -> list[Note | Problem]:
    return list(read_notes([str(path)]))


@settings(max_examples=60)
@given(
    text=st.text(alphabet=st.sampled_from("ab \r\n\t\x0b\x85\u2028\u0301é🙂\ufeff“-:")).filter(
        lambda text: text.strip("\ufeff \r\n\t\x0b\x85\u2028")
    ),
    codec=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_a_file_round_trips(tmp_path_factory: pytest.TempPathFactory, text: str, codec: str) -> None:
    path = tmp_path_factory.mktemp("notes") / "n.txt"
    path.write_bytes(text.encode(codec))
    expected = text.removeprefix("\ufeff") if codec == "utf-8" else text
    *_, note = read(path)
    assert isinstance(note, Note)
    assert note.text == expected
    assert (note.id, note.path, note.line) == ("n", str(path), None)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "E304"),
        (b"%PDF-1.4", "E303"),
        (b"\0\1\2" * 50, "E303"),
        (b"Client came.\0", "E309"),
        (b"x " * 2_100_000, "E305"),
        (b"x " * 700_000, "E305"),
    ],
)
def test_files_that_are_no_notes(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "n.md"
    path.write_bytes(data)
    (problem,) = read(path)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.path) == (code, str(path))
    assert problem.cure
