"""The words of a suggestion: how the note calls the patient, the plan's own goals, and blanks for what nobody stated."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from notelint.records import Plan

if TYPE_CHECKING:
    from jinja2 import Template

TERMS: dict[str, str] = {
    "client": "client", "cl": "client", "ct": "client", "clt": "client", "patient": "patient", "pt": "patient", "resident": "resident",
    "consumer": "consumer", "member": "member", "participant": "participant", "individual": "individual", "veteran": "veteran",
    "student": "student", "couple": "couple",
}  # fmt: skip
TERM = re.compile(r"\b(" + "|".join(TERMS) + r")s?\b", re.IGNORECASE)
NO_PATIENT = re.compile(r"\b(?:group members?|family members?|individual (?:therapy|session|counseling|psychotherapy))\b", re.IGNORECASE)
READ = 20_000  # characters of the note that are looked at
MAX_GOALS = 6
MAX_GOAL = 120  # characters of a goal that are quoted


def patient_term(text: str) -> str:
    """How the note calls the patient, with its article: "the client", "the patient", "the resident" …; "the client" by default."""
    counts = Counter(TERMS[match[1].lower()] for match in TERM.finditer(NO_PATIENT.sub(" ", text[:READ])))
    return f"the {counts.most_common(1)[0][0]}" if counts else "the client"


def goal_phrase(plan: Plan | None) -> str:
    """"Goal [number]: [goal]", or the plan's own goal, or its goals to choose from in brackets."""
    goals = [f"{goal.id}: {shorten(goal.text, MAX_GOAL)}" for goal in plan.goals[:MAX_GOALS]] if plan else []
    if not goals:
        return "Goal [number]: [goal]"
    return f"Goal {goals[0]}" if len(goals) == 1 else f"Goal [{' | '.join(goals)}]"


def shorten(text: str, length: int = 160) -> str:
    """One line of at most `length` characters, cut at a word where it is too long."""
    line = re.sub(r"\s+", " ", text).strip()
    return line if len(line) <= length else line[: length - 1].rsplit(" ", 1)[0] + "…"


class Wording:
    """Renders the wording of checks for one note, in Jinja2's sandbox with the names `patient` and `goal` only."""

    def __init__(self, text: str, plan: Plan | None) -> None:
        self.text, self.plan = text, plan
        self.names: dict[str, str] | None = None

    def render(self, wording: str) -> str:
        """The wording with its names filled in."""
        if "{{" not in wording and "{%" not in wording:
            return wording
        if self.names is None:
            self.names = {"patient": patient_term(self.text), "goal": goal_phrase(self.plan)}
        rendered: str = _template(wording).render(self.names)
        return rendered[:1].upper() + rendered[1:]


@lru_cache(maxsize=256)
def _template(wording: str) -> Template:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=False).from_string(wording)
