"""Wording: what the note calls the patient, the plan's goals, and a sandbox that hands out nothing else."""

import pytest
from _core import line_with, own_check

from notelint.catalog import load_catalog
from notelint.errors import UsageError
from notelint.linter import Linter
from notelint.records import Goal, Plan
from notelint.wording import MAX_GOAL, READ, Wording, check_wording, goal_phrase, patient_term, shorten, with_blanks


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("", "the client"),
        ("He slept badly.", "the client"),
        ("Client reports worry. Patient denies SI. Client will call.", "the client"),
        ("Patient seen for follow-up. PATIENT'S mood is low.", "the patient"),
        ("Pt. c/o poor sleep, pt's wife agrees.", "the patient"),
        ("Cl. late. Cl reports urges. Patient portal message sent.", "the client"),
        ("Ct reports urges; clt. will log them.", "the client"),
        ("Resident attended breakfast. Staff prompted resident twice.", "the resident"),
        ("Consumer was seen at home.", "the consumer"),
        ("Member reports low mood.", "the member"),
        ("Participant's mood was low. Participant shared once.", "the participant"),
        ("The couple argued about money. Couple reported one calm evening.", "the couple"),
        ("Individual was seen at the office. This individual denies SI.", "the individual"),
        ("Veteran denies SI, and the veteran's wife agrees.", "the veteran"),
        ("Student stated that lunch is hard.", "the student"),
        ("Met with member, who was calm.", "the member"),
        # words that mean somebody or something else
        ("Group members laughed. The group member next to her nodded. Family members came.", "the client"),
        ("Members responded well.", "the client"),
        ("He had a couple of drinks, a couple more on Friday. A couple of friends came.", "the client"),
        ("She yelled at a student; her students were loud. She is a college student.", "the client"),
        ("Individual therapy continues. Individual sessions weekly.", "the client"),
        ("Session type: individual, 50 minutes\nShe slept.", "the client"),
        ("Individual Progress Note\nShe slept.", "the client"),
        ("Inpatient stay. Outpatient care. Effective plan. Ctrl key.", "the client"),
        ("She works with patients on the ward.", "the client"),
    ],
)
def test_what_the_note_calls_the_patient(text, term):
    assert patient_term(text) == term


def test_only_the_beginning_of_a_long_note_is_read():
    assert patient_term(" " * READ + "Resident attended.") == "the client"
    assert patient_term("\n" * READ) == "the client"


def plan(*texts):
    return Plan(patient="p", goals=tuple(Goal(id=str(number), text=text) for number, text in enumerate(texts, 1)))


def test_goal_phrase_for_no_one_and_many_goals():
    assert goal_phrase(None) == goal_phrase(plan()) == "Goal [number]: [goal]"
    assert goal_phrase(plan("Sleep by midnight")) == "Goal 1: Sleep by midnight"
    assert goal_phrase(plan("Sleep", "Eat")) == "Goal [1: Sleep | 2: Eat]"
    six = "Goal [1: a | 2: b | 3: c | 4: d | 5: e | 6: f]"
    assert goal_phrase(plan(*"abcdef")) == six
    assert goal_phrase(plan(*"abcdefg")) == six.replace("]", " | …]")  # says that there are more


def test_a_long_goal_is_shortened_at_a_word():
    phrase = goal_phrase(plan("word " * 60))
    assert phrase.startswith("Goal 1: word word")
    assert phrase.endswith("word…")
    assert len(phrase) <= len("Goal 1: ") + MAX_GOAL


@pytest.mark.parametrize(
    ("text", "length", "short"),
    [
        ("a b", 3, "a b"),
        ("  a \n\n b  ", 3, "a b"),
        ("abc def ghi", 8, "abc…"),
        ("abc def ghi", 9, "abc def…"),
        ("abcdefghij", 5, "abcd…"),
        ("", 5, ""),
    ],
)
def test_shorten(text, length, short):
    assert shorten(text, length) == short


def test_rendering_fills_in_the_names_and_capitalizes():
    wording = Wording("Pt. seen.", plan("Sleep"))
    assert wording.render("What helped {{ patient }}?") == "What helped the patient?"
    assert wording.render("{{ patient }} did what?") == "The patient did what?"
    assert wording.render("Worked on {{ goal }}.") == "Worked on Goal 1: Sleep."
    assert wording.render("{% if patient %}yes{% endif %}") == "Yes"
    assert wording.render("as it is [blank]") == "as it is [blank]"


def test_what_stands_in_a_plan_is_no_template():
    goal = "{{ patient }} <b>& [x]"
    assert Wording("", plan(goal)).render("{{ goal }}") == f"Goal 1: {goal}"


def test_with_blanks_needs_no_note():
    assert with_blanks("{{patient}} on {{ goal }} with [x]") == "The client on Goal [number]: [goal] with [x]"
    assert with_blanks("{{ other }}") == "{{ other }}"


HOSTILE = [
    ("{{ ''.__class__ }}", "'__class__' of 'str' object is unsafe"),
    ("{{ patient.__class__.__mro__[1].__subclasses__() }}", "'__class__' of 'str' object is unsafe"),
    ("{{ ''['__class__'] }}", "'__class__' of 'str' object is unsafe"),
    ("{{ patient.format.__globals__ }}", "object is unsafe"),
    ("{{ '{0.__class__}'.format(patient) }}", "object is unsafe"),
    ("{{ cycler.__init__ }}", "there is no name 'cycler'"),
    ("{{ lipsum() }}", "there is no name 'lipsum'"),
    ("{{ range(10) }}", "there is no name 'range'"),
    ("{{ client }}", "there is no name 'client'"),
    ("{% if patient == 'x' %}{{ client }}{% endif %}", "there is no name 'client'"),
    ("{{ patient", "unexpected end of template"),
    ("{% include 'x' %}", "no loader"),
    ("{{ patient|nothing }}", "'nothing'"),
    ("{{ 1 / 0 }}", "division by zero"),
    ("{{ patient.nothing }}", "no attribute 'nothing'"),
]


@pytest.mark.parametrize(("wording", "reason"), HOSTILE)
@pytest.mark.parametrize("key", ["ask", "starter"])
def test_e219_a_wording_that_cannot_be_rendered_is_found_before_the_first_note(tmp_path, key, wording, reason):
    old = 'ask = "Which bus did {{ patient }} take?"' if key == "ask" else 'starter = "Took [bus]."'
    path = own_check(tmp_path, (old, f'{key} = "{wording}"')) / "ACME101.toml"
    with pytest.raises(UsageError) as caught:
        check_wording(load_catalog([tmp_path]).own)
    assert caught.value.where == f"{path}:{line_with(path, f'{key} =')}"
    assert caught.value.message.startswith(f"The '{key}' of need 'bus' can't be filled in: ")
    assert reason in caught.value.message
    assert str(caught.value).endswith("Use {{ patient }} and {{ goal }} only. [E219]")


def test_the_linter_refuses_a_hostile_wording(tmp_path):
    from notelint.config import Config

    own_check(tmp_path, ('starter = "Took [bus]."', "starter = \"{{ ''.__class__ }}\""))
    with pytest.raises(UsageError, match="E219"):
        Linter(config=Config().with_check(folders=[str(tmp_path)]))


def test_the_shipped_wording_renders():
    check_wording(load_catalog())
    for check in load_catalog():
        for need in check.needs:
            for text in (need.ask, need.starter):
                assert "{{" not in with_blanks(text)
                assert with_blanks(text) == Wording("", None).render(text)
