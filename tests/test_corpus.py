"""The labelled corpus: whole, balanced, without copies of itself or of the notes that judge the model."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from notelint.training.corpus import LabelledNote, corpus_folder, read_corpus, read_notes_file

ROOT = Path(__file__).parents[1]
RARE = (
    "level_of_care_rationale", "frequency_change", "frequency_rationale", "risk_change", "continued_care_reason",
    "group_engagement", "group_skill", "group_response", "group_next_step",
)  # fmt: skip
WORDS = 6  # of a shingle
SHARED = 0.25  # of a note's shingles; independently written notes share under a tenth
LONG = 60  # characters; a shorter line may be a stock phrase


@pytest.fixture(scope="module")
def corpus() -> list[LabelledNote]:
    return read_corpus(corpus_folder())


@pytest.fixture(scope="module")
def held_out() -> list[LabelledNote]:
    return [note for path in sorted((ROOT / "tests/benchmark/valid").glob("*.notes")) for note in read_notes_file(path)]


def shingles(note: LabelledNote) -> set[str]:
    words = re.findall(r"[a-z0-9']+", note.note.text.lower())
    return {" ".join(words[at : at + WORDS]) for at in range(len(words) - WORDS + 1)}


def copies(notes: list[LabelledNote], others: list[LabelledNote]) -> list[tuple[str, str, float]]:
    """Pairs that share more of the smaller one's shingles than notes by different hands do."""
    where: defaultdict[str, list[int]] = defaultdict(list)
    sets = [shingles(note) for note in others]
    for number, found in enumerate(sets):
        for shingle in found:
            where[shingle].append(number)
    pairs = []
    for note in notes:
        mine = shingles(note)
        for number, shared in Counter(at for shingle in mine for at in where.get(shingle, ())).items():
            share = shared / max(1, min(len(mine), len(sets[number])))
            if share > SHARED and others[number].note.id != note.note.id:
                pairs.append((note.note.id, others[number].note.id, round(share, 2)))
    return pairs


def test_size(corpus: list[LabelledNote]) -> None:
    assert len(corpus) >= 1_800
    assert sum(len(note.sentences) for note in corpus) >= 35_000
    assert len({note.note.id for note in corpus}) == len(corpus)


def test_datasheet_states_its_size(corpus: list[LabelledNote]) -> None:
    datasheet = (corpus_folder() / "README.md").read_text(encoding="utf-8")
    files = len({note.batch for note in corpus})
    sentences = sum(len(note.sentences) for note in corpus)
    assert (
        f"{len(corpus):,} behavioral-health session notes in {files} files (batches), {sentences:,} sentences"
        in datasheet
    )
    types = Counter(note.note.type for note in corpus)
    order = ("individual", "group", "medication", "intake", "family")
    assert ", ".join(f"{types[kind]:,} {kind}" for kind in order) in datasheet


def test_balance(corpus: list[LabelledNote]) -> None:
    labels = Counter(label for note in corpus for sentence in note.sentences for label in sentence.labels)
    assert {label: labels[label] for label in RARE if labels[label] < 300} == {}
    assert labels["goal_vague"] >= 150
    types = Counter(note.note.type for note in corpus)
    assert types["group"] >= 250
    assert min(types[kind] for kind in ("intake", "medication", "family")) >= 80
    ordinary = sum(note.batch.startswith("o") for note in corpus)
    assert ordinary / len(corpus) > 0.5


def test_guideline_rules_that_a_machine_can_check(corpus: list[LabelledNote]) -> None:
    for note in corpus:
        for sentence in note.sentences:
            assert not {"goal_link", "goal_vague"} <= sentence.labels, note.note.id
            group = [label for label in sentence.labels if label.startswith("group_")]
            assert not group or note.note.type == "group", note.note.id


def test_no_note_is_a_copy_of_another(corpus: list[LabelledNote]) -> None:
    assert copies(corpus, corpus) == []


def test_no_note_resembles_a_held_out_one(corpus: list[LabelledNote], held_out: list[LabelledNote]) -> None:
    assert len(held_out) == 90
    assert copies(corpus, held_out) == []
    theirs = {n.note.text[s.start : s.end] for n in held_out for s in n.sentences if s.end - s.start >= LONG}
    ours = {n.note.text[s.start : s.end] for n in corpus for s in n.sentences}
    assert theirs & ours == set()


def test_copies_are_seen(corpus: list[LabelledNote]) -> None:
    first = corpus[0]
    renamed = first._replace(note=first.note.model_copy(update={"id": "copy", "text": first.note.text + " One more."}))
    assert [pair[:2] for pair in copies([renamed], corpus)] == [("copy", first.note.id)]
