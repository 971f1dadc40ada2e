import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from notelint.nlp.pipeline import build_pipeline, tag_note
from notelint.records import Note

PIECES = [
    "Client reports panic attacks this week. ",
    "Denies SI/HI. ",
    "Plan: ",
    "S: ",
    "## Response\n",
    "- ",
    "Will return in two weeks.",
    "was depressed as a child",
    "[describe progress]",
    "[ ] yes [ ] no",
    "🙂",
    "👩‍👩‍👧",
    "e\u0301",
    "\u0301",
    "\r\n",
    "\n",
    "\r",
    "\u2028",
    "\u2029",
    "\x85",
    "\ufeff",
    "\ufffd",
    "\u200f",
    "\u202e",
    "\u200b",
    "\xa0",
    "\t",
    " ",
    "  ",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x00",
    "’",
    "…",
    "...",
    "İ",
    "ß",
    "don't",
    "U.S. ",
    "9 a.m. ",
    "(",
    ")",
    "**",
    "_",
    "1. ",
    "word" * 30,
    'She said "no." ',
    "日本語",
    "x\u0336",
    "½",
    "ﬁ",
]
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=25).map("".join)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return build_pipeline()


@settings(max_examples=250, deadline=None)
@given(text=TEXTS, start=st.integers(0, 12))
def test_every_offset_is_one_of_the_notes_text(nlp: Language, text: str, start: int) -> None:
    note = Note(text=text, body_start=min(start, len(text)))
    assert nlp.make_doc(note.text).text == note.text
    at = 0
    for sentence in tag_note(nlp, note):
        assert at <= sentence.start < sentence.end
        assert sentence.text == note.text[sentence.start : sentence.end]
        assert sentence.text.strip() == sentence.text
        for tag in sentence.tags:
            assert tag.text == note.text[tag.start : tag.end]
        at = sentence.end


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x85", "\x0c"])
def test_line_ends_cut_alike(nlp: Language, end: str) -> None:
    text = end.join(["🙂 Client slept poorly", "Plan:", "Will return in two weeks", "Denies SI"])
    assert [sentence.text for sentence in tag_note(nlp, Note(text=text))] == [
        "🙂 Client slept poorly",
        "Will return in two weeks",
        "Denies SI",
    ]
