"""`python -m notelint.training`: train the tagger, print its card, put the scores on held-out notes into it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from notelint.errors import NotelintError
from notelint.nlp.tagger import MODEL

FOLDER = MODEL.parent


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Train and measure the tagger, in a checkout. For example: python -m notelint.training train"""


@main.command(name="train")
@click.option("--corpus", type=click.Path(path_type=Path), help="Folder of labelled notes; default samples/corpus.")
@click.option("--out", type=click.Path(path_type=Path), default=FOLDER, show_default="the package", help="Folder of the model.")
@click.option("--jobs", default=2, show_default=True, help="Processes.")
@click.option("--seed", default=None, type=int, help="Random seed; the default repeats the shipped model.")
def train_command(corpus: Path | None, out: Path, jobs: int, seed: int | None) -> None:
    """Train on the corpus, choose thresholds out of fold, write model and card."""
    from notelint.training import train as training
    from notelint.training.card import write_card
    from notelint.training.corpus import corpus_folder

    folder = corpus or corpus_folder()
    scores_folder = folder.parent if out == FOLDER else out
    chosen_seed = training.SEED if seed is None else seed
    card = training.train(folder, out, say=click.echo, jobs=jobs, seed=chosen_seed, scores_folder=scores_folder)
    write_card(out, card)
    figures = card["out_of_fold"]
    click.echo(f"out of fold: micro F1 {figures['micro']['f1']:.3f}, macro {figures['macro_f1']:.3f}, gaps {figures['gap_micro']}")


@main.command()
@click.option("--model", type=click.Path(path_type=Path), default=FOLDER, show_default="the package", help="Folder of the model.")
def evaluate(model: Path) -> None:
    """Print the model card's tables."""
    from notelint.training.card import render_card

    card = json.loads((model / "card.json").read_text(encoding="utf-8"))
    click.echo(render_card(card, size=(model / "tagger.npz").stat().st_size))


@main.command()
@click.argument("scores", type=click.File(encoding="utf-8"))
@click.option("--model", type=click.Path(path_type=Path), default=FOLDER, show_default="the package", help="Folder of the model.")
def record(scores: click.utils.LazyFile, model: Path) -> None:
    """Put the scores on held-out notes (score.py --json) into the card. For example: … record scores.json"""
    from notelint.training.card import from_score, write_card

    card = json.loads((model / "card.json").read_text(encoding="utf-8"))
    card["valid"] = from_score(json.load(scores))
    write_card(model, card)


def run() -> None:
    """Run the commands; an error of ours is said in one line."""
    try:
        main(prog_name="python -m notelint.training")
    except NotelintError as error:
        click.echo(f"notelint: {error}", err=True)
        sys.exit(error.exit_code)


if __name__ == "__main__":
    run()
