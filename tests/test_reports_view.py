"""What a person sees: the level, what is held back, and what was found for a question."""

import pytest
from _reports_data import catalog, evidence, finding, report

from notelint.records import Evidence, Note, NoteReport
from notelint.reports import ReportOptions
from notelint.reports.view import best, figures_of, place, title, verdict, view


def seen(one, **options):
    return view(one, catalog=catalog(), options=ReportOptions(**options))


def test_the_first_findings_and_two_questions_are_seen():
    found = seen(report())
    assert [element.id for element in found.clear] == ["why_now", "functional_impact", "plan"]
    assert [asked.finding.code for asked in found.asked] == ["NL103", "NL102", "NL105"]
    assert [question.element for question in found.perhaps] == ["risk", "symptoms_diagnosis"]
    assert found.more == 2


def test_all_holds_nothing_back():
    found = seen(report(), show_all=True)
    assert len(found.asked) == 4
    assert len(found.perhaps) == 3
    assert found.more == 0


def test_a_finding_below_the_level_is_not_even_counted():
    found = seen(report(), level="warning")
    assert [asked.finding.code for asked in found.later] == []
    assert seen(report(), level="error").asked == ()


def test_a_question_names_what_was_found_for_its_need_only():
    one = report()
    _, goal, symptoms = seen(one).asked
    assert goal.nearest == (goal.finding.start, goal.finding.end)
    assert goal.not_counted == ()
    assert [struck.reason for struck in symptoms.not_counted] == ["history"]
    assert symptoms.nearest is None  # it is the struck evidence, said once
    other = one.model_copy(update={"findings": (finding("NL105", need="no such need"),)})
    assert len(seen(other).asked[0].not_counted) == 1


@pytest.mark.parametrize(
    ("known", "called", "where"),
    [
        ({"id": "n1", "path": "a/b.txt"}, "n1", "a/b.txt"),
        ({"id": "n1", "path": "a/b.jsonl", "line": 4}, "n1", "a/b.jsonl:4"),
        ({"path": "b.txt"}, "b.txt", ""),
        ({}, "note", ""),
    ],
)
def test_title_and_place(known, called, where):
    note = Note(text="", **known)
    assert (title(note), place(note)) == (called, where)


def test_best_evidence():
    low, high = (evidence("a b", quote, "p", probability=p) for quote, p in (("a", 0.7), ("b", 0.9)))
    assert best((low, high)) is high
    assert best(()) is None


@pytest.mark.parametrize(
    ("probability", "reason", "words"),
    [(0.9, None, "counts"), (0.5, None, "doubtful"), (0.1, None, "too low"), (0.9, "history", "not counted: history")],
)
def test_verdict(probability, reason, words):
    assert verdict(evidence("a", "a", "p", probability=probability, reason=reason)) == words


def test_an_empty_report_shows_nothing():
    assert seen(NoteReport(note=Note(text=""))) == type(seen(report()))((), (), (), (), ())


def test_what_a_rule_says_has_no_probability() -> None:
    tag = Evidence(
        part="current_symptoms",
        start=0,
        end=4,
        text="Hx o",
        section=None,
        source="rule",
        probability=0,
        threshold=0,
        lower=0,
        reason="history",
    )
    assert figures_of(tag) == "seems to be there"
    assert (
        figures_of(tag.model_copy(update={"source": "tagger", "probability": 0.5, "threshold": 0.25}))
        == "0.50 (needs 0.25)"
    )


def test_what_is_switched_off_is_no_praise():
    off = catalog().model_copy(update={"off": frozenset({"NL101"})})
    found = view(report(), catalog=off, options=ReportOptions())
    assert [element.id for element in found.clear] == ["functional_impact", "plan"]
