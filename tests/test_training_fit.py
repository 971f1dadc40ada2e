import numpy as np
import pytest
from scipy import sparse

from notelint.nlp.features import SIZE, SentenceInput, featurize
from notelint.nlp.tagger import LinearTagger
from notelint.training.fit import (
    calibrate,
    fit,
    fit_head,
    folds_of,
    head_features,
    inverse_frequency,
    log_odds,
    out_of_fold,
    out_of_fold_head,
    scores,
    weighted,
)

TEXTS = ["sad today", "sad again", "slept well", "ate well", "sad and slept", "well"] * 4
BATCHES = np.array([f"o{number % 6 // 2}" for number in range(len(TEXTS))])
GOLD = np.array([["sad" in text, "well" in text, False, True] for text in TEXTS])
ELIGIBLE = np.array([[True, number % 2 == 0, True, True] for number in range(len(TEXTS))])


def counts_of(texts: list[str], size: int = SIZE) -> sparse.csr_matrix:
    rows = [featurize(SentenceInput(text, "", "", "none", "individual", 0.0)) for text in texts]
    ends = np.cumsum([0, *(len(row.buckets) for row in rows)])
    columns, values = np.concatenate([r.buckets % size for r in rows]), np.concatenate([r.values for r in rows])
    counts = sparse.csr_matrix((values, columns, ends), shape=(len(rows), size))
    counts.sum_duplicates()
    return counts


FEW = 1 << 12  # buckets; fitting takes its time by them
COUNTS = counts_of(TEXTS, FEW)


def test_folds_keep_batches_whole() -> None:
    batches = np.array(["b", "a", "c", "a", "f", "d", "e", "b", "g"])
    folds = folds_of(batches)
    assert all(len({int(folds[n]) for n in np.flatnonzero(batches == name)}) == 1 for name in "abcdefg")
    assert set(folds.tolist()) == {0, 1, 2, 3, 4}
    assert folds_of(np.array(["a", "b", "a"])).tolist() == [0, 1, 0]
    assert folds_of(np.array(["b", "a", "c"]), 2).tolist() == [1, 0, 0]


def test_idf() -> None:
    counts = sparse.csr_matrix(np.array([[1.0, 2, 0, 1], [0, 3, 1, 1], [0, 0, 0, 1]]))
    assert inverse_frequency(counts).tolist() == pytest.approx([0, np.log(1.5), 0, 0])


def test_rows_have_unit_length_or_none() -> None:
    counts = sparse.csr_matrix(np.array([[1.0, 2, 5], [0, 0, 5]]))
    rows = weighted(counts, np.array([1, 1, 0], dtype=np.float32))
    assert np.sqrt(rows.multiply(rows).sum(axis=1)).ravel().tolist()[0] == pytest.approx([1.0, 0.0])


def test_fit() -> None:
    fitted = fit(COUNTS, GOLD, ELIGIBLE, jobs=1, seed=1)
    assert fitted.weights.shape == (FEW, 4)
    assert fitted.idf.shape == (FEW,)
    assert fitted.intercepts.tolist()[2:] == [-10.0, 10.0]  # no example of it, and nothing but examples
    assert not fitted.weights[:, 2:].any()
    found = scores(fitted, COUNTS) > 0
    assert (found[:, 0] == GOLD[:, 0]).all()
    assert (found[:, 1] == GOLD[:, 1]).all()
    assert not found[:, 2].any()
    again = fit(COUNTS, GOLD, ELIGIBLE, jobs=1, seed=1)
    assert again.weights.tobytes() == fitted.weights.tobytes()


def test_only_eligible_sentences_are_fitted() -> None:
    wrong = GOLD.copy()
    wrong[~ELIGIBLE] = ~wrong[~ELIGIBLE]
    one, two = (fit(COUNTS, gold, ELIGIBLE, jobs=1, seed=1) for gold in (GOLD, wrong))
    assert one.weights.tobytes() == two.weights.tobytes()


