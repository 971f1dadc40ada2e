import zipfile
from pathlib import Path

import numpy as np
import pytest

from notelint.nlp.features import SIZE, SentenceInput
from notelint.nlp.head import note_features
from notelint.nlp.tagger import MODEL, SMALL, LinearTagger
from notelint.records import LABELS

TEXTS = [
    "",
    "🙂",
    "Client reports panic twice this week, down from daily.",
    "Denies SI/HI.",
    "Will return in two weeks.",
    "x " * 500,
]
SENTENCES = [SentenceInput(text, "Came late.", "Left.", "none", "individual", 0.1 * n) for n, text in enumerate(TEXTS)]


@pytest.fixture(scope="module")
def shipped() -> LinearTagger:
    return LinearTagger.load()


def test_shipped_arrays(shipped: LinearTagger) -> None:
    assert shipped.labels == LABELS
    assert shipped.weights.shape == (SIZE, len(LABELS))
    assert shipped.weights.dtype == np.float16
    for array in (shipped.weights, shipped.idf, *(getattr(shipped, name) for name in SMALL)):
        assert np.isfinite(array).all()
    assert (shipped.idf >= 0).all()
    assert (shipped.scales[:, 0] > 0).all()  # a higher score is never a lower probability
    assert (shipped.thresholds >= shipped.lowers).all()
    assert (shipped.lowers > 0).all()
    assert (shipped.thresholds < 1).all()


def test_no_pickle_inside() -> None:
    with np.load(MODEL, allow_pickle=False) as arrays:
        assert all(arrays[name].dtype != object for name in arrays.files)
    with zipfile.ZipFile(MODEL) as archive:
        assert all(name.endswith(".npy") for name in archive.namelist())


def test_a_pickled_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.npz"
    np.savez(path, labels=np.array([{"a": 1}], dtype=object))
    with pytest.raises(ValueError, match="allow_pickle"):
        LinearTagger.load(path)


def test_round_trip(shipped: LinearTagger, tmp_path: Path) -> None:
    shipped.save(tmp_path / "one.npz")
    again = LinearTagger.load(tmp_path / "one.npz")
    again.save(tmp_path / "two.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    assert again.labels == shipped.labels
    assert again.probabilities(SENTENCES).tobytes() == shipped.probabilities(SENTENCES).tobytes()


def test_probabilities(shipped: LinearTagger) -> None:
    rows = shipped.probabilities(SENTENCES)
    assert rows.shape == (len(SENTENCES), len(LABELS))
    assert rows.dtype == np.float32
    assert ((rows >= 0) & (rows <= 1)).all()
    assert shipped.probabilities([]).shape == (0, len(LABELS))
    risk = LABELS.index("risk_assessment")
    assert rows[3, risk] > 0.5 > rows[4, risk]


def test_other_notes_never_change_a_note(shipped: LinearTagger) -> None:
    before = shipped.probabilities(SENTENCES)
    shipped.probabilities(SENTENCES[::-1] * 7)
    assert shipped.probabilities(SENTENCES).tobytes() == before.tobytes()


def test_the_first_look_is_at_each_sentence_alone(shipped: LinearTagger) -> None:
    together = shipped.log_odds(SENTENCES)
    turned = shipped.log_odds(SENTENCES[::-1])[::-1]
    alone = np.concatenate([shipped.log_odds([sentence]) for sentence in SENTENCES])
    assert together.tobytes() == turned.tobytes() == alone.tobytes()


def test_the_second_look_is_at_the_note(shipped: LinearTagger) -> None:
    alone = shipped.probabilities(SENTENCES[2:3])[0]
    among = shipped.probabilities(SENTENCES)[2]
    assert alone.tolist() != among.tolist()


def test_a_sentence_of_unseen_features_gets_the_intercepts() -> None:
    zero = np.zeros(2, dtype=np.float32)
    features = note_features(np.zeros((1, 2), dtype=np.float32), SENTENCES[:1]).shape[1]
    tagger = LinearTagger(
        labels=("a", "b"),
        weights=np.zeros((SIZE, 2), dtype=np.float16),
        intercepts=np.array([0, 1], dtype=np.float32),
        idf=np.zeros(SIZE, dtype=np.float32),
        scales=np.array([[1, 0], [2, 3]], dtype=np.float32),
        head_weights=np.zeros((features, 2), dtype=np.float32),
        head_intercepts=np.array([0, 100], dtype=np.float32),
        thresholds=zero,
        lowers=zero,
    )
    assert tagger.log_odds(SENTENCES[:1]).tolist() == [[0, 5]]
    assert tagger.probabilities(SENTENCES[:1]).tolist() == [[0.5, 1.0]]
