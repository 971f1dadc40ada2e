"""The tagger's second look: its features are a sentence's own, its neighbors' and the note's."""

import numpy as np

from notelint.nlp.features import SentenceInput
from notelint.nlp.head import LIMIT, NOTE_TYPES, SECTIONS, note_features

LABELS = 3


def given(section: str = "none", text: str = "Client came.", note_type: str = "group") -> SentenceInput:
    return SentenceInput(text, "", "", section, note_type, 0.0)


def odds(*rows: list[float]) -> np.ndarray:
    return np.array(rows, dtype=np.float32)


def test_shape_and_blocks():
    features = note_features(odds([1, 2, 3], [4, 5, 6]), [given("plan"), given()])
    assert features.shape == (2, LABELS * 7 + len(SECTIONS) + len(NOTE_TYPES) + 2)
    assert features.dtype == np.float32
    assert features[0, :3].tolist() == [0.25, 0.5, 0.75]
    assert features[0, 3:6].tolist() == [1.0, 1.25, 1.5]  # the next sentence
    assert features[1, 3:6].tolist() == [-LIMIT / 4] * 3  # there is none
    assert features[1, 6:9].tolist() == [0.25, 0.5, 0.75]  # the one before
    assert features[:, 15:18].tolist() == [[1.0, 1.25, 1.5]] * 2  # the note's highest
    assert features[0, LABELS * 7 + SECTIONS.index("plan")] == 1
    assert features[1, LABELS * 7 + SECTIONS.index("none")] == 1


def test_log_odds_are_bounded():
    features = note_features(odds([1000, -1000, 0]), [given()])
    assert features[0, :3].tolist() == [LIMIT / 4, -LIMIT / 4, 0]
    assert np.isfinite(features).all()


def test_an_unknown_section_or_type_is_no_error():
    features = note_features(odds([0, 0, 0]), [given("elsewhere", note_type="unheard of")])
    assert features[0, LABELS * 7 : LABELS * 7 + len(SECTIONS) + len(NOTE_TYPES)].sum() == 0
