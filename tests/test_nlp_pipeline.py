import time
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from notelint.nlp import pipeline
from notelint.nlp.components import TaggerComponent
from notelint.nlp.pipeline import COMPONENTS, build_pipeline, sentence_tags, tag_note, tag_notes
from notelint.nlp.tags import EVIDENCE, NOT_COUNTED, SENTENCES
from notelint.records import MAX_NOTE_CHARACTERS, Note
from notelint.training.corpus import corpus_folder, read_corpus

TEXT = (
    "S: Client reports panic attacks three times this week, up from one, and missed two days of work. "
    "He was hospitalized for depression years ago.\n"
    "Plan:\nWill return in two weeks. Call 988 if suicidal thoughts return."
)
OWN = [{"id": "own_part", "patterns": [[{"LOWER": "panic"}]], "exclude": [[{"LOWER": "return"}]]}]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return build_pipeline()


def test_order_of_components(nlp: Language) -> None:
    assert tuple(nlp.pipe_names) == COMPONENTS
    assert build_pipeline(OWN).pipe_names[-2:] == ["notelint_patterns", "notelint_context"]
    assert "notelint_patterns" not in build_pipeline([{"id": "a", "patterns": [], "exclude": []}]).pipe_names


def test_records(nlp: Language) -> None:
    first, second, third, fourth = tag_note(nlp, Note(text=TEXT))
    assert (first.start, first.section, first.context) == (0, "subjective", ())
    found = {tag.part for tag in first.tags if tag.reason is None and tag.probability >= tag.lower}
    assert {"current_symptoms", "functional_impact"} <= found
    assert second.context == ("history",)
    assert all(tag.reason == "history" for tag in second.tags if tag.part == "current_symptoms")
    assert (third.section, third.text) == ("plan", "Will return in two weeks.")
    assert any(tag.part == "plan_next_step" and not tag.doubtful for tag in third.tags)
    assert fourth.context == ("hypothetical",)
    for sentence in (first, second, third, fourth):
        assert sentence.text == TEXT[sentence.start : sentence.end]
        for tag in sentence.tags:
            assert (tag.start, tag.end, tag.text, tag.section) == (
                sentence.start,
                sentence.end,
                sentence.text,
                sentence.section,
            )


def test_note_type_and_body_start_reach_the_components(nlp: Language) -> None:
    text = "---\nPlan: hidden\n---\nMember took part and practiced paced breathing with the group."
    start = text.index("Member")
    (sentence,) = tag_note(nlp, Note(text=text, body_start=start, type="group"))
    assert sentence.start == start
    assert any(tag.part.startswith("group_") for tag in sentence.tags)
    (alone,) = tag_note(nlp, Note(text=text, body_start=start))
    assert not any(tag.part.startswith("group_") for tag in alone.tags)


def test_a_goal_is_never_named_and_vague_in_the_corpus(nlp: Language) -> None:
    for labelled in read_corpus(corpus_folder())[::20]:
        for sentence in tag_note(nlp, labelled.note):
            parts = [tag.part for tag in sentence.tags]
            assert len(parts) == len(set(parts))
            assert not {"goal_link", "goal_vague"} <= set(parts) or sentence.context
            assert labelled.note.type == "group" or not any(part.startswith("group_") for part in parts)


def test_many_notes_as_one_by_one(nlp: Language) -> None:
    notes = [Note(text=TEXT), Note(text=""), Note(text="Sad."), Note(text=TEXT)]
    assert list(tag_notes(nlp, notes)) == [tag_note(nlp, note) for note in notes]
    assert list(tag_notes(nlp, [])) == []


def test_pipe(nlp: Language) -> None:
    docs = list(nlp.pipe([TEXT, "Sad.", ""]))
    assert [sentence_tags(doc) for doc in docs] == [tag_note(nlp, Note(text=text)) for text in (TEXT, "Sad.", "")]


