"""card.json → MODEL_CARD.md: what the model is, how right it is, and what it can't do."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from notelint.catalog import load_catalog
from notelint.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

BEGIN, END = "<!-- error rates: written by make train and make score -->", "<!-- end of the error rates -->"
INTRODUCTION = """\
# Model card: the tagger

{kind}. {size:.1f} MB of plain arrays (no pickle), trained on {notes:,} invented notes ({sentences:,} sentences as
notelint cuts them; `samples/corpus/`, SHA-256 `{sha256}`), seed {seed}, {versions}.
`make train` repeats it in about five minutes on two cores.

All figures count as `tests/benchmark/score.py` does: sentences as notelint cuts them, after the context rules.
A *gap* is an element that is missing or partial; the precision of gaps is the share of right alarms.
"""

LIMITS = """\
## Limits

- All notes of the corpus are invented. Real notes are harder: expect a lower precision and recall than printed here.
- English only, behavioral health only. Handwriting, scans and speech-recognition errors were never seen.
- Run-ons and shorthand without line breaks lose several points to the cutting of sentences alone.
- The rarest parts (`frequency_change`, `level_of_care_rationale`, `risk_change`, the group parts) have few examples:
  see their rows.
- A check whose gaps are right in less than 85 of 100 alarms (out of fold) is a suggestion, below 70 a preview: a test
  holds them to it.
- Not legal advice, no promise of payment.
"""


def render_card(card: Mapping[str, Any], *, size: int) -> str:
    """The card as Markdown; `size` of the model in bytes."""
    corpus, versions = card["corpus"], ", ".join(f"{name} {number}" for name, number in card["versions"].items())
    head = INTRODUCTION.format(
        kind=card["kind"].capitalize(), size=size / 1e6, seed=card["seed"], versions=versions, **corpus
    )
    parts = [head, f"## Out of fold ({card['folds']} folds, whole batches left out)\n", _scores(card["out_of_fold"])]
    if "valid" in card:
        size_of = f"{card['valid']['notes']} notes by other authors"
        note = f"## On `tests/benchmark/valid` ({size_of}; scored once, `make score`)\n"
        parts += [note, _scores(card["valid"])]
    return "\n".join([*parts, LIMITS])


def from_score(result: Mapping[str, Any]) -> dict[str, Any]:
    """What score.py --json prints, in the form of the card."""
    codes = {check.element: check.code for check in load_catalog()}
    return {
        "notes": result["notes"],
        "labels": {name: _rounded(figures) for name, figures in result["labels"].items()},
        "micro": _rounded(result["micro"]),
        "macro_f1": round(result["macro_f1"], 4),
        "gaps": {codes[element]: _rounded(figures) for element, figures in result["gaps"].items()},
        "gap_micro": _rounded(result["gap_micro"]),
    }


def write_card(folder: Path, card: Mapping[str, Any]) -> None:
    """Write card.json and MODEL_CARD.md beside the model."""
    (folder / "card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    size = (folder / "tagger.npz").stat().st_size
    (folder / "MODEL_CARD.md").write_text(render_card(card, size=size), encoding="utf-8")


def update_readme(path: Path, card: Mapping[str, Any]) -> None:
    """Write the card's short table into the README, between its two marks. Raises UsageError where one is missing."""
    head, begin, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not (begin and end):
        raise UsageError("E408", "The marks of the error rates are missing.", where=str(path), cure="Put them back.")
    path.write_text(f"{head}{BEGIN}\n{readme_table(card)}\n{END}{tail}", encoding="utf-8")


def readme_table(card: Mapping[str, Any]) -> str:
    """How often each check is right: out of fold, and on held-out notes by other authors."""
    out, held = card["out_of_fold"], card.get("valid", {"gaps": {}, "gap_micro": None})
    rows = [
        "| check | right alarms | gaps found | held out: right | held out: found |",
        "| --- | --- | --- | --- | --- |",
    ]
    for check in load_catalog():
        rows.append(
            _rates(f"{check.code} {check.title.lower()}", out["gaps"][check.code], held["gaps"].get(check.code))
        )
    return "\n".join([*rows, _rates("**all (the policy's ten)**", out["gap_micro"], held["gap_micro"])])


def _rates(name: str, out: Mapping[str, Any], held: Mapping[str, Any] | None) -> str:
    figures = [out["precision"], out["recall"], *((held["precision"], held["recall"]) if held else ())]
    cells = [f"{figure:.0%}" for figure in figures] + ["–"] * (4 - len(figures))
    return f"| {name} | {' | '.join(cells)} |"


def _rounded(figures: Mapping[str, Any]) -> dict[str, Any]:
    return {name: round(value, 4) for name, value in figures.items()}


def _scores(figures: Mapping[str, Any]) -> str:
    rows = [_row(name, values) for name, values in figures["labels"].items()]
    rows.append(_row("**all labels (micro)**", figures["micro"]))
    rows += [_row(f"all labels, {_STYLES[style]} notes", values) for style, values in figures.get("styles", {}).items()]
    rows.append(f"| macro F1 | | | {figures['macro_f1']:.3f} | |")
    names = {check.code: check.title for check in load_catalog()}
    gaps = [_row(f"{code} {names[code].lower()}", values) for code, values in figures["gaps"].items()]
    gaps.append(_row("**all gaps (the policy's ten)**", figures["gap_micro"]))
    head = "| {} | precision | recall | F1 | gold |\n| --- | --- | --- | --- | --- |\n"
    return "\n".join([head.format("sentences") + "\n".join(rows), "", head.format("gaps") + "\n".join(gaps), ""])


_STYLES = {"o": "ordinary", "t": "vivid"}


def _row(name: str, values: Mapping[str, Any]) -> str:
    figures = " | ".join(f"{values[key]:.3f}" for key in ("precision", "recall", "f1"))
    return f"| {name} | {figures} | {values['gold']} |"
