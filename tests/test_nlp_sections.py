import itertools

import pytest

from notelint.nlp.headings import CANONICAL, HEADINGS, LETTERS, PAST_HISTORY
from notelint.nlp.sections import find_headings, find_sections


def names(text: str, start: int = 0) -> list[str]:
    return [section.name for section in find_sections(text, start)]


FORMATS = {
    "SOAP": ("S: a\nO: b\nA: c\nP: d", ["subjective", "objective", "assessment", "plan"]),
    "DAP": ("D: a\nA: b\nP: c", ["data", "assessment", "plan"]),
    "BIRP": ("B: a\nI: b\nR: c\nP: d", ["behavior", "intervention", "response", "plan"]),
    "GIRP": ("G: a\nI: b\nR: c\nP: d", ["goal", "intervention", "response", "plan"]),
    "PIRP": ("P: a\nI: b\nR: c\nP: d", ["problem", "intervention", "response", "plan"]),
    "PIE": ("P: a\nI: b\nE: c", ["problem", "intervention", "progress"]),
    "PAIP": ("P: a\nA: b\nI: c\nP: d", ["problem", "assessment", "intervention", "plan"]),
    "SIRP": ("S: a\nI: b\nR: c\nP: d", ["situation", "intervention", "response", "plan"]),
    "SOAIP": ("S: a\nO: b\nA: c\nI: d\nP: e", ["subjective", "objective", "assessment", "intervention", "plan"]),
}


@pytest.mark.parametrize("name", FORMATS)
def test_letter_formats(name: str) -> None:
    text, wanted = FORMATS[name]
    assert names(text) == wanted
    assert names(text.replace(": ", " - ")) == wanted
    assert names(text.replace("\n", "\r\n")) == wanted


@pytest.mark.parametrize("name", ["PIRP", "PIE", "SIRP"])
def test_letters_are_read_by_their_place_among_letters_not_among_all_headings(name: str) -> None:
    text, wanted = FORMATS[name]
    assert names(f"Client ID: 4\nDate of service: May 4\n{text}") == ["administrative"] * 2 + wanted


def test_a_lone_p_is_the_plan() -> None:
    assert names("P: return in two weeks") == ["plan"]
    assert names("Goal: sleep\nP: return in two weeks") == ["goal", "plan"]


def test_only_the_first_s_is_the_situation() -> None:
    assert names("S: a\nI: b\nS: c") == ["situation", "intervention", "subjective"]
    assert names("I: b\nS: c") == ["intervention", "subjective"]


@pytest.mark.parametrize(
    "line",
    [
        "Plan: x",
        "PLAN: x",
        "Plan",
        "PLAN",
        "Plan:",
        "## Plan",
        "# Plan #",
        "**Plan**",
        "**Plan:** x",
        "**Plan** - x",
        "[Plan]",
        "[PLAN] ",
        "Plan ----",
        "Plan – x",
        "- Plan: x",
        "• Plan: x",
        "_Plan_: x",
        "   Plan: x",
        "\tPlan: x",
        "== Plan ==",
        "> Plan: x",
        "Plan :x",
        "*Plan*",
        "(Plan): x",
    ],
)
def test_ways_to_write_a_heading(line: str) -> None:
    text = f"Slept well.\n{line}\nmore"
    first, second = find_sections(text)
    assert (first.name, second.name) == ("none", "plan")
    assert text[second.start : second.end] == f"{line.lstrip(' ')}\nmore".lstrip("\t")
    assert not any(sign.isalnum() for sign in text[first.end : second.start])
    assert "x" not in text[second.start : second.content_start]


@pytest.mark.parametrize(
    "line",
    [
        "plan: x",
        "Planning: x",
        "the plan",
        "Plan for Monday is to rest and to call",
        "plan",
        "p: x",
        "Q: x",
        "A good week",
        "Plan was reviewed: all well",
        "See Plan: x",
        "2: x",
        "Plan-making",
        "I am: tired",
        "S",
        "::",
        "Plan, then rest",
    ],
)
def test_what_only_looks_like_a_heading(line: str) -> None:
    assert names(f"Slept well.\n{line}\nmore") == (["none", "subjective"] if line == "S" else ["none"])


def test_full_words() -> None:
    lines = (
        "Presenting Problem",
        "Client’s Response",
        "Progress toward  goals",
        "Follow-up",
        "A/P",
        "Mental Status Exam",
    )
    assert names("".join(f"{line}: x\n" for line in lines)) == [
        "situation",
        "response",
        "progress",
        "plan",
        "assessment",
        "mental_status",
    ]


def test_form() -> None:
    text = "Client ID: 12\nStart time: 9:00\nInterventions used this session: CBT\nResponse\ngood\nNext appt: 3/4"
    assert names(text) == ["administrative", "administrative", "intervention", "response", "plan"]


def test_inline() -> None:
    text = "S: tired. O: calm, neat. A: same. P: rest"
    assert names(text) == ["subjective", "objective", "assessment", "plan"]
    assert names('Came late. Response: "ok." Plan: rest') == ["none", "response", "plan"]
    assert names("Spoke of plan: rest. And Plan: rest") == ["none"]  # within a sentence, and after a word
    assert names("Rested. plan: rest. Grade: A") == ["none"]


def test_no_headings_and_nothing() -> None:
    assert find_sections("just prose") == [("none", 0, 0, 10, "")]
    assert find_sections("") == []
    assert find_headings("") == []


def test_front_matter_is_left_out() -> None:
    text = "---\nPlan: hidden\n---\nS: tired\nP: rest"
    start = text.index("S:")
    assert names(text, start) == ["subjective", "plan"]
    assert find_sections(text, start)[0].start == start
    assert names(text)[0] == "none"


def test_sections_leave_no_gap() -> None:
    text = "intro\r\n## Plan\r\nrest\u2028Response: good\x85S: x\r\n"
    sections = find_sections(text, 2)
    assert sections[0].start == 2
    assert sections[-1].end == len(text)
    assert all(left.end == right.start for left, right in itertools.pairwise(sections))
    assert all(section.start <= section.content_start <= section.end for section in sections)


def test_tables_of_headings() -> None:
    given = [heading for headings in HEADINGS.values() for heading in headings]
    assert len(given) == len(set(given)) == len(CANONICAL)
    assert all(heading == heading.lower() and len(heading) <= 45 for heading in given)
    assert set(CANONICAL) >= PAST_HISTORY
    assert set(LETTERS.values()) <= set(HEADINGS)


@pytest.mark.parametrize("heading", sorted(CANONICAL))
def test_every_heading_is_found(heading: str) -> None:
    line = heading[0].upper() + heading[1:]
    assert names(f"{line}: x") == [CANONICAL[heading]]
    assert names(f"{heading.upper()}\nx") == [CANONICAL[heading]]
