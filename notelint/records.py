"""What passes between the steps: notes, plans, evidence, findings and reports. Frozen, checked at the door.

Offsets count code points of the decoded text (byte-order mark removed, line ends as they are).
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, field_validator

LABELS = (
    "symptom_change", "functional_impact", "risk_change", "session_target", "goal_link", "goal_vague",
    "patient_response", "change_since_last", "remaining_limitation", "continued_care_reason",
    "frequency_statement", "frequency_change", "frequency_rationale", "level_of_care_rationale",
    "group_engagement", "group_skill", "group_response", "group_next_step", "group_generic", "diagnosis",
    "current_symptoms", "risk_assessment", "intervention", "plan_next_step",
)  # fmt: skip
"""The parts that a sentence can document, in GUIDELINE.md's order."""

MAX_NOTE_CHARACTERS = 1_000_000

NoteType = Literal["individual", "group", "family", "intake", "medication", "other"]
LevelOfCare = Literal["outpatient", "iop", "php", "residential", "inpatient", "other"]
Status = Literal["met", "partial", "missing", "not_applicable"]
Level = Literal["error", "warning", "suggestion"]
LEVELS: tuple[Level, ...] = ("error", "warning", "suggestion")
GAPS: tuple[Status, ...] = ("partial", "missing")


class Record(BaseModel):
    """Base of all records: frozen, unknown keys refused, and error messages never quote the input."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


def level_of_care(text: str | None) -> LevelOfCare:
    """outpatient, iop, php, residential, inpatient or other, from whatever wording; None is outpatient."""
    words = (text or "outpatient").lower()
    signs: tuple[tuple[LevelOfCare, tuple[str, ...]], ...] = (
        ("iop", ("iop", "intensive outpatient")),
        ("php", ("php", "partial")),
        ("residential", ("residential",)),
        ("inpatient", ("inpatient", "hospital", "detox")),
        ("outpatient", ("outpatient", "op")),
    )
    return next((name for name, found in signs if any(sign in words for sign in found)), "other")


class Note(Record):
    """One session note and what is known about it. Only `text` is required.

    `text` is the decoded text as given, never altered; the note proper begins at `body_start` (behind front matter).
    `other` holds metadata that notelint does not know, passed through to the output.
    """

    text: str = Field(max_length=MAX_NOTE_CHARACTERS, repr=False)
    body_start: int = Field(default=0, ge=0)
    id: str = ""
    path: str = ""
    line: int | None = None
    type: NoteType | None = None
    date: datetime.date | None = None
    patient_id: str | None = None
    patient_names: tuple[str, ...] = Field(default=(), repr=False)
    clinician_id: str | None = None
    provider_npi: str | None = None
    program: str | None = None
    payer: str | None = None
    group_session_id: str | None = None
    group_size: int | None = Field(default=None, ge=0)
    cpt: str | None = None
    modifiers: tuple[str, ...] = ()
    minutes: int | None = Field(default=None, ge=0, le=24 * 60)
    start: datetime.time | None = None
    end: datetime.time | None = None
    place_of_service: str | None = None
    level_of_care: LevelOfCare | None = None
    diagnoses: tuple[str, ...] = ()
    signed_at: datetime.datetime | None = None
    credentials: str | None = None
    other: Mapping[str, JsonValue] = Field(default_factory=dict, repr=False)

    @field_validator("level_of_care", mode="before")
    @classmethod
    def _normalize_level_of_care(cls, value: object) -> object:
        return level_of_care(value) if isinstance(value, str) else value

    @field_validator(
        "id", "patient_id", "clinician_id", "group_session_id", "provider_npi", "cpt", "place_of_service", mode="before"
    )
    @classmethod
    def _number_as_text(cls, value: object) -> object:
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else value

    def metadata(self) -> dict[str, Any]:
        """What is known about the note besides its text, JSON-ready, unknown keys included, absent ones left out."""
        apart = {"text", "body_start", "id", "path", "line", "other"}
        known = self.model_dump(mode="json", exclude=apart, exclude_defaults=True)
        return {**self.other, **known}


class Problem(Record):
    """What of an input could not be read, or not wholly: where, why, and what to do. No note text.

    `lost`: whether something was left unread; else it is a notice, and touches no exit code.
    """

    code: str
    lost: bool = True
    path: str
    line: int | None = None
    message: str
    cure: str = ""

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        cure = f" {self.cure}" if self.cure else ""
        return f"{where}: {self.message}{cure} [{self.code}]"


class Objective(Record):
    """An objective of a treatment plan's goal."""

    id: str
    text: str


