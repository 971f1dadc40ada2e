"""The linter: where the steps meet, note by note, in batches and in several processes."""

import signal

import pytest
from _core import CANARY, GAPPY, SAMPLES, line_with, own_check

import notelint.linter
from notelint.config import Config
from notelint.errors import InputError, UsageError
from notelint.linter import Linter
from notelint.readers import read_notes
from notelint.records import Goal, Note, NoteReport, Plan, Problem

PROBLEM = Problem(code="E304", path="b.txt", message="There is no text.")


@pytest.fixture(scope="module")
def linter():
    return Linter()


@pytest.fixture(scope="module")
def notes():
    return list(read_notes([str(SAMPLES / "notes"), str(SAMPLES / "group-session")]))


def plan(patient, goal):
    return Plan(patient=patient, goals=(Goal(id="1", text=goal),))


def statuses(report):
    return {element.id: element.status for element in report.elements}


def test_text_and_record_get_the_same_report(linter):
    text = "Client denied SI. Continue weekly therapy."
    of_text, of_note = linter.check(text), linter.check(Note(text=text))
    assert of_text == of_note
    assert statuses(of_text)["risk"] == "met"
    assert of_text.sentences == ()


def test_front_matter_and_metadata_in_the_text_are_read(linter):
    report = linter.check("---\ntype: group\npatient: p-1\n---\nDate of service: 05/04/2026\nShe listened.")
    assert (report.note.type, report.note.patient_id, report.note.date.isoformat()) == ("group", "p-1", "2026-05-04")
    assert statuses(report)["group_participation"] in ("partial", "missing")


def test_metadata_in_the_text_of_a_record_is_read_too(linter):
    assert linter.check(Note(text="DOS: 05/04/2026\nClient was late.")).note.date.isoformat() == "2026-05-04"


@pytest.mark.parametrize("text", ["", " \n\t", "x\0y", "PSYCHOTHERAPY NOTES\n" + CANARY])
def test_what_is_no_note_is_an_input_error_without_its_text(linter, text):
    with pytest.raises(InputError) as caught:
        linter.check(text)
    assert caught.value.exit_code == 3
    assert CANARY not in str(caught.value)


def test_the_plan_goes_by_patient():
    linter = Linter(plans={"p-1": plan("p-1", "Sleep"), "p-2": plan("p-2", "Eat")})

    def starter(patient):
        note = Note(text=GAPPY, patient_id=patient)
        return next(f.starter for f in linter.check(note).findings if f.code == "NL102")

    assert "Goal 1: Sleep" in starter("p-1")
    assert "Goal 1: Eat" in starter("p-2")
    assert "Goal [number]" in starter("p-3")
    assert "Goal [number]" in starter(None)


def test_the_only_plan_also_serves_notes_without_a_patient():
    linter = Linter(plans={"p-1": plan("p-1", "Sleep")})
    for patient, phrase in ((None, "Goal 1: Sleep"), ("p-1", "Goal 1: Sleep"), ("p-9", "Goal [number]")):
        report = linter.check(Note(text=GAPPY, patient_id=patient))
        assert phrase in next(f.starter for f in report.findings if f.code == "NL102")


def test_explain_keeps_every_sentence():
    report = Linter(explain=True).check("Client denied SI. He had panic attacks in college.")
    assert [sentence.text for sentence in report.sentences] == ["Client denied SI.", "He had panic attacks in college."]
    assert "risk_assessment" in {tag.part for tag in report.sentences[0].tags}
    assert report.sentences[1].tags


def test_settings_reach_the_report():
    config = Config().with_check(ignore=["NL102"], max_questions=1, level="warning")
    report = Linter(config=config).check(GAPPY)
    assert "NL102" not in {finding.code for finding in report.findings}
    assert [finding.level for finding in report.shown] == ["warning"]
    assert statuses(report)["goal_link"] == "missing"  # still reported


