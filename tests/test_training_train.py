import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from notelint.nlp import tagger as tagger_module
from notelint.nlp.components import sentence_inputs
from notelint.nlp.pipeline import build_pipeline, tag_note
from notelint.nlp.tagger import LinearTagger
from notelint.records import LABELS
from notelint.training.card import write_card
from notelint.training.corpus import LabelledNote, corpus_folder, corpus_hash, read_corpus
from notelint.training.data import build_dataset
from notelint.training.fit import Head, fit, head_features, log_odds, scores
from notelint.training.train import MODEL_FILE, SCORES_FILE, SEED, train

HERE = Path(__file__).parent
BATCHES = ("o01", "o08", "t01", "t03")
opened: list[str] = []
watching = False


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if watching and event == "open" and isinstance(arguments[0], str | bytes):
        opened.append(str(Path(arguments[0] if isinstance(arguments[0], str) else arguments[0].decode()).resolve()))


sys.addaudithook(_watch)


def write_slice(folder: Path) -> Path:
    """Ten notes of each of four batches: ordinary and vivid, single and group."""
    folder.mkdir()
    for batch in BATCHES:
        notes = (corpus_folder() / f"{batch}.notes").read_text(encoding="utf-8").split("=== ")[1:]
        groups = [note for note in notes if "type: group" in note][:2]
        chosen = groups + [note for note in notes if note not in groups][: 10 - len(groups)]
        (folder / f"{batch}.notes").write_text("".join(f"=== {note}" for note in chosen), encoding="utf-8")
    return folder


class Trained:
    def __init__(self, folder: Path) -> None:
        global watching  # noqa: PLW0603
        self.corpus = write_slice(folder / "corpus")
        self.notes: list[LabelledNote] = read_corpus(self.corpus)
        self.said: list[str] = []
        watching = True
        self.card = train(self.corpus, folder / "one", say=self.said.append, jobs=1)
        watching = False
        self.again = train(self.corpus, folder / "two", say=self.said.append, jobs=1, scores_folder=folder)
        self.folder = folder
        self.one, self.two = folder / "one", folder / "two"


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trained]:
    yield Trained(tmp_path_factory.mktemp("trained"))


def test_nothing_held_out_is_opened(trained: Trained) -> None:
    assert any(str(trained.corpus.resolve()) in path for path in opened)  # the hook sees files
    held_out = (HERE / "benchmark", HERE.parent.parent / "shared")
    assert [path for path in opened if any(Path(path).is_relative_to(folder) for folder in held_out)] == []


def test_the_same_seed_repeats_every_byte(trained: Trained) -> None:
    assert (trained.one / MODEL_FILE).read_bytes() == (trained.two / MODEL_FILE).read_bytes()
    assert (trained.one / SCORES_FILE).read_bytes() == (trained.folder / SCORES_FILE).read_bytes()
    assert not (trained.two / SCORES_FILE).exists()
    assert trained.card == trained.again
    write_card(trained.one, trained.card)
    write_card(trained.two, trained.again)
    for name in ("card.json", "MODEL_CARD.md"):
        assert (trained.one / name).read_bytes() == (trained.two / name).read_bytes()


def test_card(trained: Trained) -> None:
    card = trained.card
    assert card["corpus"]["sha256"] == corpus_hash(trained.corpus)
    assert card["corpus"]["notes"] == len(trained.notes) == 40
    assert (card["seed"], card["folds"], card["schema"]) == (SEED, 4, "notelint.model/1")
    figures = card["out_of_fold"]
    assert tuple(figures["labels"]) == LABELS
    assert set(figures["styles"]) == {"o", "t"}
    assert figures["styles"]["o"]["gold"] + figures["styles"]["t"]["gold"] == figures["micro"]["gold"]
    assert 0.2 < figures["micro"]["f1"] < 1
    assert json.loads(json.dumps(card)) == card
    assert len(trained.said) >= 4


def test_exported_arrays(trained: Trained) -> None:
    tagger = LinearTagger.load(trained.one / MODEL_FILE)
    assert tagger.labels == LABELS
    assert (tagger.lowers <= tagger.thresholds).all()
    assert np.isfinite(tagger.weights).all()
    with np.load(trained.one / SCORES_FILE, allow_pickle=False) as arrays:
        assert arrays["probabilities"].shape == (trained.card["corpus"]["sentences"], len(LABELS))


def test_component_decides_as_the_fit_that_was_exported(trained: Trained, monkeypatch: pytest.MonkeyPatch) -> None:
    data = build_dataset(trained.notes)
    tagger = LinearTagger.load(trained.one / MODEL_FILE)
    fitted = fit(data.counts, data.gold, data.eligible, jobs=1, seed=SEED)
    odds = log_odds(scores(fitted, data.counts), tagger.scales)
    wanted = Head(tagger.head_weights, tagger.head_intercepts).probabilities(head_features(odds, data.inputs))
    monkeypatch.setattr(tagger_module.LinearTagger, "load", classmethod(lambda cls: tagger))
    nlp = build_pipeline()
    at = 0
    for labelled, cut in zip(data.notes, data.cuts, strict=True):
        sentences = tag_note(nlp, labelled.note)
        assert [(s.start, s.end, s.context) for s in sentences] == [(s.start, s.end, s.context) for s in cut]
        inputs = sentence_inputs([(s.text, s.section) for s in cut], labelled.note.type or "individual")
        rows = tagger.probabilities(inputs)
        expected = wanted[at : at + len(cut)]
        assert rows == pytest.approx(expected, abs=2e-2)  # weights are kept as half floats
        clear = np.abs(expected - tagger.thresholds) > 2e-2
        assert ((rows >= tagger.thresholds) == (expected >= tagger.thresholds))[clear].all()
        for sentence, row in zip(sentences, rows, strict=True):
            given = {tag.part: tag.probability for tag in sentence.tags if tag.source == "tagger"}
            assert all(row[LABELS.index(part)] == pytest.approx(value) for part, value in given.items())
        at += len(cut)


def test_a_slice_of_notes(trained: Trained, tmp_path: Path) -> None:
    chosen = trained.notes[:10] + trained.notes[-10:]
    card = train(trained.corpus, tmp_path / "new" / "folder", say=lambda line: None, jobs=1, seed=5, notes=chosen)
    assert (card["corpus"]["notes"], card["folds"], card["seed"]) == (20, 2, 5)
    assert (tmp_path / "new" / "folder" / MODEL_FILE).is_file()
