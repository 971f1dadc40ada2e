import importlib
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from notelint.catalog import Catalog, load_catalog
from notelint.judge import judge
from notelint.nlp.pipeline import build_pipeline, tag_note
from notelint.records import LABELS, SentenceTags
from notelint.training import evaluate as ev
from notelint.training.corpus import LabelledNote, corpus_folder, read_corpus
from notelint.training.data import Dataset, build_dataset

BENCHMARK = Path(__file__).parent / "benchmark"


@pytest.fixture(scope="module")
def scorer() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCHMARK))
        return importlib.import_module("score")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="module")
def notes() -> list[LabelledNote]:
    return random.Random(7).sample(read_corpus(corpus_folder()), 60)


@pytest.fixture(scope="module")
def data(notes: list[LabelledNote]) -> Dataset:
    return build_dataset(notes)


@pytest.fixture(scope="module")
def tagged_notes(notes: list[LabelledNote]) -> list[tuple[SentenceTags, ...]]:
    nlp = build_pipeline()
    return [tag_note(nlp, labelled.note) for labelled in notes]


@pytest.fixture(scope="module")
def shown(tagged_notes: list[tuple[SentenceTags, ...]]) -> np.ndarray[Any, np.dtype[np.float32]]:
    rows = []
    for sentences in tagged_notes:
        for sentence in sentences:
            row = dict.fromkeys(LABELS, 0.0)
            row.update({tag.part: tag.probability for tag in sentence.tags if tag.reason is None})
            rows.append(list(row.values()))
    return np.array(rows, dtype=np.float32)


@pytest.fixture(scope="module")
def limits() -> dict[str, np.ndarray[Any, np.dtype[np.float32]]]:
    tagger = build_pipeline().get_pipe("notelint_tagger").tagger  # type: ignore[attr-defined]
    return {"thresholds": tagger.thresholds, "lowers": tagger.lowers}


def figures(counts: ev.Counts) -> dict[str, float]:
    return {"precision": counts.precision, "recall": counts.recall, "f1": counts.f1, "gold": counts.gold}


@pytest.fixture(scope="module")
def result(
    scorer: Any, notes: list[LabelledNote], tagged_notes: list[tuple[SentenceTags, ...]], catalog: Catalog
) -> dict[str, Any]:
    """What tests/benchmark/score.py says of the product's reports on these notes."""
    gold, predictions = [], []
    for labelled, sentences in zip(notes, tagged_notes, strict=True):
        marked = [{"start": s.start, "end": s.end, "labels": sorted(s.labels)} for s in labelled.sentences]
        gold.append(
            {
                "id": labelled.note.id,
                "text": labelled.note.text,
                "meta": {"type": labelled.note.type},
                "sentences": marked,
            }
        )
        report = judge(labelled.note, sentences, catalog)
        elements = [
            {"id": element.id, "status": element.status, "parts": _parts(element.parts)} for element in report.elements
        ]
        predictions.append({"id": labelled.note.id, "elements": elements, "other_parts": _parts(report.other_parts)})
    return dict(scorer.score(gold, predictions))


def _parts(parts: Any) -> list[dict[str, Any]]:
    return [
        {"id": part.id, "evidence": [{"start": e.start, "end": e.end, "doubtful": e.doubtful} for e in part.evidence]}
        for part in parts
    ]


def test_labels_count_as_the_scorer_does(
    result: dict[str, Any], data: Dataset, shown: np.ndarray[Any, Any], limits: dict[str, Any]
) -> None:
    counted = ev.count_labels(shown >= limits["thresholds"], ev.find_overlaps(data))
    assert set(counted) == set(result["labels"])
    for name, counts in counted.items():
        assert figures(counts) == pytest.approx(result["labels"][name]), name
    assert figures(sum(counted.values(), ev.Counts())) == pytest.approx(result["micro"])
    assert result["micro"]["f1"] > 0.5  # the comparison is about something


