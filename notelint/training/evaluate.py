"""Precision and recall by sentence and by gap, as tests/benchmark/score.py counts; and the best thresholds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from notelint.judge import status_of
from notelint.records import GAPS, LABELS
from notelint.training.corpus import LabelledSentence, shares_half

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from notelint.catalog import Catalog
    from notelint.training.data import Dataset

Floats = NDArray[np.float32]
GRID = np.round(np.arange(0.04, 0.96, 0.02), 2)
LONGEST = 240  # characters of a piece that is right however short the gold sentence


class Counts(NamedTuple):
    """Right pieces of all pieces, and gold found of all gold."""

    right: int = 0
    pieces: int = 0
    found: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """Share of pieces that are right."""
        return self.right / self.pieces if self.pieces else 0.0

    @property
    def recall(self) -> float:
        """Share of gold that is found."""
        return self.found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return (
            2 * self.precision * self.recall / (self.precision + self.recall) if self.precision + self.recall else 0.0
        )

    def __add__(self, other: object) -> Counts:
        if not isinstance(other, Counts):
            return NotImplemented
        return Counts(*(a + b for a, b in zip(self, other, strict=True)))


class Overlaps(NamedTuple):
    """Which own sentence is a right piece for which gold sentence of the whole dataset: their numbers, pair by pair."""

    own: NDArray[np.int64]
    gold: NDArray[np.int64]
    labels: NDArray[np.bool_]  # gold sentences × labels


def find_overlaps(data: Dataset) -> Overlaps:
    """The pairs of own and gold sentences that the scorer counts as right."""
    own, gold, labels, first, at = [], [], [], 0, 0
    for labelled, cuts in zip(data.notes, data.cuts, strict=True):
        pairs = _pairs(labelled.sentences, [(cut.start, cut.end) for cut in cuts])
        own += [first + mine for mine, _ in pairs]
        gold += [at + theirs for _, theirs in pairs]
        labels += [[label in sentence.labels for label in LABELS] for sentence in labelled.sentences]
        first, at = first + len(cuts), at + len(labelled.sentences)
    return Overlaps(np.array(own, dtype=np.int64), np.array(gold, dtype=np.int64), np.array(labels, dtype=np.bool_))


def _pairs(gold: Sequence[LabelledSentence], own: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    return [
        (mine, theirs)
        for mine, span in enumerate(own)
        for theirs, sentence in enumerate(gold)
        if sentence.start < span[1] and span[0] < sentence.end
        if shares_half(span, (sentence.start, sentence.end))
        and span[1] - span[0] <= max(3 * (sentence.end - sentence.start), LONGEST)
    ]


def count_label(
    tagged: NDArray[np.bool_], overlaps: Overlaps, label: int, kept: NDArray[np.bool_] | None = None
) -> Counts:
    """Counts of one label, for the own sentences that are tagged. `kept`: the gold sentences that count (all)."""
    wanted = overlaps.labels[:, label] if kept is None else overlaps.labels[:, label] & kept
    hit = tagged[overlaps.own] & wanted[overlaps.gold]
    return Counts(
        len(set(overlaps.own[hit].tolist())),
        int(tagged.sum()),
        len(set(overlaps.gold[hit].tolist())),
        int(wanted.sum()),
    )


def count_labels(tagged: NDArray[np.bool_], overlaps: Overlaps) -> dict[str, Counts]:
    """Counts by label; `tagged` is own sentences × labels."""
    return {name: count_label(tagged[:, label], overlaps, label) for label, name in enumerate(LABELS)}


def usable(probabilities: Floats, data: Dataset) -> Floats:
    """The probabilities with 0 where the product shows nothing: struck parts, group parts outside group notes."""
    return np.where(data.struck | ~data.eligible, 0, probabilities).astype(np.float32)


def best_thresholds(probabilities: Floats, overlaps: Overlaps) -> Floats:
    """The threshold of each label with the best F1; probabilities × own sentences as `usable` gives them."""
    return np.array(
        [
            max(GRID.tolist(), key=lambda t, label=label: count_label(probabilities[:, label] >= t, overlaps, label).f1)  # type: ignore[misc]
            for label in range(len(LABELS))
        ],
        dtype=np.float32,
    )


def strongest(probabilities: Floats, data: Dataset) -> Floats:
    """The highest probability of each label in each note: notes × labels."""
    out = np.zeros((len(data.notes), probabilities.shape[1]), dtype=np.float32)
    np.maximum.at(out, data.note, probabilities)
    return out


def count_gaps(
    notes: Floats, data: Dataset, catalog: Catalog, *, lowers: Floats, thresholds: Floats
) -> dict[str, Counts]:
    """Gaps by check: alarms (partial or missing) against those of the gold labels. `notes`: as `strongest` gives."""
    result: dict[str, Counts] = {check.code: Counts() for check in catalog}
    for row, labelled in zip(notes, data.notes, strict=True):
        found = {LABELS[label] for label in np.flatnonzero(row >= lowers)}
        sure = {LABELS[label] for label in np.flatnonzero(row >= np.maximum(lowers, thresholds))}
        kind = labelled.note.type
        for check in catalog:
            wanted = status_of(check, labelled.labels, note_type=kind) in GAPS
            alarm = status_of(check, found, note_type=kind, sure=sure) in GAPS
            both = int(wanted and alarm)
            result[check.code] += Counts(both, int(alarm), both, int(wanted))
    return result


def best_lowers(notes: Floats, data: Dataset, catalog: Catalog, thresholds: Floats, *, beta: float = 0.6) -> Floats:
    """The lower threshold of each label, by the gaps it causes: from the upper one down, label by label, twice round.

    `beta` under 1 weighs false alarms heavier than missed gaps (silence beats noise).
    """
    lowers = thresholds.copy()

    def value(trial: Floats, codes: Callable[[str], bool]) -> float:
        chosen = catalog.model_copy(update={"checks": tuple(check for check in catalog if codes(check.code))})
        total = sum(count_gaps(notes, data, chosen, lowers=trial, thresholds=thresholds).values(), Counts())
        weight = beta * beta
        together = weight * total.precision + total.recall
        return (1 + weight) * total.precision * total.recall / together if together else 0.0

    for _ in range(2):
        for label, name in enumerate(LABELS):
            codes = {check.code for check in catalog if name in check.all_parts}
            trials = [t for t in GRID.tolist() if t <= thresholds[label]][::2]
            if not codes or not trials:
                continue
            tried = [(value(_with(lowers, label, t), codes.__contains__), t) for t in trials]
            lowers[label] = max(tried)[1]
    return lowers


def _with(values: Floats, at: int, value: float) -> Floats:
    changed = values.copy()
    changed[at] = value
    return changed
