import zipfile
from pathlib import Path

import numpy as np
import pytest

from notelint.nlp.features import SIZE, SentenceInput
from notelint.nlp.tagger import MODEL, LinearTagger
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
    for array in (shipped.weights, shipped.intercepts, shipped.idf, shipped.scales, shipped.thresholds, shipped.lowers):
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


def test_company_never_changes_a_row(shipped: LinearTagger) -> None:
    together = shipped.probabilities(SENTENCES)
    turned = shipped.probabilities(SENTENCES[::-1])[::-1]
    alone = np.concatenate([shipped.probabilities([sentence]) for sentence in SENTENCES])
    many = shipped.probabilities(SENTENCES * 7)[-len(SENTENCES) :]
    assert together.tobytes() == turned.tobytes() == alone.tobytes() == many.tobytes()


def test_a_sentence_of_unseen_features_gets_the_intercepts() -> None:
    zero = np.zeros(2, dtype=np.float32)
    tagger = LinearTagger(
        labels=("a", "b"),
        weights=np.zeros((SIZE, 2), dtype=np.float16),
        intercepts=np.array([0, 100], dtype=np.float32),
        idf=np.zeros(SIZE, dtype=np.float32),
        scales=np.array([[1, 0], [1, 0]], dtype=np.float32),
        thresholds=zero,
        lowers=zero,
    )
    assert tagger.probabilities(SENTENCES[:1]).tolist() == [[0.5, 1.0]]