def test_again_over_the_same_doc(nlp: Language) -> None:
    doc = nlp(TEXT)
    before = sentence_tags(doc)
    sizes = {name: len(group) for name, group in doc.spans.items()}
    again = nlp(doc)
    assert again is doc
    assert sentence_tags(doc) == before
    assert {name: len(group) for name, group in doc.spans.items()} == sizes
    assert sizes[EVIDENCE] and sizes[NOT_COUNTED] and sizes[SENTENCES]


def test_own_patterns() -> None:
    nlp = build_pipeline(OWN)
    first, *rest = tag_note(nlp, Note(text=TEXT))
    (own,) = [tag for tag in first.tags if tag.part == "own_part"]
    assert (own.source, own.probability, own.doubtful, own.reason) == ("pattern", 1.0, False, None)
    assert not any(tag.part == "own_part" for sentence in rest for tag in sentence.tags)


def test_serialization(nlp: Language, tmp_path: Path) -> None:
    own = build_pipeline(OWN)
    own.to_disk(tmp_path / "model")
    loaded = spacy.load(tmp_path / "model")
    assert tag_note(loaded, Note(text=TEXT)) == tag_note(own, Note(text=TEXT))
    copied = build_pipeline(OWN).from_bytes(own.to_bytes())
    assert tag_note(copied, Note(text=TEXT)) == tag_note(own, Note(text=TEXT))
    assert len(copied.make_doc("(" * 20_000)) == 1


@pytest.mark.parametrize("text", ["", " ", "\n", "\r\n\t", "\ufeff", "🙂", "-", "Plan:", "[", "\ufffd", "\u2028", "a"])
def test_tiny_texts(nlp: Language, text: str) -> None:
    sentences = tag_note(nlp, Note(text=text))
    assert len(sentences) <= 1
    assert all(sentence.text == text[sentence.start : sentence.end].strip() for sentence in sentences)
    assert bool(sentences) == (text in ("🙂", "-", "[", "\ufffd", "a", "\ufeff"))


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5_000,
        "[ " * 5_000,
        ("(" * 99 + " ") * 50,
        "a" + " " * 20_000 + "b",
        "client said yes and " * 1_000,
        "_" * 20_000,
        "x" * 20_000,
        "a.b." * 5_000,
        "https://" * 500,
        "\n" * 20_000,
    ],
    ids=lambda text: repr(text[:6]),
)
def test_hostile_texts_take_under_two_seconds(nlp: Language, text: str) -> None:
    before = time.process_time()
    sentences = tag_note(nlp, Note(text=text))
    assert time.process_time() - before < 2
    assert all(sentence.text == text[sentence.start : sentence.end] for sentence in sentences)


def test_a_long_note_without_a_line_break(nlp: Language) -> None:
    text = "Client slept poorly and came late to work. " * 460
    sentences = tag_note(nlp, Note(text=text))
    assert len(sentences) == 460
    assert {tuple(tag.part for tag in s.tags if tag.probability >= tag.lower) for s in sentences[1:-1]} == {
        tuple(tag.part for tag in sentences[1].tags if tag.probability >= tag.lower)
    }


def test_the_longest_note_is_accepted_by_the_tokenizer(nlp: Language) -> None:
    assert nlp.max_length == MAX_NOTE_CHARACTERS
    assert nlp.make_doc("x" * MAX_NOTE_CHARACTERS).text == "x" * MAX_NOTE_CHARACTERS


def test_long_chunks_do_not_change_what_is_found() -> None:
    plain = spacy.blank("en")
    for name in COMPONENTS:
        plain.add_pipe(name)
    for labelled in read_corpus(corpus_folder())[::40]:
        assert tag_note(plain, labelled.note) == tag_note(build_pipeline_once(), labelled.note)


_built: list[Language] = []


def build_pipeline_once() -> Language:
    if not _built:
        _built.append(build_pipeline())
    return _built[0]


def test_unprocessed_doc_has_no_sentences(nlp: Language) -> None:
    assert sentence_tags(nlp.make_doc("Sad.")) == ()
    assert isinstance(nlp.get_pipe("notelint_tagger"), TaggerComponent)
    assert pipeline.HEADING == "heading"
