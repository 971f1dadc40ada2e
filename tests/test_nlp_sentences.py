import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.nlp.sections import LINE, MARKS, find_sections
from notelint.nlp.sentences import Sentence, cut_sentences
from notelint.training.corpus import LabelledNote, corpus_folder, read_corpus


def sentences(text: str) -> list[Sentence]:
    return cut_sentences(text, find_sections(text))


def cut(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in sentences(text)]


CASES: dict[str, list[str]] = {
    "Seen by Dr. Whitcomb today. Sad.": ["Seen by Dr. Whitcomb today.", "Sad."],
    "Ms. T was late. She cried.": ["Ms. T was late.", "She cried."],
    "Works on Obj. 2 of the plan. Calm.": ["Works on Obj. 2 of the plan.", "Calm."],
    "Sleeps 4 hrs. 3 nights a wk. at most. Ate.": ["Sleeps 4 hrs. 3 nights a wk. at most.", "Ate."],
    "Came for her appt. yesterday. Left.": ["Came for her appt. yesterday.", "Left."],
    "Mother of J. R. Smith called. OK.": ["Mother of J. R. Smith called.", "OK."],
    "Met w/ J.R. re: job. Ok.": ["Met w/ J.R. re: job.", "Ok."],
    "Seen at 9 a.m. today. At 3 p.m. She left.": ["Seen at 9 a.m. today.", "At 3 p.m.", "She left."],
    "At 3 p.m. she left.": ["At 3 p.m. she left."],
    "Some days, e.g. Monday, are hard. Others, i.e. Sundays, not.": [
        "Some days, e.g. Monday, are hard.",
        "Others, i.e. Sundays, not.",
    ],
    "See No. 4 now. Fine.": ["See No. 4 now.", "Fine."],
    "Seen 3 times. 2 were late.": ["Seen 3 times.", "2 were late."],
    "- slept ok\n- ate ok\n* 1) walked\n1. ran\n• sat\n(2) lay\na) sang": [
        "slept ok",
        "ate ok",
        "walked",
        "ran",
        "sat",
        "lay",
        "sang",
    ],
    "pt c/o ↑ sx 2/2 job loss, denies SI": ["pt c/o ↑ sx 2/2 job loss, denies SI"],
    "Slept ok\nAte ok": ["Slept ok", "Ate ok"],
    "[x] SI denied\n[ ] HI": ["[x] SI denied", "[ ] HI"],
    "Mood: [x] ok  Sleep: [ ] ok\tSI/HI: [X] no": ["Mood: [x] ok", "Sleep: [ ] ok", "SI/HI: [X] no"],
    "Took 2.5 mg. Then slept 7.5 hours.": ["Took 2.5 mg.", "Then slept 7.5 hours."],
    'He said "I am done." Then he cried.': ['He said "I am done."', "Then he cried."],
    "He said “I am done.” Then (he cried.) Left.": ["He said “I am done.”", "Then (he cried.)", "Left."],
    "Waited... Then left.": ["Waited...", "Then left."],
    "Waited… Then left.": ["Waited… Then left."],
    "First.\n\n\nSecond.": ["First.", "Second."],
    "First.\r\n \r\nSecond.\r\n": ["First.", "Second."],
    "He stopped! Really? Yes.": ["He stopped!", "Really?", "Yes."],
    "Is he ok? maybe.": ["Is he ok? maybe."],
    "Sx worse. pt tired. mood low": ["Sx worse.", "pt tired.", "mood low"],
    "Was seen by approx. two staff. Left.": ["Was seen by approx. two staff.", "Left."],
    "Lives in the U.S. now.": ["Lives in the U.S. now."],
    "one.Two": ["one.Two"],
    "-": ["-"],
    "- ": [],
    "": [],
    " \n\t\n": [],
}


@pytest.mark.parametrize("text", CASES)
def test_cuts(text: str) -> None:
    assert cut(text) == CASES[text]


def test_sections_and_headings() -> None:
    text = "came late.\nPlan:\ncall mom\nS: sad. O: calm.\n## Response\ngood"
    found = [(text[s.start : s.end], s.section, s.heading_only) for s in sentences(text)]
    assert found == [
        ("came late.", None, False),
        ("Plan:", "plan", True),
        ("call mom", "plan", False),
        ("S: sad.", "subjective", False),
        ("O: calm.", "objective", False),
        ("Response", "response", True),
        ("good", "response", False),
    ]


@pytest.mark.parametrize("line", ["**Plan:** call", "[Plan] - call", "# Plan: call", "_Plan_: call", "* Plan: call"])
def test_a_marked_heading_is_no_part_of_its_first_sentence(line: str) -> None:
    text = f"Slept.\n{line}"
    assert [(text[s.start : s.end], s.heading_only) for s in sentences(text)] == [("Slept.", False), ("call", False)]


def test_a_markdown_title_is_a_heading() -> None:
    text = "# Individual Therapy\nSlept.\n## Plan\nCall mom."
    found = [(text[s.start : s.end], s.heading_only) for s in sentences(text)]
    assert found == [("# Individual Therapy", True), ("Slept.", False), ("Plan", True), ("Call mom.", False)]


def test_boxes_are_no_marks() -> None:
    assert cut("[x] slept\n* [ ] ate") == ["[x] slept", "[ ] ate"]


