from typing import TYPE_CHECKING

import numpy as np
import pytest

from notelint.nlp.features import SIZE
from notelint.records import LABELS
from notelint.training.corpus import read_corpus
from notelint.training.data import Dataset, build_dataset

if TYPE_CHECKING:
    from pathlib import Path

NOTES = """\
=== a-001
type: individual
---
S: Sad. {current_symptoms}
+ Was depressed as a child. {}
Plan: {}
Will return in two weeks. {plan_next_step}
=== a-002
type: group
---
Took part. {group_engagement}
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder: Path = tmp_path_factory.mktemp("corpus")
    (folder / "o1.notes").write_text(NOTES, encoding="utf-8")
    return build_dataset(read_corpus(folder))


def test_shapes(data: Dataset) -> None:
    assert data.counts.shape == (4, SIZE)  # the heading alone is left out
    assert data.gold.shape == data.struck.shape == data.eligible.shape == (4, len(LABELS))
    assert data.note.tolist() == [0, 0, 0, 1]
    assert data.batch.tolist() == ["o1"] * 4
    assert [len(cut) for cut in data.cuts] == [3, 1]
    assert np.diff(data.counts.indptr).min() > 5


def test_gold_struck_and_eligible(data: Dataset) -> None:
    at = {label: number for number, label in enumerate(LABELS)}
    assert np.flatnonzero(data.gold[0]).tolist() == [at["current_symptoms"]]
    assert not data.gold[1].any()
    assert data.gold[2, at["plan_next_step"]]
    assert data.gold[3, at["group_engagement"]]
    assert data.struck[:, at["current_symptoms"]].tolist() == [False, True, False, False]
    assert data.eligible[:, at["group_skill"]].tolist() == [False, False, False, True]
    assert data.eligible[:, at["diagnosis"]].all()
