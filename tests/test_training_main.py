import json
import runpy
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from notelint.catalog import load_catalog
from notelint.errors import UsageError
from notelint.nlp.tagger import MODEL, LinearTagger
from notelint.training import __main__ as commands
from notelint.training import train as training
from notelint.training.card import BEGIN, END
from notelint.training.corpus import corpus_folder

HERE = Path(__file__).parent
FIGURES = {"precision": 0.5, "recall": 0.25, "f1": 0.3333, "gold": 3}


def invoke(*arguments: str | Path) -> Result:
    return CliRunner().invoke(commands.main, [str(argument) for argument in arguments])


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A copy of the shipped model's folder."""
    shutil.copytree(MODEL.parent, tmp_path / "model", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "model"


def scores_file(folder: Path) -> Path:
    scores: dict[str, Any] = {"notes": 9, "labels": {"diagnosis": FIGURES}, "micro": FIGURES, "macro_f1": 0.4}
    scores |= {"gaps": {check.element: FIGURES for check in load_catalog()}, "gap_micro": FIGURES}
    path = folder / "scores.json"
    path.write_text(json.dumps(scores), encoding="utf-8")
    return path


def test_evaluate(model: Path) -> None:
    result = invoke("evaluate", "--model", model)
    assert result.exit_code == 0
    assert result.output.startswith("# Model card: the tagger")
    assert invoke("evaluate").output.split()[:4] == result.output.split()[:4]


def test_record(model: Path, tmp_path: Path) -> None:
    result = invoke("record", scores_file(tmp_path), "--model", model)
    assert (result.exit_code, result.output) == (0, "")
    card = json.loads((model / "card.json").read_text(encoding="utf-8"))
    assert card["valid"]["notes"] == 9
    assert "9 notes by other authors" in (model / "MODEL_CARD.md").read_text(encoding="utf-8")


def test_the_shipped_models_figures_go_into_the_readme(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readme = tmp_path / "README.md"
    monkeypatch.setattr(commands, "FOLDER", model.resolve())
    monkeypatch.setattr(commands, "README", readme)
    assert invoke("record", scores_file(tmp_path), "--model", model).exit_code == 0
    assert not readme.exists()
    readme.write_text(f"hello\n{BEGIN}\n{END}\n", encoding="utf-8")
    assert invoke("record", scores_file(tmp_path), "--model", model).exit_code == 0
    assert "| 50% | 25% |" in readme.read_text(encoding="utf-8")


def tiny_corpus(folder: Path) -> Path:
    folder.mkdir()
    for batch in ("o08", "t01"):
        notes = (corpus_folder() / f"{batch}.notes").read_text(encoding="utf-8").split("=== ")[1:7]
        (folder / f"{batch}.notes").write_text("".join(f"=== {note}" for note in notes), encoding="utf-8")
    return folder


def test_train(tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = invoke("train", "--corpus", tiny_corpus(tmp_path / "corpus"), "--out", out, "--jobs", "1", "--seed", "4")
    assert result.exit_code == 0, result.output
    assert "out of fold: micro F1" in result.output
    names = {path.name for path in out.iterdir()}
    assert names == {"tagger.npz", "out_of_fold.npz", "card.json", "MODEL_CARD.md"}
    assert json.loads((out / "card.json").read_text(encoding="utf-8"))["seed"] == 4
    assert LinearTagger.load(out / "tagger.npz").labels
    assert invoke("evaluate", "--model", out).exit_code == 0


def test_defaults_of_train(model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole corpus, its seed, and the out-of-fold scores beside the corpus, not in the package."""
    seen: dict[str, Any] = {}
    card = json.loads((model / "card.json").read_text(encoding="utf-8"))

    def fake(corpus: Path, out: Path, **options: Any) -> dict[str, Any]:
        seen.update(corpus=corpus, out=out, **options)
        return dict(card)

    monkeypatch.setattr(training, "train", fake)
    monkeypatch.setattr(commands, "FOLDER", model.resolve())
    monkeypatch.setattr(commands, "README", tmp_path / "README.md")
    monkeypatch.chdir(tmp_path)
    assert invoke("train", "--out", "model").exit_code == 0
    assert (seen["corpus"], seen["seed"], seen["jobs"]) == (corpus_folder(), training.SEED, 2)
    assert seen["scores_folder"] == corpus_folder().parent


def test_errors_are_ours(model: Path, tmp_path: Path) -> None:
    (tmp_path / "no.json").write_text("[]", encoding="utf-8")
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    cases: list[tuple[str | Path, ...]] = [
        ("train", "--corpus", HERE / "benchmark" / "valid", "--out", tmp_path / "out"),
        ("train", "--corpus", tmp_path / "absent", "--out", tmp_path / "out"),
        ("record", tmp_path / "no.json", "--model", model),
        ("record", tmp_path / "bad.json", "--model", model),
        ("record", tmp_path / "no.json", "--model", tmp_path),
        ("evaluate", "--model", tmp_path / "absent"),
    ]
    for case in cases:
        assert isinstance(invoke(*case).exception, UsageError), case
    assert not (tmp_path / "out").exists()
    assert invoke("record", tmp_path / "absent.json").exit_code == 2


def test_an_error_is_said_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.argv", ["x", "evaluate", "--model", str(tmp_path)])
    with pytest.raises(SystemExit) as caught:
        commands.run()
    assert caught.value.code == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    assert shown.err.startswith(f"notelint: {tmp_path}")
    assert "[E406]" in shown.err


def test_run_as_a_module(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["x", "--help"])
    with pytest.warns(RuntimeWarning, match="found in sys.modules"), pytest.raises(SystemExit) as caught:
        runpy.run_module("notelint.training.__main__", run_name="__main__")
    assert caught.value.code == 0
    assert "train" in capsys.readouterr().out
