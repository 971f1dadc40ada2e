"""Overlapping evidence becomes segments that don't overlap."""

from _reports_data import element, evidence, report
from hypothesis import given
from hypothesis import strategies as st

from notelint.records import Note, NoteReport
from notelint.reports.marks import segments

TEXT = "one two three four"


def cut(*elements, **note):
    return segments(NoteReport(note=Note(text=TEXT, **note), elements=elements))


def test_overlap():
    why = element("why_now", "met", (evidence(TEXT, "one two three", "symptom_change"),))
    goal = element("goal_link", "met", (evidence(TEXT, "two", "goal_link", probability=0.5),))
    assert [(one.text, one.elements, one.doubtful) for one in cut(why, goal)] == [
        ("one ", ("why_now",), False),
        ("two", ("why_now", "goal_link"), False),
        (" three", ("why_now",), False),
        (" four", (), True),
    ]
    assert [(one.starts, one.ends) for one in cut(why, goal)] == [
        (True, False),
        (True, True),
        (False, True),
        (False, False),
    ]


def test_doubtful_and_struck():
    goal = element("goal_link", "met", (evidence(TEXT, "two", "goal_link", probability=0.5),))
    history = evidence(TEXT, "two three", "diagnosis", reason="history")
    found = cut(goal, element("symptoms_diagnosis", "missing", not_counted=(history,)))
    assert [(one.text, one.doubtful, one.reason) for one in found[1:3]] == [
        ("two", True, None),
        (" three", True, "history"),
    ]


def test_front_matter_stays_away():
    why = element("why_now", "met", (evidence(TEXT, "one two", "symptom_change"), evidence(TEXT, "one", "risk_change")))
    assert [(one.start, one.text, one.elements) for one in cut(why, body_start=4)] == [
        (4, "two", ("why_now",)),
        (7, " three four", ()),
    ]


def test_empty_note():
    assert segments(NoteReport(note=Note(text=""))) == []


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20), st.booleans()), max_size=12))
def test_the_text_stays_whole(spans):
    found = tuple(
        evidence(TEXT, "one", "p", reason="history" if c else None).model_copy(update={"start": a, "end": b})
        for a, b, c in spans
    )
    made = cut(
        element(
            "why_now",
            "met",
            tuple(one for one in found if not one.reason),
            not_counted=tuple(one for one in found if one.reason),
        )
    )
    assert "".join(one.text for one in made) == TEXT
    starts = {one.start for one in made if one.starts}
    assert starts == {a for a, b, _ in spans if a < min(b, len(TEXT))}


def test_a_whole_report():
    one = report()
    assert "".join(segment.text for segment in segments(one)) == one.note.text
