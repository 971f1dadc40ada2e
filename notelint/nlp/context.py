"""Which sentences are no evidence, and why: history, hypotheticals, other people, unfilled prompts, boilerplate.

A rule strikes only the parts that it speaks about: "will monitor for panic" is no symptom, yet it is a plan. No
probability overrules a rule, so each rule is narrow; a test bounds how often each strikes what the corpus counts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notelint.nlp.cues import (
    ADMINISTRATIVE,
    BLANK,
    BOILERPLATE,
    CONDITION,
    FAMILY_SUBJECT,
    HISTORY,
    HYPOTHETICAL,
    NOW,
    PATIENT,
    PATIENT_NOUN,
    PROMPT_WORDS,
)
from notelint.records import LABELS

if TYPE_CHECKING:
    from collections.abc import Callable

STATE = frozenset(
    (
        "symptom_change",
        "functional_impact",
        "risk_change",
        "change_since_last",
        "remaining_limitation",
        "current_symptoms",
        "diagnosis",
    )
)
EVERYTHING = frozenset(LABELS)
STRIKES: dict[str, frozenset[str]] = {
    "history": STATE - {"diagnosis", "change_since_last", "remaining_limitation"},
    "past history section": STATE,
    "hypothetical": STATE - {"diagnosis"},
    "other person": frozenset(
        ("symptom_change", "functional_impact", "risk_change", "current_symptoms", "diagnosis", "risk_assessment")
    ),
    "unfilled prompt": EVERYTHING,
    "boilerplate": EVERYTHING,
}
"""The parts that each reason strikes."""

CLOSE = 20  # characters between a relative and the condition that is hers or his
MAX_LENGTH = 2_000  # characters; what is longer is no sentence, and rules look at its beginning only


def find_reasons(text: str, *, past_history: bool = False) -> tuple[str, ...]:
    """The reasons for which parts of this sentence do not count; `past_history`: it stands under such a heading."""
    text = text[:MAX_LENGTH]
    reasons = [reason for reason, applies in RULES.items() if applies(text)]
    return (*reasons, "past history section") if past_history and not NOW.search(text) else tuple(reasons)


def struck_by(part: str, reasons: tuple[str, ...]) -> str | None:
    """The first of the reasons that strikes the part, in the words of a report; None where it counts.

    A practice's own part may be about anything, history and consent included: only an unfilled prompt strikes it.
    """
    if part not in EVERYTHING:
        return "unfilled prompt" if "unfilled prompt" in reasons else None
    found = next((reason for reason in reasons if part in STRIKES[reason]), None)
    return "history" if found == "past history section" else found


def is_unfilled(text: str) -> bool:
    """Whether a form's prompt was left without an answer: "Response: ___", "[describe progress]", no box ticked."""
    if not BLANK.search(text):
        return False
    rest = BLANK.sub(" ", text)
    rest = rest.split(":", 1)[-1] if ":" in rest else rest
    return len([word for word in re.findall(r"[A-Za-z0-9']+", rest) if word.lower() not in PROMPT_WORDS]) < 3


def is_untaken_choice(text: str) -> bool:
    """Whether a line of boxes has none ticked: "SI: [ ] yes  [ ] no"."""
    boxes = re.findall(r"\[[ _]?\]|☐|\[[xX✓✔]\]|☑|☒", text)
    return len(boxes) > 1 and not re.search(r"\[[xX✓✔]\]|☑|☒", text)


def is_history(text: str) -> bool:
    """Whether it tells of a former episode, and says nothing of now."""
    return bool(HISTORY.search(text)) and not NOW.search(text)


def is_hypothetical(text: str) -> bool:
    """Whether it speaks of what might come: "will monitor for", "call 988 if"."""
    return bool(HYPOTHETICAL.search(text))


def is_other_person(text: str) -> bool:
    """Whether the condition is a relative's or another person's, and the patient does not come up.

    Close behind the relative ("his mother's depression has …, and she can no longer …") a pronoun means the relative.
    """
    subject = FAMILY_SUBJECT.search(text)
    condition = CONDITION.search(text, subject.end()) if subject else None
    if subject is None or condition is None:
        return False
    close = condition.start() - subject.end() <= CLOSE and not PATIENT.search(text[subject.end() : condition.start()])
    return not (PATIENT_NOUN if close else PATIENT).search(text, subject.end())


def is_boilerplate(text: str) -> bool:
    """Whether it is consent, telehealth or signature wording that stands in every note."""
    return bool(BOILERPLATE.search(text)) or bool(ADMINISTRATIVE.match(text))


RULES: dict[str, Callable[[str], bool]] = {
    "unfilled prompt": lambda text: is_unfilled(text) or is_untaken_choice(text),
    "boilerplate": is_boilerplate,
    "history": is_history,
    "hypothetical": is_hypothetical,
    "other person": is_other_person,
}


PROMPTS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"\bresponse|\breaction", re.IGNORECASE), ("patient_response",)),
    (re.compile(r"\bgoals?\b|\bobjective\b|\bproblem #", re.IGNORECASE), ("goal_link",)),
    (re.compile(r"\bprogress\b|\bchange", re.IGNORECASE), ("change_since_last",)),
    (re.compile(r"\bintervention|\btechnique", re.IGNORECASE), ("intervention",)),
    (re.compile(r"\bplan\b|\bnext\b|\bfollow", re.IGNORECASE), ("plan_next_step",)),
    (re.compile(r"\brisk\b|\bSI\b|\bHI\b|\bsuicid|\bsafety", re.IGNORECASE), ("risk_assessment",)),
    (re.compile(r"\bsymptom|\bmood\b|\bmental status", re.IGNORECASE), ("current_symptoms",)),
    (re.compile(r"\bdiagnos|\bdx\b", re.IGNORECASE), ("diagnosis",)),
    (re.compile(r"\bfunction", re.IGNORECASE), ("functional_impact",)),
)
"""Which part a prompt asks for, by its words."""
DANGER = re.compile(r"\bsuicid|\boverdos|\brelaps|\bself-harm|\bcutting|\battempt|\bSI\b", re.IGNORECASE)


def seems_like(text: str, reasons: tuple[str, ...]) -> tuple[str, ...]:
    """The parts that a hasty reader would take a struck sentence for: the report says why it did not count."""
    if "unfilled prompt" in reasons:
        return next((parts for pattern, parts in PROMPTS if pattern.search(text[:MAX_LENGTH])), ())
    if reasons and reasons[0] != "boilerplate" and CONDITION.search(text[:MAX_LENGTH]):
        return (
            ("current_symptoms", "risk_change")
            if DANGER.search(text[:MAX_LENGTH])
            else ("current_symptoms", "symptom_change")
        )
    return ()