def test_the_tagger_computes_what_was_fitted() -> None:
    counts = counts_of(TEXTS)
    fitted = fit(counts, GOLD, ELIGIBLE, jobs=1, seed=1)
    scales = calibrate(scores(fitted, counts), GOLD, np.ones_like(GOLD))
    odds = log_odds(scores(fitted, counts), scales)
    inputs = [SentenceInput(text, "", "", "none", "individual", 0.0) for text in TEXTS]
    notes = [inputs[:10], [], inputs[10:]]
    features = head_features(odds, notes)
    head = fit_head(features, GOLD, ELIGIBLE, jobs=1)
    tagger = LinearTagger(
        labels=("a", "b", "c", "d"),
        weights=fitted.weights.astype(np.float16),
        intercepts=fitted.intercepts,
        idf=fitted.idf,
        scales=scales,
        head_weights=head.weights,
        head_intercepts=head.intercepts,
        thresholds=np.full(4, 0.5, dtype=np.float32),
        lowers=np.full(4, 0.5, dtype=np.float32),
    )
    assert tagger.log_odds(inputs) == pytest.approx(odds, abs=2e-2)  # weights are kept as half floats
    own = np.concatenate([tagger.probabilities(note) for note in notes])
    assert own == pytest.approx(head.probabilities(features), abs=5e-3)
    assert ((own[:, 0] > 0.5) == GOLD[:, 0]).all()


def test_the_head_of_a_label_without_examples() -> None:
    features = np.ones((4, 3), dtype=np.float32)
    gold = np.array([[False, True]] * 4)
    rows = fit_head(features, gold, np.ones_like(gold), jobs=1).probabilities(features)
    assert rows[:, 0].max() < 0.001
    assert rows[:, 1].min() > 0.999


def test_out_of_fold_heads_never_see_their_batch() -> None:
    folds = folds_of(BATCHES)
    features = np.random.default_rng(1).normal(size=(len(TEXTS), 5)).astype(np.float32)
    out = out_of_fold_head(features, GOLD, ELIGIBLE, folds, jobs=1)
    held = folds == 0
    changed = GOLD.copy()
    changed[held] = ~changed[held]
    again = out_of_fold_head(features, changed, ELIGIBLE, folds, jobs=1)
    assert again[held].tobytes() == out[held].tobytes()
    assert again[~held].tobytes() != out[~held].tobytes()


def test_out_of_fold_scores_never_see_their_batch() -> None:
    folds = folds_of(BATCHES)
    out = out_of_fold(COUNTS, GOLD, ELIGIBLE, folds, jobs=1, seed=1)
    assert out.shape == GOLD.shape
    held = folds == 0
    changed = GOLD.copy()
    changed[held] = ~changed[held]  # its own labels must not matter to a fold
    again = out_of_fold(COUNTS, changed, ELIGIBLE, folds, jobs=1, seed=1)
    assert again[held].tobytes() == out[held].tobytes()
    assert again[~held].tobytes() != out[~held].tobytes()


def test_calibration() -> None:
    random = np.random.default_rng(3)
    out = random.normal(size=(400, 3)).astype(np.float32)
    chance = 1 / (1 + np.exp(-(3 * out[:, 0] - 1)))
    gold = np.stack([random.random(400) < chance, np.zeros(400, bool), np.ones(400, bool)], axis=1)
    scales = calibrate(out, gold, np.ones_like(gold))
    assert scales.shape == (3, 2)
    assert scales[0].tolist() == pytest.approx([3, -1], abs=0.8)
    assert scales[1:].tolist() == [[1, 0], [1, 0]]  # nothing to learn from
    calibrated = 1 / (1 + np.exp(-log_odds(out, scales)))
    assert calibrated[:, 0].mean() == pytest.approx(gold[:, 0].mean(), abs=0.01)
    assert ((calibrated >= 0) & (calibrated <= 1)).all()
