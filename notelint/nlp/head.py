"""The tagger's second look: what a sentence documents in the light of its neighbors, its section and the whole note.

First looks are log-odds by part, sentence by sentence; the second is one more logistic regression over them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import numpy as np

from notelint.nlp.headings import HEADINGS
from notelint.records import NoteType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from notelint.nlp.features import SentenceInput

LIMIT = 8.0  # log-odds beyond it say no more; a neighbor that isn't there counts as certainly nothing
NEIGHBORS = ((1, 4.0), (-1, 4.0), (2, 8.0), (-2, 8.0))  # how far away, and by what its log-odds are divided
SECTIONS = ("none", *HEADINGS)
NOTE_TYPES: tuple[str, ...] = get_args(NoteType)


def note_features(log_odds: NDArray[np.float32], sentences: Sequence[SentenceInput]) -> NDArray[np.float32]:
    """The second look's input for the sentences of one note, in order: sentences × features.

    `log_odds`: sentences × labels, of the first look.
    """
    own = np.clip(log_odds, -LIMIT, LIMIT)
    near = [_shifted(own, by) / divisor for by, divisor in NEIGHBORS]
    highest = np.repeat(own.max(axis=0, keepdims=True), len(own), axis=0)
    sections = np.array([[sentence.section == name for name in SECTIONS] for sentence in sentences])
    types = np.array([[sentence.note_type == name for name in NOTE_TYPES] for sentence in sentences])
    lengths = np.array([[len(sentence.text) / 100, np.log1p(len(sentence.text))] for sentence in sentences])
    blocks = (own / 4, *near, highest / 4, sigmoid(own), sections, types, lengths)
    return np.concatenate(blocks, axis=1).astype(np.float32)


def sigmoid(log_odds: NDArray[np.float32]) -> NDArray[np.float32]:
    """Log-odds as probabilities; beyond ±30 they are 0 and 1 anyway."""
    return np.asarray(1 / (1 + np.exp(-np.clip(log_odds, -30, 30))), dtype=np.float32)


def _shifted(rows: NDArray[np.float32], by: int) -> NDArray[np.float32]:
    """Each row's neighbor `by` rows on (or back, where negative)."""
    shifted = np.full_like(rows, -LIMIT)
    if abs(by) < len(rows):
        if by > 0:
            shifted[:-by] = rows[by:]
        else:
            shifted[-by:] = rows[:by]
    return shifted
