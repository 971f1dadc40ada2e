"""Two annotators of the same notes: blind copies for the second one, and how far the two agree."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, NamedTuple

from notelint.errors import UsageError
from notelint.records import LABELS
from notelint.training.corpus import read_notes_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from notelint.training.corpus import LabelledNote


class Agreement(NamedTuple):
    """Sentences by what two annotators said of one label (or of all labels together)."""

    both: int = 0
    first_only: int = 0
    second_only: int = 0
    neither: int = 0

    @property
    def kappa(self) -> float:
        """Cohen's kappa; 1.0 where neither ever gave the label."""
        count = sum(self)
        first, second = self.both + self.first_only, self.both + self.second_only
        agreed = (self.both + self.neither) / count if count else 1.0
        chance = (first * second + (count - first) * (count - second)) / (count * count) if count else 0.0
        return (agreed - chance) / (1 - chance) if chance < 1 else 1.0

    def __add__(self, other: object) -> Agreement:
        if not isinstance(other, Agreement):
            return NotImplemented
        return Agreement(*(left + right for left, right in zip(self, other, strict=True)))


def blind_copy(path: Path, *, share: float, seed: int) -> str:
    """A random share of a file's notes with their braces emptied, in the file's order and format."""
    blocks = re.split(r"^(?==== )", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    count = max(1, round(share * len(blocks)))
    chosen = sorted(random.Random(seed).sample(range(len(blocks)), count))
    return "".join(re.sub(r"\{[a-z_,\s]*\}$", "{}", blocks[number], flags=re.MULTILINE) for number in chosen)


def compare(first: Iterable[Path], second: Iterable[Path]) -> dict[str, Agreement]:
    """Agreement by label, and under "all" together, over the notes that both have.

    Raises UsageError for a note whose text differs between the two.
    """
    ours = {note.note.id: note for path in first for note in read_notes_file(path)}
    found = {label: Agreement() for label in LABELS}
    for path in second:
        for theirs in read_notes_file(path):
            mine = ours.get(theirs.note.id)
            if mine is None:
                continue
            if mine.note.text != theirs.note.text:
                message = f"The text of {theirs.note.id} differs between the two annotators."
                raise UsageError("E404", message, where=str(path), cure="Only the labels may differ.")
            for label, agreement in _by_label(mine, theirs).items():
                found[label] += agreement
    return {**found, "all": sum(found.values(), Agreement())}


def _by_label(first: LabelledNote, second: LabelledNote) -> dict[str, Agreement]:
    result = {}
    for label in LABELS:
        pairs = [(label in a.labels, label in b.labels) for a, b in zip(first.sentences, second.sentences, strict=True)]
        kinds = ((True, True), (True, False), (False, True), (False, False))
        result[label] = Agreement(*(pairs.count(kind) for kind in kinds))
    return result
