"""`python -m notelint.training`: train the tagger, print its card, put the scores on held-out notes into it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from notelint.errors import NotelintError, UsageError
from notelint.nlp.tagger import MODEL
from notelint.resources import PACKAGE

FOLDER = MODEL.parent.resolve()
README = PACKAGE.parent / "README.md"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Train and measure the tagger, in a checkout. For example: python -m notelint.training train"""


@main.command(name="train")
@click.option("--corpus", type=click.Path(path_type=Path), help="Folder of labelled notes; default samples/corpus.")
@click.option(
    "--out", type=click.Path(path_type=Path), default=FOLDER, show_default="the package", help="Folder of the model."
)
@click.option("--jobs", default=2, show_default=True, help="Processes.")
@click.option("--seed", default=None, type=int, help="Random seed; the default repeats the shipped model.")
def train_command(corpus: Path | None, out: Path, jobs: int, seed: int | None) -> None:
    """Train on the corpus, choose thresholds out of fold, write model and card."""
    from notelint.training import train as training
    from notelint.training.corpus import corpus_folder

    folder = corpus or corpus_folder()
    scores_folder = folder.parent if out.resolve() == FOLDER else out
    chosen_seed = training.SEED if seed is None else seed
    card = training.train(folder, out, say=click.echo, jobs=jobs, seed=chosen_seed, scores_folder=scores_folder)
    _publish(out, card)
    figures = card["out_of_fold"]
    micro, macro = figures["micro"]["f1"], figures["macro_f1"]
    click.echo(f"out of fold: micro F1 {micro:.3f}, macro {macro:.3f}, gaps {figures['gap_micro']}")


@main.command()
@click.option(
    "--model", type=click.Path(path_type=Path), default=FOLDER, show_default="the package", help="Folder of the model."
)
def evaluate(model: Path) -> None:
    """Print the model card's tables."""
    from notelint.training.card import render_card

    click.echo(render_card(_read_card(model), size=(model / "tagger.npz").stat().st_size))


@main.command()
@click.argument("scores", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--model", type=click.Path(path_type=Path), default=FOLDER, show_default="the package", help="Folder of the model."
)
def record(scores: Path, model: Path) -> None:
    """Put the scores on held-out notes (score.py --json) into the card. For example: … record scores.json"""
    from notelint.training.card import from_score

    card = _read_card(model)
    try:
        card["valid"] = from_score(json.loads(scores.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        cure = "Write the file with score.py --json."
        raise UsageError("E405", "These are no scores.", where=str(scores), cure=cure) from error
    _publish(model, card)


def _read_card(folder: Path) -> dict[str, Any]:
    """The card beside a model. Raises UsageError where there is none."""
    try:
        card: dict[str, Any] = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        cure = "python -m notelint.training train writes one."
        raise UsageError("E406", "There is no model card here.", where=str(folder), cure=cure) from error
    return card


def _publish(folder: Path, card: dict[str, Any]) -> None:
    """Write the card beside the model; that of the shipped model goes into the README too."""
    from notelint.training.card import update_readme, write_card

    write_card(folder, card)
    if folder.resolve() == FOLDER and README.is_file():
        update_readme(README, card)


def run() -> None:
    """Run the commands; an error of ours is said in one line."""
    try:
        main(prog_name="python -m notelint.training")
    except NotelintError as error:
        click.echo(f"notelint: {error}", err=True)
        sys.exit(error.exit_code)


if __name__ == "__main__":
    run()
