"""Corpus → shipped model: out-of-fold scores, calibration, thresholds, the fit on everything, and the model's card."""

from __future__ import annotations

import platform
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np

from notelint.catalog import load_catalog
from notelint.nlp.tagger import LinearTagger
from notelint.records import LABELS
from notelint.training import evaluate as ev
from notelint.training.corpus import LabelledNote, corpus_hash, read_corpus
from notelint.training.data import Dataset, build_dataset
from notelint.training.fit import (
    calibrate,
    fit,
    fit_head,
    folds_of,
    head_features,
    log_odds,
    out_of_fold,
    out_of_fold_head,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

SEED = 20261121
MODEL_FILE, SCORES_FILE = "tagger.npz", "out_of_fold.npz"
KIND = (
    "logistic regression by label over hashed words, word pairs and triples, character n-grams, neighbors' words and "
    "section; and a second one over what the first says of the sentence, its neighbors and the note"
)
LIBRARIES = ("numpy", "scikit-learn", "scipy", "spacy")


def train(
    corpus: Path,
    out: Path,
    *,
    say: Callable[[str], None],
    jobs: int = 2,
    seed: int = SEED,
    scores_folder: Path | None = None,
    notes: Sequence[LabelledNote] | None = None,
) -> dict[str, Any]:
    """Train on `corpus` and write the model to `out`; returns the content of its card. About five minutes on two cores.

    `scores_folder`: where the out-of-fold probabilities go, default `out`. `notes`: instead of all of the corpus' notes
    (tests train on a slice).
    """
    chosen = read_corpus(corpus) if notes is None else notes
    say(f"{len(chosen)} notes: cutting and counting …")
    data = build_dataset(chosen)
    say(f"{data.counts.shape[0]} sentences: fitting with whole batches left out …")
    folds = folds_of(data.batch)
    scores = out_of_fold(data.counts, data.gold, data.eligible, folds, jobs=jobs, seed=seed)
    scales = calibrate(scores, data.gold, data.eligible)
    features = head_features(log_odds(scores, scales), data.inputs)
    shown = ev.usable(out_of_fold_head(features, data.gold, data.eligible, folds, jobs=jobs), data)
    overlaps = ev.find_overlaps(data)
    say("choosing thresholds …")
    thresholds = ev.best_thresholds(shown, overlaps)
    lowers = ev.best_lowers(ev.strongest(shown, data), data, load_catalog(), thresholds)
    say("fitting on everything …")
    final = fit(data.counts, data.gold, data.eligible, jobs=jobs, seed=seed)
    head = fit_head(features, data.gold, data.eligible, jobs=jobs)
    tagger = LinearTagger(
        labels=LABELS,
        weights=final.weights.astype(np.float16),
        intercepts=final.intercepts,
        idf=final.idf,
        scales=scales,
        head_weights=head.weights,
        head_intercepts=head.intercepts,
        thresholds=thresholds,
        lowers=lowers,
    )
    out.mkdir(parents=True, exist_ok=True)
    tagger.save(out / MODEL_FILE)
    np.savez_compressed((scores_folder or out) / SCORES_FILE, probabilities=shown.astype(np.float16))
    return {
        "schema": "notelint.model/1",
        "kind": KIND,
        "corpus": {"sha256": corpus_hash(corpus), "notes": len(chosen), "sentences": int(data.counts.shape[0])},
        "seed": seed,
        "folds": int(folds.max()) + 1,
        "python": platform.python_version(),
        "versions": {name: version(name) for name in LIBRARIES},
        "out_of_fold": measure(shown, data, overlaps, thresholds=thresholds, lowers=lowers),
    }


def measure(
    shown: NDArray[np.float32],
    data: Dataset,
    overlaps: ev.Overlaps,
    *,
    thresholds: NDArray[np.float32],
    lowers: NDArray[np.float32],
) -> dict[str, Any]:
    """The card's figures: by label and by check, and together; for ordinary (o*) and vivid (t*) batches apart."""
    tagged = shown >= thresholds
    labels = ev.count_labels(tagged, overlaps)
    gaps = ev.count_gaps(ev.strongest(shown, data), data, load_catalog(), lowers=lowers, thresholds=thresholds)
    return {
        "labels": {
            name: {
                **_figures(counts),
                "threshold": round(float(thresholds[label]), 3),
                "lower": round(float(lowers[label]), 3),
            }
            for label, (name, counts) in enumerate(labels.items())
        },
        "micro": _figures(sum(labels.values(), ev.Counts())),
        "macro_f1": round(float(np.mean([counts.f1 for counts in labels.values()])), 4),
        "styles": {style: _style(style, tagged, data, overlaps) for style in ("o", "t")},
        "gaps": {code: _figures(counts) for code, counts in gaps.items()},
        "gap_micro": _figures(sum((counts for code, counts in gaps.items() if code != "NL110"), ev.Counts())),
    }


def _style(style: str, tagged: NDArray[np.bool_], data: Dataset, overlaps: ev.Overlaps) -> dict[str, Any]:
    mine = np.array([batch.startswith(style) for batch in data.batch.tolist()])
    kept = np.array([note.batch.startswith(style) for note in data.notes for _ in note.sentences])
    counts = [ev.count_label(tagged[:, label] & mine, overlaps, label, kept) for label in range(len(LABELS))]
    return _figures(sum(counts, ev.Counts()))


def _figures(counts: ev.Counts) -> dict[str, Any]:
    return {
        "precision": round(counts.precision, 4),
        "recall": round(counts.recall, 4),
        "f1": round(counts.f1, 4),
        "gold": counts.gold,
    }
