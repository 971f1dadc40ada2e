"""The trained tagger: which of the 24 parts does a sentence document, and how sure is that?

Logistic regressions over hashed features (features.py), and over what they say of a whole note (head.py), kept as
plain arrays. Trained by notelint.training; see model/card.json.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from notelint.nlp.features import SIZE, SentenceInput, featurize
from notelint.nlp.head import note_features, sigmoid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MODEL = Path(__file__).parent / "model" / "tagger.npz"


SMALL = ("intercepts", "scales", "head_weights", "head_intercepts", "thresholds", "lowers")
"""The arrays that are kept as they are."""


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
        head_weights: NDArray[np.float32],
        head_intercepts: NDArray[np.float32],
        thresholds: NDArray[np.float32],
        lowers: NDArray[np.float32],
    ) -> None:
        self.labels = tuple(labels)
        self.weights = weights  # SIZE × labels
        self.intercepts = intercepts
        self.idf = idf  # SIZE; 0 for a bucket that training did not see
        self.scales = scales  # labels × 2: log-odds = scale × score + offset, from out-of-fold scores (Platt)
        self.head_weights = head_weights  # features of head.py × labels
        self.head_intercepts = head_intercepts
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
                **{name: arrays[name] for name in SMALL},
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
            **{name: getattr(self, name) for name in SMALL},
        )

    def probabilities(self, sentences: Sequence[SentenceInput]) -> NDArray[np.float32]:
        """Calibrated probabilities for the sentences of one note, in order: sentences × labels.

        A row depends on the note alone, never on other notes.
        """
        if not sentences:
            return np.zeros((0, len(self.labels)), dtype=np.float32)
        features = note_features(self.log_odds(sentences), sentences)
        second = features @ self.head_weights + self.head_intercepts
        return sigmoid(second)

    def log_odds(self, sentences: Sequence[SentenceInput]) -> NDArray[np.float32]:
        """The first look, each sentence by itself: sentences × labels."""
        scores = np.zeros((len(sentences), len(self.labels)), dtype=np.float32)
        for number, sentence in enumerate(sentences):
            row = featurize(sentence)
            values = row.values * self.idf[row.buckets]
            length = float(np.sqrt(np.dot(values, values)))
            if length:
                scores[number] = (values / length) @ self.weights[row.buckets].astype(np.float32)
        return np.asarray((scores + self.intercepts) * self.scales[:, 0] + self.scales[:, 1], dtype=np.float32)
