"""Fitting: idf, one logistic regression a label, out-of-fold scores with whole batches left out, calibration."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from joblib import Parallel, delayed  # type: ignore[import-untyped]
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from notelint.nlp.head import note_features, sigmoid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notelint.nlp.features import SentenceInput

FOLDS = 5
PENALTY, HEAD_PENALTY = 20.0, 0.3  # C of the regressions of the first and the second look; not searched for
SEEN = 2  # sentences that a bucket must occur in

Floats = NDArray[np.float32]


class Fitted(NamedTuple):
    """Weights buckets × labels (0 for an unseen bucket), one intercept a label, idf of each bucket."""

    weights: Floats
    intercepts: Floats
    idf: Floats


def folds_of(batches: NDArray[np.str_], count: int = FOLDS) -> NDArray[np.int64]:
    """The fold of each sentence: whole batches, dealt round in the order of their names."""
    names = sorted(set(batches.tolist()))
    fold = {name: number % min(count, len(names)) for number, name in enumerate(names)}
    return np.array([fold[name] for name in batches.tolist()])


def inverse_frequency(counts: sparse.csr_matrix) -> Floats:
    """log(sentences / sentences with the bucket); 0 for a bucket that hardly occurs."""
    seen = np.diff(counts.tocsc().indptr)
    idf = np.log(counts.shape[0] / np.maximum(seen, 1))
    idf[seen < SEEN] = 0
    return np.asarray(idf, dtype=np.float32)


def weighted(counts: sparse.csr_matrix, idf: Floats) -> sparse.csr_matrix:
    """Rows weighted by idf and brought to unit length, as the tagger does at run time."""
    rows = sparse.csr_matrix(counts @ sparse.diags(idf))
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1 / np.maximum(lengths, 1e-12)) @ rows).astype(np.float32)


def fit(
    counts: sparse.csr_matrix, gold: NDArray[np.bool_], eligible: NDArray[np.bool_], *, jobs: int, seed: int
) -> Fitted:
    """One regression a label, from the sentences eligible for it; without an example: weight 0 and a low intercept."""
    idf = inverse_frequency(counts)
    rows = weighted(counts, idf)
    columns = Parallel(n_jobs=jobs)(
        delayed(_fit_label)(rows[eligible[:, label]], gold[eligible[:, label], label], seed)
        for label in range(gold.shape[1])
    )
    weights, intercepts = zip(*columns, strict=True)
    return Fitted(np.stack(weights, axis=1), np.array(intercepts, dtype=np.float32), idf)


def _fit_label(rows: sparse.csr_matrix, wanted: NDArray[np.bool_], seed: int) -> tuple[Floats, float]:
    return _regression(LogisticRegression(C=PENALTY, solver="liblinear", max_iter=300, random_state=seed), rows, wanted)


def _regression(
    model: LogisticRegression, rows: sparse.csr_matrix | Floats, wanted: NDArray[np.bool_]
) -> tuple[Floats, float]:
    """Weights and intercept; where all are wanted, or none is, weight 0 and an intercept that says so."""
    if not wanted.any() or wanted.all():
        return np.zeros(rows.shape[1], dtype=np.float32), 10.0 if wanted.any() else -10.0
    model.fit(rows, wanted)
    return model.coef_[0].astype(np.float32), float(model.intercept_[0])


def scores(fitted: Fitted, counts: sparse.csr_matrix) -> Floats:
    """Uncalibrated scores, sentences × labels."""
    return np.asarray(weighted(counts, fitted.idf) @ fitted.weights + fitted.intercepts, dtype=np.float32)


def out_of_fold(
    counts: sparse.csr_matrix,
    gold: NDArray[np.bool_],
    eligible: NDArray[np.bool_],
    folds: NDArray[np.int64],
    *,
    jobs: int,
    seed: int,
) -> Floats:
    """Scores of each sentence by the model that saw nothing of its batch."""
    out = np.zeros(gold.shape, dtype=np.float32)
    for fold in sorted(set(folds.tolist())):
        held = folds == fold
        out[held] = scores(fit(counts[~held], gold[~held], eligible[~held], jobs=jobs, seed=seed), counts[held])
    return out


def calibrate(out: Floats, gold: NDArray[np.bool_], eligible: NDArray[np.bool_]) -> Floats:
    """Platt scaling by label from the out-of-fold scores of eligible sentences: labels × 2 (scale, offset)."""
    scales = np.tile(np.array([1.0, 0.0], dtype=np.float32), (gold.shape[1], 1))
    for label in range(gold.shape[1]):
        chosen = eligible[:, label]
        wanted = gold[chosen, label]
        if 0 < wanted.sum() < len(wanted):
            model = LogisticRegression(C=1e6, solver="lbfgs").fit(out[chosen][:, [label]], wanted)
            scales[label] = (model.coef_[0][0], model.intercept_[0])
    return scales


def log_odds(out: Floats, scales: Floats) -> Floats:
    """The first look's calibrated log-odds, as the tagger computes them."""
    return np.asarray(out * scales[:, 0] + scales[:, 1], dtype=np.float32)


def head_features(odds: Floats, inputs: Sequence[Sequence[SentenceInput]]) -> Floats:
    """The second look's features, note by note: sentences × features."""
    ends = np.cumsum([0, *(len(note) for note in inputs)])
    return np.concatenate(
        [
            note_features(odds[left:right], note)
            for left, right, note in zip(ends, ends[1:], inputs, strict=False)
            if note
        ]
    )


class Head(NamedTuple):
    """The second look: weights features × labels, one intercept a label."""

    weights: Floats
    intercepts: Floats

    def probabilities(self, features: Floats) -> Floats:
        """Sentences × labels."""
        return sigmoid(features @ self.weights + self.intercepts)


def fit_head(features: Floats, gold: NDArray[np.bool_], eligible: NDArray[np.bool_], *, jobs: int) -> Head:
    """One regression a label over out-of-fold features, from the sentences eligible for it."""
    columns = Parallel(n_jobs=jobs)(
        delayed(_fit_head_label)(features[eligible[:, label]], gold[eligible[:, label], label])
        for label in range(gold.shape[1])
    )
    weights, intercepts = zip(*columns, strict=True)
    return Head(np.stack(weights, axis=1), np.array(intercepts, dtype=np.float32))


def _fit_head_label(features: Floats, wanted: NDArray[np.bool_]) -> tuple[Floats, float]:
    return _regression(LogisticRegression(C=HEAD_PENALTY, solver="lbfgs", max_iter=500), features, wanted)


def out_of_fold_head(
    features: Floats, gold: NDArray[np.bool_], eligible: NDArray[np.bool_], folds: NDArray[np.int64], *, jobs: int
) -> Floats:
    """Probabilities of each sentence by the head that saw nothing of its batch."""
    out = np.zeros(gold.shape, dtype=np.float32)
    for fold in sorted(set(folds.tolist())):
        held = folds == fold
        head = fit_head(features[~held], gold[~held], eligible[~held], jobs=jobs)
        out[held] = head.probabilities(features[held])
    return out
