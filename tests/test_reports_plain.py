"""Text made harmless, short, or left out."""

import pytest
from _reports_data import CANARY, canary_report, evidence, report
from hypothesis import given
from hypothesis import strategies as st

from notelint.reports.plain import clean, shorten, without_note_text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\x1b[31mred\x1b[0m b", "ared b"),
        ("\x1b]0;title\x07on", "on"),
        ("\x1b]8;;http://x\x1b\\link", "link"),
        ("\x9b2Jgone", "gone"),
        ("\x1bcreset \x1b", "reset "),
        ("bell\x07 nul\0 del\x7f", "bell nul del"),
        ("abc\u202edef\u2066g\u200fh\ufeff", "abcdefgh"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("tab\tstays, é 😔 👩\u200d👧 stay", "tab\tstays, é 😔 👩\u200d👧 stay"),
        ("lone \ud800 surrogate", "lone  surrogate"),
    ],
)
def test_clean(text, cleaned):
    assert clean(text) == cleaned


@given(st.text())
def test_nothing_that_steers_a_terminal_passes(text):
    left = clean(text)
    assert clean(left) == left
    assert all(character in "\n\t" or character >= " " for character in left)
    assert not set(left) & set("\x1b\x7f\x9b\u202e\u2066\u200e")


def test_shorten_cuts_at_a_word():
    assert shorten("one\n two") == "one two"
    assert shorten("one two, three", 9) == "one two…"
    assert shorten("x" * 30, 10) == "x" * 10 + "…"
    assert shorten("a" + " " * 5000 + "b", 10) == "a…"


def test_wording_loses_quotes_evidence_and_names():
    one = canary_report()
    for text in (text for f in one.findings for text in (f.ask, f.message, f.starter)):
        assert CANARY.lower() not in without_note_text(text, one).lower()
    assert without_note_text(one.findings[0].ask, one) == "How is [name] today?"
    assert without_note_text("You wrote “felt better…”: why?", one) == "You wrote “[…]”: why?"


def test_wording_that_quotes_nothing_stays():
    text = "What didn't change, 'as such', in the client's days?"
    assert without_note_text(text, report()) == text


def test_single_words_of_evidence_are_nobodys():
    one = canary_report()
    word = evidence(one.note.text, "felt", "symptom_change")
    one = one.model_copy(update={"elements": (one.elements[0].model_copy(update={"not_counted": (word,)}),)})
    assert without_note_text("How was it felt?", one) == "How was it felt?"
