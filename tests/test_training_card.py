import json
from pathlib import Path
from typing import Any

import pytest

from notelint.catalog import load_catalog
from notelint.errors import UsageError
from notelint.nlp.tagger import MODEL, LinearTagger
from notelint.records import LABELS
from notelint.training import card as cards
from notelint.training.card import from_score, readme_table, render_card, update_readme, write_card
from notelint.training.corpus import corpus_folder, corpus_hash, read_corpus

FIGURES = {"precision": 0.98765, "recall": 0.5, "f1": 0.66667, "gold": 12}


@pytest.fixture(scope="module")
def shipped() -> dict[str, Any]:
    return dict(json.loads((MODEL.parent / "card.json").read_text(encoding="utf-8")))


def scores() -> dict[str, Any]:
    """What score.py --json prints, in small."""
    elements = [check.element for check in load_catalog()]
    return {
        "notes": 7,
        "labels": {"diagnosis": FIGURES},
        "micro": FIGURES,
        "macro_f1": 0.123456,
        "gaps": dict.fromkeys(elements, FIGURES),
        "gap_micro": FIGURES,
        "status_accuracy": 0.5,
    }


def test_the_shipped_model_was_trained_on_the_shipped_corpus(shipped: dict[str, Any]) -> None:
    assert shipped["corpus"]["sha256"] == corpus_hash(corpus_folder())
    assert shipped["corpus"]["notes"] == len(read_corpus(corpus_folder()))


def test_the_shipped_card_speaks_of_the_shipped_model(shipped: dict[str, Any]) -> None:
    labels = shipped["out_of_fold"]["labels"]
    assert set(labels) == set(LABELS)
    assert set(shipped["out_of_fold"]["gaps"]) >= {check.code for check in load_catalog()}
    tagger = LinearTagger.load()
    for at, label in enumerate(tagger.labels):
        assert labels[label]["threshold"] == pytest.approx(float(tagger.thresholds[at]), abs=1e-3)
        assert labels[label]["lower"] == pytest.approx(float(tagger.lowers[at]), abs=1e-3)


def test_the_shipped_card_is_rendered_from_its_figures(shipped: dict[str, Any]) -> None:
    text = (MODEL.parent / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert text.split() == render_card(shipped, size=MODEL.stat().st_size).split()


def test_rendering(shipped: dict[str, Any]) -> None:
    card = {name: value for name, value in shipped.items() if name != "valid"}
    without = render_card(card, size=1_234_567)
    assert "1.2 MB" in without
    assert "tests/benchmark/valid" not in without
    assert all(f"| {label} |" in without for label in LABELS)
    assert all(check.code in without for check in load_catalog())
    assert without.count("| ordinary") == 0
    assert "all labels, ordinary notes" in without
    assert not any(mark in without for mark in ("{kind}", "{sha256}", "None"))
    with_valid = render_card({**card, "valid": from_score(scores())}, size=1_234_567)
    assert "7 notes by other authors" in with_valid
    assert "| diagnosis | 0.988 | 0.500 | 0.667 | 12 |" in with_valid


def test_from_score() -> None:
    card = from_score(scores())
    assert card["notes"] == 7
    assert card["macro_f1"] == 0.1235
    assert card["labels"] == {"diagnosis": {"precision": 0.9877, "recall": 0.5, "f1": 0.6667, "gold": 12}}
    assert set(card["gaps"]) == {check.code for check in load_catalog()}
    assert "status_accuracy" not in card


def test_writing(shipped: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "tagger.npz").write_bytes(b"x" * 2_000_000)
    write_card(tmp_path, shipped)
    assert json.loads((tmp_path / "card.json").read_text(encoding="utf-8")) == shipped
    assert (tmp_path / "MODEL_CARD.md").read_text(encoding="utf-8") == render_card(shipped, size=2_000_000)


def test_readme(shipped: dict[str, Any], tmp_path: Path) -> None:
    card = {name: value for name, value in shipped.items() if name != "valid"}
    path = tmp_path / "README.md"
    path.write_text(f"before\n{cards.BEGIN}\nold\n{cards.END}\nafter\n", encoding="utf-8")
    update_readme(path, card)
    once = path.read_text(encoding="utf-8")
    update_readme(path, card)
    assert path.read_text(encoding="utf-8") == once
    assert once == f"before\n{cards.BEGIN}\n{readme_table(card)}\n{cards.END}\nafter\n"
    rows = readme_table(card).splitlines()
    assert len(rows) == 3 + len(list(load_catalog()))
    assert all(row.count("|") == 6 for row in rows)
    assert rows[-1].endswith("| – | – |")
    assert readme_table({**card, "valid": from_score(scores())}).splitlines()[-1].endswith("| 99% | 50% |")


@pytest.mark.parametrize("text", ["before", f"before {cards.BEGIN} after", f"before {cards.END} after"])
def test_a_readme_without_its_marks_keeps_its_text(shipped: dict[str, Any], tmp_path: Path, text: str) -> None:
    path = tmp_path / "README.md"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="E408"):
        update_readme(path, shipped)
    assert path.read_text(encoding="utf-8") == text
