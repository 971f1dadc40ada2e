"""The trained tagger: which of the 24 parts does a sentence document, and how sure is that?

Logistic regressions over hashed features (features.py), kept as plain arrays. Trained by notelint.training; see
model/card.json.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from notelint.nlp.features import SIZE, SentenceInput, featurize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MODEL = Path(__file__).parent / "model" / "tagger.npz"


class LinearTagger:
    """A linear tagger. `labels`: the parts, in the order of the columns of everything it returns."""

    def __init__(
        self,
        *,
        labels: Sequence[str],
        weights: NDArray[np.float16],
        intercepts: NDArray[np.float32],
        idf: NDArray[np.float32],
        scales: NDArray[np.float32],
        thresholds: NDArray[np.float32],
        lowers: NDArray[np.float32],
    ) -> None:
        self.labels = tuple(labels)
        self.weights = weights  # SIZE × labels
        self.intercepts = intercepts
        self.idf = idf  # SIZE; 0 for a bucket that training did not see
        self.scales = (
            scales  # labels × 2: probability = sigmoid(scale × score + offset), from out-of-fold scores (Platt)
        )
        self.thresholds = thresholds  # evidence is sure from here up
        self.lowers = lowers  # and doubtful from here up

    @classmethod
    def load(cls, path: Path = MODEL) -> LinearTagger:
        """The tagger in an .npz file, by default the one that is shipped. No pickle."""
        with np.load(path, allow_pickle=False) as arrays:
            weights = np.zeros((SIZE, len(arrays["labels"])), dtype=np.float16)
            weights[arrays["buckets"]] = arrays["weights"]
            idf = np.zeros(SIZE, dtype=np.float32)
            idf[arrays["buckets"]] = arrays["idf"]
            return cls(
                labels=[str(label) for label in arrays["labels"]],
                weights=weights,
                idf=idf,
                **{name: arrays[name] for name in ("intercepts", "scales", "thresholds", "lowers")},
            )

    def save(self, path: Path) -> None:
        """Write the arrays to an .npz file; buckets without a weight are left out."""
        buckets = np.flatnonzero(self.idf).astype(np.int32)
        np.savez_compressed(
            path,
            labels=np.array(self.labels),
            buckets=buckets,
            weights=self.weights[buckets],
            idf=self.idf[buckets],
            intercepts=self.intercepts,
            scales=self.scales,
            thresholds=self.thresholds,
            lowers=self.lowers,
        )

    def probabilities(self, sentences: Sequence[SentenceInput]) -> NDArray[np.float32]:
        """Calibrated probabilities, sentences × labels. Each is computed alone: company changes no row."""
        scores = np.zeros((len(sentences), len(self.labels)), dtype=np.float32)
        for number, sentence in enumerate(sentences):
            row = featurize(sentence)
            values = row.values * self.idf[row.buckets]
            length = float(np.sqrt(np.dot(values, values)))
            if length:
                scores[number] = (values / length) @ self.weights[row.buckets].astype(np.float32)
        scores += self.intercepts
        return np.asarray(1 / (1 + np.exp(-(scores * self.scales[:, 0] + self.scales[:, 1]))), dtype=np.float32)
