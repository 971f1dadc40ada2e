"""Training data: the corpus' sentences as notelint cuts them, with features, labels, batches and struck parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy import sparse

from notelint.nlp import pipeline
from notelint.nlp.components import sentence_inputs
from notelint.nlp.context import struck_by
from notelint.nlp.features import SIZE, SentenceInput, featurize
from notelint.records import LABELS, SentenceTags
from notelint.training.corpus import LabelledNote, project_labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


class Dataset(NamedTuple):
    """The labelled sentences of a corpus.

    `counts`: sentences × buckets; `gold`, `struck`, `eligible`: sentences × labels; `note`, `batch`: of each sentence;
    `cuts` and `inputs` (what the tagger gets): by note.
    Eligible: whether the sentence may have the label at all (group labels stand in group notes only).
    """

    notes: Sequence[LabelledNote]
    cuts: Sequence[Sequence[SentenceTags]]
    inputs: Sequence[Sequence[SentenceInput]]
    counts: sparse.csr_matrix
    gold: NDArray[np.bool_]
    struck: NDArray[np.bool_]
    eligible: NDArray[np.bool_]
    note: NDArray[np.int64]
    batch: NDArray[np.str_]


def build_dataset(notes: Sequence[LabelledNote]) -> Dataset:
    """The dataset of labelled notes, cut and struck by the same components that run in the product."""
    nlp = pipeline.build_pipeline(without=("notelint_tagger",))
    cuts, inputs, rows, gold, struck, owners = [], [], [], [], [], []
    for number, labelled in enumerate(notes):
        sentences = pipeline.tag_note(nlp, labelled.note)
        cuts.append(sentences)
        inputs.append(sentence_inputs([(s.text, s.section) for s in sentences], labelled.note.type or "individual"))
        for sentence, given, labels in zip(
            sentences, inputs[-1], project_labels(labelled.sentences, sentences), strict=True
        ):
            rows.append(featurize(given))
            gold.append([label in labels for label in LABELS])
            struck.append([struck_by(label, sentence.context) is not None for label in LABELS])
            owners.append(number)
    ends = np.cumsum([0, *(len(row.buckets) for row in rows)])
    columns = np.concatenate([row.buckets for row in rows])
    counts = sparse.csr_matrix((np.concatenate([row.values for row in rows]), columns, ends), shape=(len(rows), SIZE))
    counts.sum_duplicates()
    return Dataset(
        notes=notes,
        cuts=cuts,
        inputs=inputs,
        counts=counts,
        gold=np.array(gold),
        struck=np.array(struck),
        eligible=np.array(
            [
                [notes[owner].note.type == "group" or not label.startswith("group_") for label in LABELS]
                for owner in owners
            ]
        ),
        note=np.array(owners),
        batch=np.array([notes[owner].batch for owner in owners]),
    )