class Goal(Record):
    """A goal of a treatment plan."""

    id: str
    text: str
    objectives: tuple[Objective, ...] = ()


class Frequency(Record):
    """`visits` every `every` days, weeks or months."""

    visits: float = Field(gt=0)
    per: Literal["day", "week", "month"]
    every: float = Field(default=1, gt=0)


class Plan(Record):
    """A patient's treatment plan."""

    patient: str
    effective: datetime.date | None = None
    review_due: datetime.date | None = None
    diagnoses: tuple[str, ...] = ()
    goals: tuple[Goal, ...] = ()
    frequency: Frequency | None = None
    level_of_care: str | None = None
    owner: str | None = None


class Evidence(Record):
    """A span of the note that documents a part, or that seems to but does not count.

    `probability` is the tagger's; at or above `threshold` the evidence is sure, from `lower` up it is doubtful.
    `reason` says why it does not count ("history", "hypothetical", "other person", "unfilled prompt", "boilerplate"),
    None where it does.
    """

    part: str
    start: int
    end: int
    text: str = Field(repr=False)
    section: str | None
    source: str
    probability: float
    threshold: float
    lower: float
    reason: str | None = None

    @property
    def doubtful(self) -> bool:
        """Whether the tagger is not sure: found, but only between the two thresholds."""
        return self.probability < self.threshold


class SentenceTags(Record):
    """One sentence of the note with everything that the tagger and the context rules said about it (`--explain`)."""

    start: int
    end: int
    text: str = Field(repr=False)
    section: str | None
    context: tuple[str, ...] = ()
    tags: tuple[Evidence, ...] = ()


class PartReport(Record):
    """A part of an element, with the evidence found for it."""

    id: str
    evidence: tuple[Evidence, ...] = ()


class ElementReport(Record):
    """How one payer-sensitive element stands in a note.

    `doubtful`: whether it is met only by doubtful evidence; such an element gets neither finding nor praise, but a
    question.
    """

    id: str
    code: str
    title: str
    status: Status
    doubtful: bool = False
    parts: tuple[PartReport, ...] = ()
    not_counted: tuple[Evidence, ...] = ()

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All evidence of the element's parts, in the note's order."""
        return tuple(sorted((e for part in self.parts for e in part.evidence), key=lambda e: (e.start, e.end)))


class Finding(Record):
    """One missing fact: what was looked for, the question that asks for it and a sentence starter with blanks.

    `start` and `end` mark the nearest thing found in the note, None where there is nothing. `shown`: whether a person
    sees it by default.
    """

    code: str
    name: str
    level: Level
    element: str
    need: str
    message: str
    ask: str
    starter: str
    shown: bool
    start: int | None = None
    end: int | None = None


class Question(Record):
    """Doubtful evidence put as a question: "perhaps: '…'?"."""

    element: str
    part: str
    start: int
    end: int
    text: str = Field(repr=False)


class NoteReport(Record):
    """Everything notelint says about one note."""

    note: Note
    elements: tuple[ElementReport, ...] = ()
    other_parts: tuple[PartReport, ...] = ()
    findings: tuple[Finding, ...] = ()
    questions: tuple[Question, ...] = ()
    sentences: tuple[SentenceTags, ...] = ()

    @property
    def shown(self) -> tuple[Finding, ...]:
        """The findings that a person sees by default, most valuable first."""
        return tuple(finding for finding in self.findings if finding.shown)
