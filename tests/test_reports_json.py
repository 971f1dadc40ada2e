"""`notelint.note/1` and `notelint.report/1`."""

import json

import pytest
from _reports_data import CANARY, PROBLEM, TEXT, canary_report, report, write
from hypothesis import given
from hypothesis import strategies as st

from notelint.records import Note, NoteReport
from notelint.reports import ReportOptions
from notelint.reports.json import dumps, note_to_dict

EVIDENCE = ["start", "end", "text", "section", "source", "probability", "threshold", "doubtful"]
KEYS = {
    "": ["schema", "id", "path", "metadata", "elements", "other_parts", "findings", "questions"],
    "elements": ["id", "code", "status", "doubtful", "parts", "not_counted"],
    "other_parts": ["id", "evidence"],
    "findings": ["code", "name", "level", "element", "need", "message", "ask", "starter", "shown", "start", "end"],
    "questions": ["element", "part", "start", "end", "text"],
}


def test_every_key_that_is_promised():
    note = json.loads(write("jsonl", report()))
    assert list(note) == KEYS.pop("")
    for name, keys in KEYS.items():
        assert note[name]
        assert all(list(one) == keys for one in note[name])
    part = note["elements"][0]["parts"][0]
    assert list(part) == ["id", "evidence"]
    assert list(part["evidence"][0]) == EVIDENCE
    assert {"start", "end", "text", "reason"} <= set(note["elements"][5]["not_counted"][0])


def test_values():
    one = report(line=3, patient_names=("Ann Lee",), minutes=50, other={"room": "2"})
    note = json.loads(write("jsonl", one))
    assert (note["schema"], note["id"], note["path"], note["line"]) == (
        "notelint.note/1",
        "note-7",
        "march/note 7.txt",
        3,
    )
    assert note["metadata"] == {
        "room": "2", "type": "individual", "date": "2026-03-05", "patient_names": ["Ann Lee"], "minutes": 50,
    }  # fmt: skip
    found = note["elements"][0]["parts"][0]["evidence"][0]
    assert TEXT[found["start"] : found["end"]] == found["text"]
    assert (found["probability"], found["doubtful"]) == (0.9123, False)
    assert note["elements"][7]["doubtful"] is True
    assert [finding["shown"] for finding in note["findings"]] == [True, True, True, False]
    assert note["findings"][0]["start"] is None


def test_level_and_all_change_nothing_for_a_program():
    assert (
        write("jsonl", report(), level="error") == write("jsonl", report(), show_all=True) == write("jsonl", report())
    )


def test_explain_adds_the_sentences():
    note = json.loads(write("jsonl", report(), explain=True))
    assert [one["context"] for one in note["sentences"]] == [[], ["history"], []]
    assert note["sentences"][1]["labels"] == [
        {
            "id": "diagnosis",
            "probability": 0.9123,
            "threshold": 0.6,
            "lower": 0.4,
            "doubtful": False,
            "reason": "history",
        }
    ]


def test_no_quotes_no_text():
    for explain in (False, True):
        text = write("jsonl", canary_report(), quotes=False, explain=explain)
        assert CANARY.lower() not in text.lower()
        note = json.loads(text)
        assert note["metadata"] == {"patient_id": "p1"}
        assert note["questions"][0]["text"] is None
    assert CANARY in write("jsonl", canary_report())


def test_one_document():
    whole = json.loads(write("json", report(), report(id="b"), problems=(PROBLEM,)))
    assert list(whole) == ["schema", "notes", "problems"]
    assert whole["schema"] == "notelint.report/1"
    assert whole["notes"] == [note_to_dict(one, options=ReportOptions()) for one in (report(), report(id="b"))]
    assert whole["problems"] == [PROBLEM.model_dump()]


def test_empty():
    assert json.loads(write("json")) == {"schema": "notelint.report/1", "notes": [], "problems": []}
    assert write("jsonl") == ""
    note = json.loads(write("jsonl", NoteReport(note=Note(text=""))))
    assert note["elements"] == note["findings"] == []


@pytest.mark.parametrize("text", ["a\u2028b", "\x9b31m", "\x7f", "abc\u202edef", "é😔", "\x1b[31m", "a\x85b"])
def test_a_line_is_one_line_harmless_and_whole(text):
    line = dumps({"text": text})
    assert len(line.splitlines()) == 1
    assert not set(line) & set("\x1b\x7f\x9b\u202e\u2028\x85")
    assert json.loads(line) == {"text": text}


def test_what_json_has_no_word_for():
    assert dumps({"a": [float("nan"), float("inf"), 1.5]}) == '{"a": [null, null, 1.5]}'
    assert json.loads(dumps("a\ud800é")) == "a\ufffdé"


@given(st.text())
def test_round_trip(text):
    assert json.loads(dumps(text)) == text
