"""Records: frozen, strict at the door, silent about what they were given."""

import datetime
import importlib.util

import pytest
from _core import CANARY, ROOT, evidence
from pydantic import ValidationError

from notelint import records
from notelint.records import ElementReport, Finding, Frequency, Note, NoteReport, PartReport, Plan, Problem

WORDINGS = [
    None, "", "outpatient", "OP", "op therapy", "Outpatient (weekly)", "IOP", "Intensive Outpatient Program", "iop/php",
    "PHP", "Partial Hospitalization", "partial", "Residential", "RTC residential treatment", "residential detox",
    "Inpatient", "hospital", "State Hospital", "detox", "social detox", "Partial hospital", "crisis", "n/a", "other",
    "office", "telehealth", "ASAM 2.1", "Level III.5 residential", "intensive in-home", "open", "INTENSIVE OUTPATIENT",
]  # fmt: skip


def policy():
    spec = importlib.util.spec_from_file_location("policy", ROOT / "tests" / "benchmark" / "policy.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("wording", WORDINGS)
def test_level_of_care_is_the_policys(wording):
    expected = policy().level_of_care(wording)
    assert records.level_of_care(wording) == expected
    if wording is not None:
        assert Note(text="x", level_of_care=wording).level_of_care == expected


def test_an_absent_level_of_care_stays_absent():
    assert Note(text="x").level_of_care is None
    assert Note(text="x", level_of_care=None).level_of_care is None


def test_labels_are_the_guidelines():
    guideline = (ROOT / "tests" / "benchmark" / "GUIDELINE.md").read_text(encoding="utf-8").split("## Rulings")[0]
    in_tables = [line.split("`")[1] for line in guideline.splitlines() if line.startswith("| `")]
    assert list(records.LABELS) == in_tables


@pytest.mark.parametrize("record", [Note(text="x"), Plan(patient="p"), Problem(code="E1", path="p", message="m")])
def test_records_are_frozen_and_refuse_unknown_keys(record):
    field = next(iter(type(record).model_fields))
    with pytest.raises(ValidationError, match="frozen"):
        setattr(record, field, "other")
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        type(record).model_validate({**record.model_dump(), "colour": "red"})


@pytest.mark.parametrize(
    "fields",
    [
        {"type": CANARY},
        {"date": CANARY},
        {"minutes": CANARY},
        {"minutes": 24 * 60 + 1},
        {"group_size": -1},
        {"start": CANARY},
        {"diagnoses": CANARY},
        {"patient_names": [["x", CANARY]]},
        {"level_of_care": 7},
        {"text": ["x", CANARY]},
        {"body_start": -1},
        {"signed_at": CANARY},
        {"id": True},
        {"other": {"x": object()}},
    ],
    ids="-".join,
)
def test_a_wrong_value_is_refused_without_being_quoted(fields):
    with pytest.raises(ValidationError) as caught:
        Note.model_validate({"text": f"x {CANARY}", **fields})
    assert CANARY not in str(caught.value)
    assert CANARY not in repr(caught.value)


def test_a_note_has_a_longest_length():
    assert Note(text="x" * records.MAX_NOTE_CHARACTERS)
    with pytest.raises(ValidationError, match="at most 1000000 characters") as caught:
        Note(text=CANARY + "x" * records.MAX_NOTE_CHARACTERS)
    assert CANARY not in str(caught.value)


def test_numbers_as_identifiers_become_text():
    note = Note(text="x", id=7, patient_id=101, cpt=90834, place_of_service=11)
    assert (note.id, note.patient_id, note.cpt, note.place_of_service) == ("7", "101", "90834", "11")


def test_metadata_is_json_ready_and_without_text_place_and_absent_fields():
    note = Note(
        text="x",
        id="n1",
        path="a.md",
        line=3,
        body_start=1,
        type="group",
        date=datetime.date(2026, 9, 14),
        start=datetime.time(9, 30),
        modifiers=("95",),
        other={"room": 4, "type": "never wins"},
    )
    assert note.metadata() == {
        "room": 4,
        "type": "group",
        "date": "2026-09-14",
        "start": "09:30:00",
        "modifiers": ["95"],
    }
    assert Note(text="x").metadata() == {}


@pytest.mark.parametrize(
    ("line", "cure", "text"),
    [
        (None, "", "a.csv: Broken. [E1]"),
        (7, "", "a.csv:7: Broken. [E1]"),
        (7, "Mend it.", "a.csv:7: Broken. Mend it. [E1]"),
    ],
)
def test_a_problem_in_words(line, cure, text):
    assert str(Problem(code="E1", path="a.csv", line=line, message="Broken.", cure=cure)) == text


def test_frequencies_are_positive():
    assert Frequency(visits=2, per="week").every == 1
    for wrong in ({"visits": 0}, {"every": 0}, {"per": "year"}):
        with pytest.raises(ValidationError):
            Frequency.model_validate({"visits": 1, "per": "week", **wrong})


@pytest.mark.parametrize(("probability", "doubtful"), [(0.4, True), (0.5999, True), (0.6, False), (1.0, False)])
def test_evidence_is_sure_from_its_threshold_up(probability, doubtful):
    assert evidence("goal_link", probability=probability).doubtful is doubtful


def test_an_elements_evidence_stands_in_the_notes_order():
    late, early = evidence("a", at=50), evidence("b", at=5)
    parts = (PartReport(id="a", evidence=(late,)), PartReport(id="b", evidence=(early,)), PartReport(id="c"))
    assert ElementReport(id="e", code="NL1", title="E", status="met", parts=parts).evidence == (early, late)


def test_shown_are_the_findings_that_a_person_sees():
    fields = {"code": "NL1", "name": "n", "level": "warning", "element": "e", "message": "", "ask": "", "starter": ""}
    seen, held = (Finding.model_validate({**fields, "need": str(shown), "shown": shown}) for shown in (True, False))
    assert NoteReport(note=Note(text="x"), findings=(held, seen)).shown == (seen,)


def test_representations_hold_no_text():
    note = Note(text=CANARY, patient_names=(CANARY,), other={"room": CANARY})
    quote = evidence("diagnosis", text=CANARY)
    sentence = records.SentenceTags(start=0, end=1, text=CANARY, section=None, tags=(quote,))
    question = records.Question(element="risk", part="risk_assessment", start=0, end=1, text=CANARY)
    report = NoteReport(note=note, sentences=(sentence,), questions=(question,))
    for record in (note, quote, sentence, question, report):
        assert CANARY not in repr(record) + str(record)
