"""The words of a suggestion: what the note calls the patient, the plan's goals, and blanks for what nobody stated."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from notelint.config import line_of, read_toml
from notelint.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2 import Template
    from jinja2.sandbox import SandboxedEnvironment

    from notelint.catalog import Check
    from notelint.records import Plan

TERMS = {
    "client": "client", "cl": "client", "ct": "client", "clt": "client", "patient": "patient", "pt": "patient",
    "resident": "resident", "consumer": "consumer",
}  # fmt: skip
ROLES = r"couple|individual|member|participant|student|veteran"  # words for other people and things, too
TERM = re.compile(
    rf"\b({'|'.join(TERMS)})\b"
    rf"|(?:\b(?:the|this|with)\s+|(?:^|[.!?]\s)[ \t]{{0,8}})({ROLES})\b"
    r"(?!\s+(?:of|and|therapy|sessions?|counseling|psychotherapy|progress)\b)"
    r"(?=(?:'s)?\s+[a-z]+(?:s|ed|d)\b|[.,;'])",
    re.IGNORECASE | re.MULTILINE,
)
READ = 20_000  # characters of the note that are looked at
MAX_GOALS = 6
MAX_GOAL = 120  # characters of a goal that are quoted
BLANK_GOAL = "Goal [number]: [goal]"
DEFAULT_TERM = "the client"
NAMES = ("patient", "goal")


def patient_term(text: str) -> str:
    """What the note calls the patient: "the client", "the patient", "the resident" …; "the client" by default."""
    words = (match[1] or match[2] for match in TERM.finditer(text[:READ]))
    counts = Counter(TERMS.get(word.lower(), word.lower()) for word in words)
    return f"the {counts.most_common(1)[0][0]}" if counts else DEFAULT_TERM


def goal_phrase(plan: Plan | None) -> str:
    """The plan's own goal, its goals to choose from in brackets, or a blank: `Goal [number]: [goal]`."""
    goals = [f"{goal.id}: {shorten(goal.text, MAX_GOAL)}" for goal in plan.goals[:MAX_GOALS]] if plan else []
    if plan is None or not goals:
        return BLANK_GOAL
    more = " | …" if len(plan.goals) > MAX_GOALS else ""
    return f"Goal {goals[0]}" if len(goals) == 1 else f"Goal [{' | '.join(goals)}{more}]"


def shorten(text: str, length: int = 160) -> str:
    """One line of at most `length` characters, cut at a word where it is too long."""
    line = re.sub(r"\s+", " ", text).strip()
    return line if len(line) <= length else line[: length - 1].rsplit(" ", 1)[0] + "…"


def with_blanks(wording: str) -> str:
    """The wording as it reads where nothing is known of note and plan. Without Jinja, for a quick start."""
    blanks = {"patient": DEFAULT_TERM, "goal": BLANK_GOAL}
    return _capitalized(re.sub(rf"\{{\{{\s*({'|'.join(NAMES)})\s*\}}\}}", lambda match: blanks[match[1]], wording))


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
        return _capitalized(_template(wording).render(self.names))


def check_wording(checks: Iterable[Check]) -> None:
    """Raises UsageError, with file and line, for an `ask` or `starter` that can't be rendered for every note."""
    for check in checks:
        for number, need in enumerate(check.needs):
            for key, wording in (("ask", need.ask), ("starter", need.starter)):
                reason = _fault(wording)
                if reason is not None:
                    where = f"{check.path}:{line_of(read_toml(Path(check.path)), ['needs', number, key])}"
                    message = f"The '{key}' of need '{need.name}' can't be filled in: {reason}."
                    raise UsageError("E219", message, where=where, cure="Use {{ patient }} and {{ goal }} only.")


def _fault(wording: str) -> str | None:
    """Why a wording can't be rendered, None where it can."""
    if "{{" not in wording and "{%" not in wording:
        return None
    from jinja2.meta import find_undeclared_variables

    try:
        unknown = find_undeclared_variables(_environment().parse(wording)) - set(NAMES)
        if unknown:
            return f"there is no name '{min(unknown)}'"
        Wording("", None).render(wording)
    except Exception as error:  # noqa: BLE001  (a template may fail in any way that an expression can)
        return str(error).strip().rstrip(".") or type(error).__name__
    return None


def _capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]


@cache
def _environment() -> SandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    environment.globals.clear()
    return environment


@lru_cache(maxsize=256)
def _template(wording: str) -> Template:
    return _environment().from_string(wording)