def test_a_broken_setting_is_a_usage_error():
    with pytest.raises(UsageError, match="E210"):
        Linter(config=Config().with_check(select=["NL999"]))


def test_problems_pass_through_in_order(linter):
    notes = [PROBLEM, Note(text=GAPPY, id="a"), PROBLEM, PROBLEM, Note(text=GAPPY, id="b"), PROBLEM]
    done = list(linter.check_many(notes))
    assert [item if isinstance(item, Problem) else item.note.id for item in done] == [
        PROBLEM, "a", PROBLEM, PROBLEM, "b", PROBLEM,
    ]  # fmt: skip
    assert list(linter.check_many([])) == []


@pytest.mark.parametrize("batch", [1, 2, 5, 100])
def test_batches_do_not_change_a_report(linter, notes, batch, monkeypatch):
    expected = [linter.check(note) for note in notes]
    assert len(expected) >= 12
    monkeypatch.setattr(notelint.linter, "BATCH", batch)
    assert list(linter.check_many([*notes[:3], PROBLEM, *notes[3:]])) == [*expected[:3], PROBLEM, *expected[3:]]


@pytest.mark.parametrize("jobs", [2, 3])
def test_processes_do_not_change_a_report(linter, notes, jobs, monkeypatch):
    monkeypatch.setattr(notelint.linter, "BATCH", 2)
    monkeypatch.setattr(notelint.linter, "WAITING", 1)
    items = [*notes[:3], PROBLEM, *notes[3:]]
    assert list(linter.check_many(items, jobs=jobs)) == list(linter.check_many(items))


def test_notes_are_taken_as_they_are_needed(linter, monkeypatch):
    taken = []

    def stream():
        for number in range(10):
            taken.append(number)
            yield Note(text=GAPPY, id=str(number))

    monkeypatch.setattr(notelint.linter, "BATCH", 2)
    reports = linter.check_many(stream())
    next(reports)
    assert taken == [0, 1]


def test_whoever_stops_early_waits_for_no_other_note(linter, monkeypatch):
    monkeypatch.setattr(notelint.linter, "BATCH", 1)
    reports = linter.check_many((Note(text=GAPPY, id=str(number)) for number in range(50)), jobs=2)
    assert next(reports).note.id == "0"
    reports.close()


def failing(linter, monkeypatch):
    """The linter with a component that raises on a certain word, telling the note's text."""
    process = linter.nlp.get_pipe("notelint_tagger")

    def broken(doc):
        if CANARY in doc.text:
            raise ValueError(f"cannot handle {doc.text}")
        return process(doc)

    monkeypatch.setattr(linter.nlp, "_components", [
        (name, broken if name == "notelint_tagger" else pipe) for name, pipe in linter.nlp._components
    ])  # fmt: skip


def test_a_note_that_fails_stops_no_other_and_is_not_quoted(monkeypatch, notes):
    linter = Linter()
    failing(linter, monkeypatch)
    bad = Note(text=f"Client {CANARY}.", path="x.jsonl", line=7)
    done = list(linter.check_many([notes[0], bad, PROBLEM, notes[1]]))
    assert done[0] == Linter().check(notes[0])
    assert done[2] is PROBLEM
    assert isinstance(done[3], NoteReport)
    assert done[1] == Problem(
        code="E399",
        path="x.jsonl",
        line=7,
        message="This note could not be checked: notelint failed (ValueError).",
        cure="Please report it, without the note.",
    )


def test_work_in_a_process(monkeypatch, notes):
    handled = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(notelint.linter, "_worker", None)
    with pytest.raises(RuntimeError, match="the worker was not started"):
        notelint.linter._work([notes[0]])
    try:
        notelint.linter._start_worker(Config().with_check(ignore=["NL101"]), {}, True)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN  # Ctrl-C is the first process's to answer
    finally:
        signal.signal(signal.SIGINT, handled)
    (report,) = notelint.linter._work([notes[0]])
    assert report.sentences
    assert "NL101" not in {finding.code for finding in report.findings}


