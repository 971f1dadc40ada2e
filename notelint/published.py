"""The published error rates: what the model's card says about each check."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from notelint.resources import PACKAGE


@cache
def _card() -> dict[str, Any]:
    card: dict[str, Any] = json.loads((PACKAGE / "nlp" / "model" / "card.json").read_text(encoding="utf-8"))
    return card


def gap_precision() -> dict[str, float]:
    """Share of right alarms by check code, out of fold."""
    return {code: float(figures["precision"]) for code, figures in _card()["out_of_fold"]["gaps"].items()}


def error_rates(code: str) -> str:
    """One sentence on how often a check is right, out of fold and on held-out notes; "not measured." for an own one."""
    out, held = _card()["out_of_fold"]["gaps"].get(code), _card().get("valid", {}).get("gaps", {}).get(code)
    if out is None:
        return "not measured."
    text = f"{out['precision']:.0%} of its alarms are right and it finds {out['recall']:.0%} of the gaps"
    text += f" (out of fold, {out['gold']} gaps)"
    if held is None:
        return text + "."
    rates = f"{held['precision']:.0%} and {held['recall']:.0%}"
    return f"{text}; {rates} on held-out notes by other authors ({held['gold']} gaps)."