RUN_ON = (
    "client reports he was late to work three times and he got a warning from his boss, he states he is not sleeping "
    "because the baby is up at night and she denies any thoughts of suicide, client agreed to call the clinic and "
    "therapist reviewed the plan with him"
)


def test_run_on_is_cut_before_clauses_with_a_subject_of_their_own() -> None:
    assert cut(RUN_ON) == [
        "client reports he was late to work three times",
        "and he got a warning from his boss, he states",
        "he is not sleeping because the baby is up at night",
        "and she denies any thoughts of suicide,",
        "client agreed to call the clinic and therapist reviewed the plan with him",
    ]


def test_a_shorter_line_is_left_whole() -> None:
    assert cut(RUN_ON[:199]) == [RUN_ON[:199]]


def test_a_run_on_without_clauses_is_cut_at_the_comma_nearest_its_middle() -> None:
    text = "eggs milk bread butter, " * 12
    assert cut(text) == [("eggs milk bread butter, " * 6).strip()] * 2


def test_what_has_no_place_to_cut_stays() -> None:
    assert cut("word " * 60) == [("word " * 60).strip()]


@pytest.mark.parametrize(
    "text",
    [
        "a" + " " * 50_000 + "b",
        " " * 50_000,
        "a, " * 20_000,
        "[ ] " * 10_000,
        "- " * 20_000,
        "A: " * 10_000,
        "." * 50_000,
        "a. " * 10_000,
        "— " * 20_000,
        "a -" + "-" * 50_000,
        "he said " * 5_000,
        "#" * 50_000,
        "**" * 20_000,
        "\t|" * 20_000,
        "S:\n" * 5_000,
        "Ab " * 20_000 + ":",
    ],
    ids=lambda text: repr(text[:6]),
)
def test_hostile_lines_take_little_time(text: str) -> None:
    before = time.process_time()
    sentences(text)
    assert time.process_time() - before < 1


PIECES = st.sampled_from(
    [
        "Client ",
        "slept. ",
        "He said ",
        '"no." ',
        "Plan: ",
        "\n",
        "\r\n",
        "\n\n",
        "- ",
        "1. ",
        "S: ",
        "Dr. ",
        "9 a.m. ",
        "[x] ",
        "Mood: [ ] ",
        ", ",
        " and she denies ",
        "🙂",
        "\u2028",
        "\x85",
        "…",
        "... ",
        " ",
        "\t",
        "**Plan** ",
        "## Response\n",
        "[Goal]\n",
        "(2) ",
        "a) ",
        "– ",
        "word " * 50,
        "2.5 ",
        "U.S. ",
        "e\u0301 ",
        "\ufffd",
        "_",
        "Client reports he was late, " * 6,
    ]
)
MARK = re.compile(r"(?:[-*•·–—>]|\(?\d{1,2}[.)]|[a-h][.)])|[#>*_\-=•·\[(]+")


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join), st.integers(0, 5))
def test_cuts_are_in_order_trimmed_within_their_lines_and_leave_nothing_out(text: str, start: int) -> None:
    start = min(start, len(text))
    sections = find_sections(text, start)
    found = cut_sentences(text, sections)
    lines = [(line.start(), line.end()) for line in LINE.finditer(text)]
    headings = [(s.start, s.content_start) for s in sections]
    at = start
    left_out = []
    for sentence in found:
        assert at <= sentence.start < sentence.end
        assert text[sentence.start : sentence.end].strip() == text[sentence.start : sentence.end]
        assert any(first <= sentence.start and sentence.end <= last for first, last in lines)
        assert any(s.start <= sentence.start and sentence.end <= s.end for s in sections)
        if (heading := next((h for h in headings if h[0] >= at and h[1] == sentence.start), None)) is not None:
            left_out += text[at : heading[0]].split()  # a marked heading is no part of its first sentence
        else:
            left_out += text[at : sentence.start].split()
        at = sentence.end
    left_out += text[at:].split()
    assert [word for word in left_out if not MARK.fullmatch(word)] == []


def test_marks_of_headings_are_marks_here_too() -> None:
    assert re.match(MARKS, "## Plan")
    assert all(MARK.fullmatch(sign) for sign in "#>*_-=•·[(")


# -- against the corpus: a boundary is right where the gold has a sentence's end


@pytest.fixture(scope="module")
def corpus() -> list[LabelledNote]:
    return read_corpus(corpus_folder())


def boundaries(notes: list[LabelledNote]) -> tuple[float, float]:
    own = {(note.note.id, sentence.end) for note in notes for sentence in sentences(note.note.text)}
    gold = {(note.note.id, sentence.end) for note in notes for sentence in note.sentences}
    return len(own & gold) / len(own), len(own & gold) / len(gold)


@pytest.mark.parametrize(("style", "precision", "recall"), [("o", 0.98, 0.98), ("t", 0.93, 0.90)])
def test_boundaries_of_the_corpus(corpus: list[LabelledNote], style: str, precision: float, recall: float) -> None:
    measured = boundaries([note for note in corpus if note.batch.startswith(style)])
    assert measured >= (precision, recall)
    assert measured[1] >= recall


def test_no_sentence_of_the_corpus_is_without_a_word(corpus: list[LabelledNote]) -> None:
    odd = [text for note in corpus for text in cut(note.note.text) if not re.search(r"\w", text)]
    assert len(odd) <= 2