# ---- a practice's own checks


def own(folder, **options):
    return Linter(config=Config().with_check(folders=[str(folder)]), **options)


def test_an_own_check_finds_its_own_part(tmp_path):
    linter = own(own_check(tmp_path))

    def element(text):
        return next(element for element in linter.check(text).elements if element.code == "ACME101")

    found = element("Pt. was late. She took the bus alone. Denied SI.")
    assert (found.status, found.doubtful) == ("met", False)
    (evidence,) = found.evidence
    assert (evidence.text, evidence.source, evidence.part) == ("She took the bus alone.", "pattern", "bus_ride")
    assert element("She walked home.").status == "missing"
    assert element("She pretended she took the bus.").status == "missing"  # excluded


def test_an_own_check_asks_in_its_own_words(tmp_path):
    report = own(own_check(tmp_path)).check("Resident was late. Resident walked home.")
    finding = next(finding for finding in report.findings if finding.code == "ACME101")
    assert (finding.ask, finding.starter) == ("Which bus did the resident take?", "Took [bus].")


def test_own_patterns_add_to_a_part_of_the_tagger(tmp_path):
    changes = ('any_of = ["bus_ride"]', 'any_of = ["goal_link"]'), ('id = "bus_ride"', 'id = "goal_link"')
    text = "Today he took the bus."
    assert statuses(Linter().check(text))["goal_link"] == "missing"
    assert statuses(own(own_check(tmp_path, *changes)).check(text))["goal_link"] == "met"


@pytest.mark.parametrize("jobs", [1, 2])
def test_own_checks_work_in_processes(tmp_path, jobs):
    linter = own(own_check(tmp_path))
    (report,) = linter.check_many([Note(text="She took the bus.")], jobs=jobs)
    assert statuses(report)["bus_ride"] == "met"


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ('{ LOWRE = "took" }', "LOWRE"),
        ('{ OP = "%", LOWER = "took" }', "OP"),
        ('{ LOWER = { REGEX = "(" } }', "unterminated"),
        ('{ POS = "VERB" }', "POS"),
        ('{ LOWER = { FOO = "took" } }', "FOO"),
    ],
)
def test_e218_a_token_pattern_that_cannot_be_used(tmp_path, pattern, says):
    own_check(tmp_path, ('"ACME101"', '"ACME100"'), ("missing-bus-ride", "a"), ('"bus_ride"', '"tram"'), name="a.toml")
    own_check(tmp_path, ('{ LOWER = "took" }', pattern))
    with pytest.raises(UsageError) as caught:
        own(tmp_path)
    path = tmp_path / "ACME101.toml"
    assert (caught.value.code, caught.value.where) == ("E218", f"{path}:{line_with(path, '[[parts]]')}")
    assert says in caught.value.message
    assert "\n" not in str(caught.value)


def test_a_failure_that_is_no_patterns_is_not_blamed_on_one(tmp_path, monkeypatch):
    own_check(tmp_path)
    monkeypatch.setattr(notelint.linter, "build_pipeline", lambda parts=(): 1 / 0)
    with pytest.raises(ZeroDivisionError):
        own(tmp_path)


def test_patterns_that_fail_only_together_are_not_blamed_one_by_one(tmp_path, monkeypatch):
    def broken(parts=()):
        if len(list(parts)) > 1:
            raise MemoryError
        return pipeline()

    pipeline = notelint.linter.build_pipeline
    monkeypatch.setattr(notelint.linter, "build_pipeline", broken)
    own_check(tmp_path)
    own_check(tmp_path, ('"ACME101"', '"ACME102"'), ("missing-bus-ride", "b"), ('"bus_ride"', '"tram"'), name="b.toml")
    with pytest.raises(MemoryError):
        own(tmp_path)
