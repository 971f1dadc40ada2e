import itertools
from collections.abc import Sequence

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from notelint.nlp.components import (
    ContextComponent,
    PatternsComponent,
    SectionsComponent,
    SentencesComponent,
    TaggerComponent,
    sentence_inputs,
    strike,
)
from notelint.nlp.features import SIZE, SentenceInput
from notelint.nlp.tagger import LinearTagger
from notelint.nlp.tags import EVIDENCE, NOT_COUNTED, SECTIONS, SENTENCES, Tag

LABELS = ("goal_link", "goal_vague", "group_skill", "current_symptoms")


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.blank("en")


class Fixed(LinearTagger):
    """A tagger that says the same of every sentence."""

    def __init__(self, row: Sequence[float]) -> None:
        super().__init__(
            labels=LABELS,
            weights=np.zeros((SIZE, len(LABELS)), dtype=np.float16),
            intercepts=np.zeros(len(LABELS), dtype=np.float32),
            idf=np.zeros(SIZE, dtype=np.float32),
            scales=np.zeros((len(LABELS), 2), dtype=np.float32),
            head_weights=np.zeros((1, len(LABELS)), dtype=np.float32),
            head_intercepts=np.zeros(len(LABELS), dtype=np.float32),
            thresholds=np.array([0.5, 0.5, 0.5, 0.5], dtype=np.float32),
            lowers=np.array([0.25, 0.5, 0.5, 0.25], dtype=np.float32),
        )
        self.row = row

    def probabilities(self, sentences: Sequence[SentenceInput]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        return np.array([self.row] * len(sentences), dtype=np.float32).reshape(len(sentences), len(LABELS))


def parts(row: Sequence[float], *, group: bool = True) -> list[str]:
    return [tag.part for tag in TaggerComponent(Fixed(row)).tags(row, group=group) if tag.found]


def labels(doc: Doc, group: str) -> list[tuple[str, str]]:
    return [(span.text, span.label_) for span in doc.spans[group]]


def test_sections(nlp: Language) -> None:
    doc = SectionsComponent()(nlp("Slept.\n## Plan\nrest\n\n"))
    assert labels(doc, SECTIONS) == [("Slept.", "none"), ("## Plan\nrest", "plan")]
    assert [span._.notelint_content_start for span in doc.spans[SECTIONS]] == [0, 14]


def test_front_matter_has_no_section_and_no_sentence(nlp: Language) -> None:
    doc = nlp.make_doc("id: 4\n\nSlept well. Ate.")
    doc._.notelint_body_start = 7
    doc = SentencesComponent()(doc)
    assert labels(doc, SECTIONS) == [("Slept well. Ate.", "none")]
    assert labels(doc, SENTENCES) == [("Slept well.", "sentence"), ("Ate.", "sentence")]


def test_sentences_set_sentence_starts(nlp: Language) -> None:
    doc = SentencesComponent()(nlp("Plan:\nrest. Call mom."))
    assert labels(doc, SENTENCES) == [("Plan:", "heading"), ("rest.", "sentence"), ("Call mom.", "sentence")]
    assert [sentence.text.strip() for sentence in doc.sents] == ["Plan:", "rest.", "Call mom."]
    assert [span._.notelint_section for span in doc.spans[SENTENCES]] == ["plan"] * 3


def test_empty(nlp: Language) -> None:
    doc = ContextComponent()(TaggerComponent(Fixed([0.9] * 4))(nlp("")))
    assert [len(doc.spans[group]) for group in (SECTIONS, SENTENCES, EVIDENCE, NOT_COUNTED)] == [0] * 4


def test_group_parts_stand_in_group_notes_only(nlp: Language) -> None:
    assert parts([0, 0, 0.9, 0]) == ["group_skill"]
    assert parts([0, 0, 0.9, 0], group=False) == []
    for note_type, wanted in (("group", [("Sad.", "group_skill")]), ("individual", [])):
        doc = nlp.make_doc("Sad.")
        doc._.notelint_note_type = note_type
        assert labels(TaggerComponent(Fixed([0, 0, 0.9, 0]))(doc), EVIDENCE) == wanted


def test_a_goal_is_named_or_vague_not_both() -> None:
    assert parts([0.9, 0.8, 0, 0]) == ["goal_link"]
    assert parts([0.8, 0.9, 0, 0]) == ["goal_vague"]
    assert parts([0.3, 0.4, 0, 0]) == ["goal_link"]  # doubtful, but found; the other is likelier, but not found
    assert parts([0.3, 0.6, 0, 0]) == ["goal_vague"]


def test_unlikely_tags_are_not_kept() -> None:
    tags = TaggerComponent(Fixed([0.01, 0.04, 0, 0.06])).tags([0.01, 0.04, 0, 0.06], group=True)
    assert [tag.part for tag in tags] == ["current_symptoms"]
    assert not tags[0].found


def test_headings_get_no_tags(nlp: Language) -> None:
    doc = TaggerComponent(Fixed([0, 0, 0, 0.9]))(nlp("Plan:\nrest"))
    assert labels(doc, EVIDENCE) == [("rest", "current_symptoms")]


def test_struck_evidence_is_listed(nlp: Language) -> None:
    doc = ContextComponent()(TaggerComponent(Fixed([0, 0, 0, 0.9]))(nlp("Was depressed as a child. Sad today.")))
    assert labels(doc, EVIDENCE) == [("Sad today.", "current_symptoms")]
    assert labels(doc, NOT_COUNTED) == [
        ("Was depressed as a child.", "symptom_change"),
        ("Was depressed as a child.", "current_symptoms"),
    ] or sorted(labels(doc, NOT_COUNTED)) == [
        ("Was depressed as a child.", "current_symptoms"),
        ("Was depressed as a child.", "symptom_change"),
    ]
    assert doc.spans[SENTENCES][0]._.notelint_reasons == ("history",)


@pytest.mark.parametrize(
    ("heading", "struck"),
    [
        ("Past Psych History:", True),
        ("**Past psychiatric history** -", True),
        ("## PMH\n", True),
        ("[Family History]\n", True),
        ("Past  psych  history –", True),
        ("History:", False),
        ("Plan:", False),
    ],
)
def test_headings_of_past_history(nlp: Language, heading: str, struck: bool) -> None:
    doc = ContextComponent()(TaggerComponent(Fixed([0, 0, 0, 0.9]))(nlp(f"{heading} sad and anxious for a year")))
    assert bool(doc.spans[EVIDENCE]) is not struck


def test_what_lies_before_past_history_is_not_struck(nlp: Language) -> None:
    doc = ContextComponent()(TaggerComponent(Fixed([0, 0, 0, 0.9]))(nlp("Sad.\nPMH: asthma.\nPlan: rest")))
    assert [text for text, _ in labels(doc, EVIDENCE)] == ["Sad.", "Plan: rest"]


def test_strike() -> None:
    tags = (Tag("plan_next_step", 0.9, 0.5, 0.3), Tag("current_symptoms", 0.2, 0.5, 0.3))
    assert strike(tags, "Will monitor for panic.", ()) == tags
    struck = strike(tags, "Will monitor for panic.", ("hypothetical",))
    assert [(tag.part, tag.found, tag.reason) for tag in struck] == [
        ("plan_next_step", True, None),
        ("current_symptoms", False, "hypothetical"),
        ("symptom_change", False, "hypothetical"),
    ]
    assert [tag.source for tag in struck] == ["tagger", "rule", "rule"]
    known = strike((Tag("current_symptoms", 0.9, 0.5, 0.3),), "Will monitor for panic.", ("hypothetical",))
    assert [tag.source for tag in known] == ["tagger", "rule"]
    again = strike(struck, "Will monitor for panic.", ("hypothetical",))
    assert again == struck


PATTERNS = [
    {"id": "own_part", "patterns": [[{"LOWER": "telehealth"}]], "exclude": [[{"LOWER": "no"}]]},
    {"id": "current_symptoms", "patterns": [], "exclude": [[{"LOWER": "calm"}]]},
    {"id": "goal_link", "patterns": [[{"LOWER": "objective"}, {"IS_DIGIT": True}]], "exclude": []},
]


def test_patterns(nlp: Language) -> None:
    text = "Plan: telehealth.\nResponse\nNo telehealth.\nTelehealth, calm.\nOn Objective 2. Came."
    doc = PatternsComponent(nlp, PATTERNS)(TaggerComponent(Fixed([0, 0, 0, 0.9]))(nlp(text)))
    assert labels(doc, EVIDENCE) == [
        ("Plan: telehealth.", "current_symptoms"),
        ("Plan: telehealth.", "own_part"),
        ("No telehealth.", "current_symptoms"),
        ("Telehealth, calm.", "own_part"),
        ("On Objective 2.", "current_symptoms"),
        ("On Objective 2.", "goal_link"),
        ("Came.", "current_symptoms"),
    ]
    assert labels(doc, NOT_COUNTED) == [("Telehealth, calm.", "current_symptoms")]
    reasons = [tag.reason for span in doc.spans[SENTENCES] for tag in span._.notelint_tags if tag.reason]
    assert reasons == ["excluded by a pattern"]
    own = [tag for tag in doc.spans[SENTENCES][0]._.notelint_tags if tag.part == "own_part"]
    assert own == [Tag("own_part", 1.0, 1.0, 1.0, source="pattern")]


def test_a_pattern_replaces_what_the_tagger_says(nlp: Language) -> None:
    doc = PatternsComponent(nlp, PATTERNS)(TaggerComponent(Fixed([0.3, 0, 0, 0]))(nlp("On objective 2.")))
    assert [(t.part, t.source) for t in doc.spans[SENTENCES][0]._.notelint_tags] == [("goal_link", "pattern")]


def test_patterns_find_nothing_in_headings(nlp: Language) -> None:
    doc = PatternsComponent(nlp, PATTERNS)(nlp("Telehealth\nCame by telehealth."))
    assert labels(doc, SENTENCES)[0] == ("Telehealth", "heading")
    assert labels(doc, EVIDENCE) == [("Came by telehealth.", "own_part")]


def test_components_alone_cut_sentences_themselves(nlp: Language) -> None:
    for component in (ContextComponent(), PatternsComponent(nlp, PATTERNS), TaggerComponent(Fixed([0] * 4))):
        doc = component(nlp("Mother has bipolar disorder. Telehealth."))
        assert len(doc.spans[SENTENCES]) == 2


def test_sentence_inputs() -> None:
    assert sentence_inputs([], "group") == []
    assert sentence_inputs([("a", None)], "group") == [SentenceInput("a", "", "", "none", "group", 0.0)]
    first, middle, last = sentence_inputs([("a", None), ("b", "plan"), ("c", "plan")], "intake")
    assert (first.before, first.after, first.position) == ("", "b", 0.0)
    assert middle == SentenceInput("b", "a", "c", "plan", "intake", 0.5)
    assert (last.before, last.after, last.position) == ("b", "", 1.0)


def test_spans_never_overlap_where_a_cut_falls_into_a_token(nlp: Language) -> None:
    doc = Doc(nlp.vocab, words=["Slept.\nPlan:x", "rest"], spaces=[True, False])
    doc = SentencesComponent()(doc)
    spans = list(doc.spans[SENTENCES])
    assert all(left.end <= right.start for left, right in itertools.pairwise(spans))
    assert {token.i for span in spans for token in span} == {0, 1}
