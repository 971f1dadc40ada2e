from importlib.metadata import entry_points

import pytest
import spacy
from spacy.language import Language

from notelint.nlp import factories
from notelint.nlp.pipeline import COMPONENTS
from notelint.nlp.tags import EVIDENCE, NOT_COUNTED, SECTIONS, SENTENCES

TEXT = "S: Client had panic attacks three times this week and missed work.\nPlan: Will return in two weeks."


def test_entry_points_name_factories_that_are_there() -> None:
    ours = {point.name: point for point in entry_points(group="spacy_factories") if point.name.startswith("notelint_")}
    assert set(ours) == {*COMPONENTS, "notelint_patterns"}
    for name, point in ours.items():
        assert point.load() is getattr(factories, name.removeprefix("notelint_"))


def test_tagger_alone() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("notelint_tagger")
    doc = nlp(TEXT)
    assert [span.text for span in doc.spans[SENTENCES]] == TEXT.split("\n")
    found = {
        (span.label_, span.sent.text.strip() if doc.has_annotation("SENT_START") else "")
        for span in doc.spans[EVIDENCE]
    }
    assert "current_symptoms" in {label for label, _ in found}
    assert "plan_next_step" in {label for label, _ in found}


def test_all_in_order() -> None:
    nlp = spacy.blank("en")
    for name in COMPONENTS:
        nlp.add_pipe(name)
    doc = nlp(TEXT)
    assert {SECTIONS, SENTENCES, EVIDENCE, NOT_COUNTED} <= set(doc.spans)
    assert [span.label_ for span in doc.spans[SECTIONS]] == ["subjective", "plan"]


@pytest.mark.parametrize("name", [*COMPONENTS, "notelint_patterns"])
def test_each_can_be_added_alone(name: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(name)
    assert nlp(TEXT).text == TEXT
    assert nlp("").text == ""
    assert isinstance(nlp, Language)
    assert nlp.get_pipe_meta(name).factory == name
