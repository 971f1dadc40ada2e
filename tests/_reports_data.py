"""Reports for the tests of notelint.reports, built by hand (importable by `pythonpath = tests` of setup.cfg)."""

from __future__ import annotations

import datetime
import io
from typing import Any

from notelint.catalog import Catalog, Check, Example, Need, Source
from notelint.records import (
    ElementReport,
    Evidence,
    Finding,
    Note,
    NoteReport,
    PartReport,
    Problem,
    Question,
    SentenceTags,
)
from notelint.reports import ReportOptions, open_writer

TEXT = """\
S: Client reports panic is back, three attacks this week after two quiet months 😔. She left work early on Tuesday \
because of one. Panic attacks in college, treated with paroxetine.
O: Tense, restless, speech fast at first. PHQ-9 is 14.
A: Did an interoceptive exposure (straw breathing, 3 rounds) and reviewed the panic log. She was willing, distress \
fell from 8 to 4. Working toward treatment goals.
Denies SI and HI.
P: Straw breathing daily, log it. Will look at the bus ride again next Thursday.
"""
ELEMENTS = (
    ("NL101", "why_now", "Why now", "missing-why-now", "reason", ("symptom_change", "functional_impact")),
    ("NL102", "goal_link", "Goal link", "missing-goal-link", "goal", ("goal_link",)),
    ("NL103", "progress_response", "Progress and response", "missing-progress", "need", ("remaining_limitation",)),
    ("NL104", "frequency_rationale", "Frequency", "missing-frequency-reason", "reason", ("frequency_rationale",)),
    ("NL201", "group_participation", "Group participation", "missing-participation", "skill", ("group_skill",)),
    ("NL105", "symptoms_diagnosis", "Symptoms and diagnosis", "missing-diagnosis", "diagnosis", ("diagnosis",)),
    ("NL106", "functional_impact", "Functional impact", "missing-impact", "impact", ("functional_impact",)),
    ("NL107", "risk", "Risk", "missing-risk", "risk", ("risk_assessment", "risk_change")),
    ("NL108", "continued_care", "Continued care", "missing-continued-care", "reason", ("continued_care_reason",)),
    ("NL109", "plan", "Plan", "missing-plan", "next step", ("plan_next_step",)),
)


def check(code: str, element: str, title: str, name: str, need: str, any_of: tuple[str, ...], **more: Any) -> Check:
    """A check of one need."""
    return Check(
        code=code,
        element=element,
        title=title,
        name=name,
        level=more.pop("level", "warning"),
        since="0.1",
        status="stable",
        question=f"{title}?",
        why=f"A reviewer looks for: {title.lower()}.",
        sources=(Source(title="Guide", url=f"https://example.org/{code}", accessed=datetime.date(2026, 11, 1)),),
        needs=(Need(name=need, any_of=any_of, ask="…?", starter="[…]"),),
        examples=(Example(text="Yes.", status="met"), Example(text="No.", status="missing")),
        **more,
    )


def catalog() -> Catalog:
    """Ten checks, the eighth a suggestion and off."""
    checks = [check(*row, level="suggestion" if row[0] == "NL108" else "warning") for row in ELEMENTS]
    return Catalog(checks=tuple(sorted(checks, key=lambda one: one.code)), off=frozenset({"NL108"}))


def evidence(
    text: str, quote: str, part: str, *, probability: float = 0.91234567, reason: str | None = None
) -> Evidence:
    """The evidence `quote`, where it stands in `text`."""
    start = text.index(quote)
    return Evidence(
        part=part,
        start=start,
        end=start + len(quote),
        text=quote,
        section="subjective",
        source="tagger",
        probability=probability,
        threshold=0.6,
        lower=0.4,
        reason=reason,
    )


def finding(code: str, *, shown: bool = True, **more: Any) -> Finding:
    """A finding of a check of `catalog()`."""
    row = next(row for row in ELEMENTS if row[0] == code)
    fields: dict[str, Any] = {
        "code": code,
        "name": row[3],
        "level": "warning",
        "element": row[1],
        "need": row[4],
        "message": f"A reader who wasn't there can't see this yet: {row[2].lower()}.",
        "ask": f"What about this: {row[2].lower()}?",
        "starter": "Because of [symptom], [what was missed or done differently].",
        "shown": shown,
    }
    return Finding(**{**fields, **more})


def element(
    name: str,
    status: str,
    found: tuple[Evidence, ...] = (),
    *,
    not_counted: tuple[Evidence, ...] = (),
    doubtful: bool = False,
) -> ElementReport:
    """An element of `catalog()`, its evidence grouped by parts."""
    row = next(row for row in ELEMENTS if row[1] == name)
    parts = tuple(
        PartReport(id=part, evidence=tuple(one for one in found if one.part == part))
        for part in dict.fromkeys(one.part for one in found)
    )
    fields: dict[str, Any] = {"status": status, "doubtful": doubtful}
    return ElementReport(id=name, code=row[0], title=row[2], parts=parts, not_counted=not_counted, **fields)