def test_gaps_count_as_the_scorer_does(
    result: dict[str, Any], data: Dataset, shown: np.ndarray[Any, Any], limits: dict[str, Any], catalog: Catalog
) -> None:
    counted = ev.count_gaps(ev.strongest(shown, data), data, catalog, **limits)
    elements = {check.code: check.element for check in catalog}
    own = {elements[code]: figures(counts) for code, counts in counted.items()}
    assert set(own) >= set(result["gaps"])
    for name, wanted in result["gaps"].items():
        assert own[name] == pytest.approx(wanted), name
    policy = [counts for code, counts in counted.items() if elements[code] in result["gaps"]]
    assert figures(sum(policy, ev.Counts())) == pytest.approx(result["gap_micro"])


def test_counts() -> None:
    counts = ev.Counts(3, 4, 2, 8)
    assert (counts.precision, counts.recall) == (0.75, 0.25)
    assert counts.f1 == pytest.approx(0.375)
    assert ev.Counts() + counts == counts
    assert (ev.Counts().precision, ev.Counts().recall, ev.Counts().f1) == (0, 0, 0)
    with pytest.raises(TypeError):
        counts.__add__((1, 2, 3, 4)) + 1


def test_only_kept_gold_counts(data: Dataset) -> None:
    overlaps = ev.find_overlaps(data)
    everything = np.ones(len(data.note), dtype=bool)
    kept = np.zeros(len(overlaps.labels), dtype=bool)
    label = LABELS.index("current_symptoms")
    assert ev.count_label(everything, overlaps, label, kept) == (0, len(data.note), 0, 0)
    assert ev.count_label(everything, overlaps, label, ~kept) == ev.count_label(everything, overlaps, label)


def test_a_piece_three_times_too_long_is_wrong() -> None:
    from notelint.training.corpus import LabelledSentence

    gold = [LabelledSentence(0, 20, frozenset())]
    assert ev._pairs(gold, [(0, 240)]) == [(0, 0)]
    assert ev._pairs(gold, [(0, 241)]) == []
    assert ev._pairs(gold, [(11, 40), (20, 30)]) == []


def test_usable(data: Dataset) -> None:
    usable = ev.usable(np.ones(data.gold.shape, dtype=np.float32), data)
    assert (usable == 0).tolist() == (data.struck | ~data.eligible).tolist()


def test_strongest(data: Dataset) -> None:
    values = np.random.default_rng(1).random(data.gold.shape).astype(np.float32)
    strongest = ev.strongest(values, data)
    assert strongest.shape == (len(data.notes), len(LABELS))
    assert strongest[3].tolist() == values[data.note == 3].max(axis=0).tolist()


def test_best_thresholds_are_best(data: Dataset, shown: np.ndarray[Any, Any]) -> None:
    overlaps = ev.find_overlaps(data)
    best = ev.best_thresholds(shown, overlaps)
    label = LABELS.index("intervention")
    f1 = [ev.count_label(shown[:, label] >= t, overlaps, label).f1 for t in ev.GRID]
    assert best[label] == pytest.approx(ev.GRID[int(np.argmax(f1))])
    assert ((best >= 0.04) & (best <= 0.95)).all()


@pytest.mark.parametrize("seed", [1, 2])
def test_lowers_are_never_above_thresholds(data: Dataset, catalog: Catalog, seed: int) -> None:
    random_ = np.random.default_rng(seed)
    some = data._replace(notes=data.notes[:6])
    notes = random_.random((6, len(LABELS))).astype(np.float32)
    thresholds = random_.choice(ev.GRID, len(LABELS)).astype(np.float32)
    thresholds[0] = np.float32(0.02)  # under the grid: nothing to try
    lowers = ev.best_lowers(notes, some, catalog, thresholds)
    assert (lowers <= thresholds).all()
    assert (lowers > 0).all()
    before = sum(ev.count_gaps(notes, some, catalog, lowers=thresholds, thresholds=thresholds).values(), ev.Counts())
    after = sum(ev.count_gaps(notes, some, catalog, lowers=lowers, thresholds=thresholds).values(), ev.Counts())
    assert after.pieces <= before.pieces  # more is found, so there are no more alarms
