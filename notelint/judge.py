"""Evidence and Catalog → statuses, findings and questions of one note. Knows no file, no spaCy, no output format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notelint.records import (
    GAPS,
    LEVELS,
    ElementReport,
    Evidence,
    Finding,
    Level,
    Note,
    NoteReport,
    PartReport,
    Plan,
    Question,
    SentenceTags,
    Status,
)
from notelint.wording import Wording, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence, Set

    from notelint.catalog import Catalog, Check, Need

MAX_NOT_COUNTED = 3  # an element: the report says why, it does not list a chart's history


def status_of(check: Check, parts: Set[str], *, note_type: str | None, sure: Set[str] | None = None) -> Status:
    """The status of a check's element in a note with these parts.

    `sure` (default: all of them): only a sure part makes a check apply (`when`), a doubtful one never alarms.
    """
    applies = check.applies
    if (applies.types and note_type not in applies.types) or note_type in applies.except_types:
        return "not_applicable"
    satisfied = [not parts.isdisjoint(need.any_of) for need in check.needs]
    if all(satisfied):
        return "met"
    if applies.when and (parts if sure is None else sure).isdisjoint(applies.when):
        return "not_applicable"
    partial = any(satisfied) if check.partial is None else not parts.isdisjoint(check.partial.any_of)
    return "partial" if partial else "missing"


def judge(
    note: Note,
    sentences: Sequence[SentenceTags],
    catalog: Catalog,
    *,
    plan: Plan | None = None,
    max_questions: int = 3,
    level: Level = "suggestion",
    precision: Mapping[str, float] | None = None,
    keep_sentences: bool = False,
) -> NoteReport:
    """Everything notelint says about one note.

    At most `max_questions` findings are shown, none of them below `level`. `precision`: measured share of right alarms
    by code, for the order of the findings; an unknown one counts as 0.8.
    """
    tags = [tag for sentence in sentences for tag in sentence.tags]
    found = {
        part: tuple(e for e in tags if e.part == part and e.reason is None and e.probability >= e.lower)
        for part in _parts(tags)
    }
    struck = [e for e in tags if e.reason is not None and e.probability >= e.lower]
    wording = Wording(note.text[note.body_start :], plan)
    recorded = frozenset(("diagnosis",) if note.diagnoses else ())  # what a field of the record says, the text needn't
    elements = tuple(_element(check, found, struck, note.type, recorded) for check in catalog)
    findings = [
        _finding(check, need, found, wording)
        for check, element in zip(catalog, elements, strict=True)
        if element.status in GAPS and not element.doubtful and check.code not in catalog.off
        for need in check.needs
        if not any(found.get(part) or part in recorded for part in need.any_of)
    ]
    measured = precision or {}
    findings.sort(key=lambda f: -_value(catalog.get(f.code), measured.get(f.code, 0.8)))
    served = {part for check in catalog for part in check.all_parts}
    return NoteReport(
        note=note,
        elements=elements,
        other_parts=tuple(
            PartReport(id=part, evidence=evidence)
            for part, evidence in found.items()
            if part not in served and evidence
        ),
        findings=_choose_shown(findings, catalog, limit=max_questions, level=level),
        questions=tuple(_questions(catalog, elements, found, recorded)),
        sentences=tuple(sentences) if keep_sentences else (),
    )


def _parts(tags: Iterable[Evidence]) -> list[str]:
    return list(dict.fromkeys(tag.part for tag in tags))


def _element(
    check: Check,
    found: Mapping[str, Sequence[Evidence]],
    struck: Sequence[Evidence],
    note_type: str | None,
    recorded: Set[str],
) -> ElementReport:
    anything = {part for part, evidence in found.items() if evidence} | recorded
    sure = {part for part, evidence in found.items() if any(not e.doubtful for e in evidence)} | recorded
    status = status_of(check, anything, note_type=note_type, sure=sure)
    strict = status_of(check, sure, note_type=note_type)
    seen: dict[tuple[int, int], Evidence] = {}
    for evidence in struck:
        if evidence.part in check.all_parts and status in GAPS:
            seen.setdefault((evidence.start, evidence.end), evidence)
    return ElementReport(
        id=check.element,
        code=check.code,
        title=check.title,
        status=status,
        doubtful=status == "met" and strict != "met",
        parts=tuple(PartReport(id=part, evidence=tuple(found.get(part, ()))) for part in check.all_parts),
        not_counted=tuple(seen.values())[:MAX_NOT_COUNTED],
    )


def _finding(check: Check, need: Need, found: Mapping[str, Sequence[Evidence]], wording: Wording) -> Finding:
    related = (*(check.partial.any_of if check.partial else check.all_parts), *check.applies.when)
    near = next((evidence for part in related for evidence in found.get(part, ())), None)
    return Finding(
        code=check.code,
        name=check.name,
        level=check.level,
        element=check.element,
        need=need.name,
        message=_message(check, need, near),
        ask=wording.render(need.ask),
        starter=wording.render(need.starter),
        shown=False,
        start=near.start if near else None,
        end=near.end if near else None,
    )


def _message(check: Check, need: Need, near: Evidence | None) -> str:
    """What is missing, in one line: the need is named where the check has several."""
    if len(check.needs) > 1:
        return f"{check.title}: nothing found on {need.name}."
    return f"{check.title}: nothing found." if near is None else f"{check.title}: not quite there."


def _value(check: Check, precision: float) -> float:
    """How much a finding is worth to the clinician: level first, then measured precision times the payers' weight."""
    return 100 * (len(LEVELS) - LEVELS.index(check.level)) + precision * check.weight


def _choose_shown(findings: Sequence[Finding], catalog: Catalog, *, limit: int, level: Level) -> tuple[Finding, ...]:
    """The findings with `shown` set: the first `limit` at or above `level`, one for each missing fact.

    Two needs are the same fact where the parts of one are among the parts of the other.
    """
    asked: list[set[str]] = []
    chosen: list[Finding] = []
    for finding in findings:
        parts = next(set(need.any_of) for need in catalog.get(finding.code).needs if need.name == finding.need)
        wanted = LEVELS.index(finding.level) <= LEVELS.index(level)
        shown = wanted and len(asked) < limit and not any(parts <= other or other <= parts for other in asked)
        if shown:
            asked.append(parts)
        chosen.append(finding.model_copy(update={"shown": shown}))
    return tuple(chosen)


def _questions(
    catalog: Catalog, elements: Sequence[ElementReport], found: Mapping[str, Sequence[Evidence]], recorded: Set[str]
) -> Iterable[Question]:
    """One question for each need that only doubtful evidence satisfies: its likeliest sentence, each sentence once."""
    asked: set[tuple[int, int]] = set()
    for check, element in zip(catalog, elements, strict=True):
        if element.status == "not_applicable" or check.code in catalog.off:
            continue
        for need in check.needs:
            evidence = [e for part in need.any_of for e in found.get(part, ())]
            if evidence and all(e.doubtful for e in evidence) and recorded.isdisjoint(need.any_of):
                best = max(evidence, key=lambda e: e.probability)
                if (best.start, best.end) not in asked:
                    asked.add((best.start, best.end))
                    text = f"perhaps: '{shorten(best.text)}'?"
                    yield Question(element=check.element, part=best.part, start=best.start, end=best.end, text=text)