def report(text: str = TEXT, **note: Any) -> NoteReport:
    """A whole report over `TEXT`, or over a text that contains it."""
    panic = evidence(
        text, "Client reports panic is back, three attacks this week after two quiet months 😔.", "symptom_change"
    )
    work = evidence(text, "She left work early on Tuesday because of one.", "functional_impact", probability=0.7)
    college = evidence(text, "Panic attacks in college, treated with paroxetine.", "diagnosis", reason="history")
    willing = evidence(text, "She was willing, distress fell from 8 to 4.", "patient_response")
    vague = evidence(text, "Working toward treatment goals.", "goal_vague")
    scale = evidence(text, "PHQ-9 is 14.", "current_symptoms", probability=0.52)
    denies = evidence(text, "Denies SI and HI.", "risk_assessment", probability=0.5)
    bus = evidence(text, "Will look at the bus ride again next Thursday.", "plan_next_step", probability=0.95)
    daily = evidence(text, "Straw breathing daily, log it.", "plan_next_step")
    exposure = evidence(text, "interoceptive exposure (straw breathing, 3 rounds)", "intervention")
    present = evidence(text, "panic is back", "current_symptoms")
    known = {"id": "note-7", "path": "march/note 7.txt", "type": "individual", "date": datetime.date(2026, 3, 5)}
    starter = "You mention 'treatment goals': worked on Goal [number]: [goal]."
    return NoteReport(
        note=Note(text=text, **{**known, **note}),
        elements=(
            element("why_now", "met", (panic, work)),
            element("goal_link", "partial", (vague,)),
            element("progress_response", "partial", (willing,)),
            element("frequency_rationale", "not_applicable"),
            element("group_participation", "not_applicable"),
            element("symptoms_diagnosis", "partial", (present, scale), not_counted=(college,)),
            element("functional_impact", "met", (work,)),
            element("risk", "met", (denies,), doubtful=True),
            element("continued_care", "missing"),
            element("plan", "met", (daily, bus)),
        ),
        other_parts=(PartReport(id="intervention", evidence=(exposure,)),),
        findings=(
            finding("NL103", ask="What still limits her, and why does care go on?"),
            finding("NL102", starter=starter, start=vague.start, end=vague.end),
            finding("NL105", start=college.start, end=college.end),
            finding("NL108", shown=False, level="suggestion"),
        ),
        questions=(
            question("risk", denies),
            question("symptoms_diagnosis", scale),
            question("why_now", work),
        ),
        sentences=(
            sentence(panic, panic, present),
            sentence(college, college, context=("history",)),
            sentence(scale, scale, scale.model_copy(update={"probability": 0.1})),
        ),
    )


def question(element: str, one: Evidence) -> Question:
    """Doubtful evidence as a question, worded as the judge words it."""
    return Question(element=element, part=one.part, start=one.start, end=one.end, text=f"perhaps: '{one.text}'?")


def sentence(whole: Evidence, *tags: Evidence, context: tuple[str, ...] = ()) -> SentenceTags:
    """The sentence that `whole` is."""
    return SentenceTags(start=whole.start, end=whole.end, text=whole.text, section="exam", context=context, tags=tags)


CANARY = "Zwieback"


def canary_report() -> NoteReport:
    """A report whose every text of the note, and the patient's name, holds the canary."""
    text = f"They ate {CANARY} again and felt better. Then more {CANARY} in the evening."
    first = evidence(text, f"They ate {CANARY} again", "symptom_change")
    struck = evidence(text, f"more {CANARY} in the evening", "diagnosis", reason="history")
    doubted = evidence(text, f"Then more {CANARY}", "risk_assessment", probability=0.5)
    name = f"Ann {CANARY}"
    return NoteReport(
        note=Note(text=text, id="n1", path="n1.txt", patient_names=(name,), patient_id="p1"),
        elements=(
            element("why_now", "met", (first,), not_counted=(struck,)),
            element("symptoms_diagnosis", "missing", not_counted=(struck,)),
            element("risk", "met", (doubted,), doubtful=True),
        ),
        other_parts=(PartReport(id="intervention", evidence=(doubted,)),),
        findings=(
            finding("NL105", ask=f"How is {name} today?", message=f"Nearest: '{struck.text}'.", start=0, end=20),
            finding("NL101", starter=f"“{CANARY.upper()} again and …” means [what].", message=f"Ms. {CANARY} came."),
            finding("NL102", shown=False, ask=f'Is "{first.text}" it? {doubted.text}!', start=0, end=20),
        ),
        questions=(question("risk", doubted),),
        sentences=(SentenceTags(start=0, end=len(text), text=text, section="none", tags=(first, struck, doubted)),),
    )


PROBLEM = Problem(code="E301", path="march/b.txt", line=3, message="This line is no JSON.", cure="Mend it.")


class Terminal(io.StringIO):
    """A StringIO that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def write(
    format: str,
    *reports: NoteReport,
    problems: tuple[Problem, ...] = (),
    out: io.StringIO | None = None,
    **options: Any,
) -> str:
    """What the writer of `format` writes about `reports`."""
    out = out or io.StringIO()
    writer = open_writer(format, out, catalog=catalog(), options=ReportOptions(**options))
    writer.start()
    for one in reports:
        writer.note(one)
    writer.end(problems)
    return out.getvalue()
