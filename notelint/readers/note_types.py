"""A note's type from its procedure code or its text, by clear signs near the top. No sign: None.

Weights of the group signs were set by hand on samples/corpus; one mention of a group ("her quilting group") is none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notelint.readers import values

if TYPE_CHECKING:
    from notelint.records import NoteType

THRESHOLD = 3.0
GROUP = re.compile(r"\b(?:group|grp)\b(?!\s+(?:home|chat|residence))", re.IGNORECASE)

LABEL = re.compile(
    r"(?:^|[|;\t]|\s\s)\W{0,4}(?:type\s+of\s+(?:service|session|visit|contact|note)|(?:service|session|visit"
    r"|note|contact|encounter|appointment)(?:\s+type)?"
    r"|type|modality|service\s+provided)\s{0,2}[:=]\s{0,3}([^|;\n]{3,60})",
    re.IGNORECASE | re.MULTILINE,
)
UNTICKED = re.compile(r"\[\s{0,3}\]\s{0,2}[^\[\n]{0,40}")

EVALUATION = (
    r"(?:initial|diagnostic|psychiatric|psychological|comprehensive|psychosocial|forensic|neuropsych\w*"
    r"|biopsychosocial)"
    r"\s+(?:[\w-]+\s+){0,2}?(?:evaluation|eval|assessment|interview|consult(?:ation)?)"
)
INTAKE_TITLE = re.compile(
    rf"^\W{{0,6}}(?:[\w/-]+\s+){{0,3}}?(?:intake|biopsychosocial|{EVALUATION}|admission\s+(?:note|evaluation"
    rf"|assessment)|psych\s+eval)\b"
    r"(?!\s+form)|\breason\s+for\s+referral\b|^\W{0,4}referral(?:\s+source)?\s?:|\bidentifying\s+(?:data"
    r"|information)\b",
    re.IGNORECASE | re.MULTILINE,
)
INTAKE = re.compile(
    rf"\b(?:for|completed?|conducted|during|today's|this)\s+(?:an?\s+|her\s+|his\s+|their\s+"
    rf"|the\s+)?(?:[\w-]+\s+){{0,2}}?(?:intake\b(?!\s+form)|{EVALUATION})"
    r"|\bintake\s+(?:session|appointment|visit|assessment|interview|evaluation)\s+(?:today|was|with|conducted"
    r"|completed)"
    r"|\bfirst\s+(?:visit|appointment|session)\s+(?:with\s+(?:us|this\s+writer|me)|at\s+this\s+clinic)"
    r"|\bpresenting\s+(?:problem|concern)s?\s?:.{0,300}\breferred\s+by\b",
    re.IGNORECASE | re.DOTALL,
)
MEDICATION = re.compile(
    r"\b(?:med(?:ication)?s?\s{0,2}(?:management|mgmt|mgt|check|follow[ -]?up|f/u|fu|review|monitoring|visit)"
    r"|(?:psychiatr\w+|lithium|clozapine|clozaril|suboxone|buprenorphine|stimulant|antidepressant|pmhnp"
    r"|medications?|meds?|med)\s+(?:[\w-]+\s+)?(?:follow[ -]?up|f/u|management|monitoring|check|clinic\s+visit)"
    r"|pharmacological\s+management|(?:benefit|tolerability|titration|side\s+effects)\s+of\s+\w+(?:ine|ole|one"
    r"|ium|am|pam|ate)|adjustment\s+of\s+(?:\w+\s+)?medications?|(?:review|aim"
    r"|refill)\w*\s+of\s+(?:\w+\s+)?medications?)",
    re.IGNORECASE,
)
FAMILY = re.compile(
    r"\b(?:(?:family|couples?|conjoint|marital|marriage|dyadic)\s+(?:[\w-]+\s+)?(?:therapy|session|counseling"
    r"|psychotherapy|meeting|visit|tx|contact)"
    r"|parent[- ]child\s+(?:interaction\s+)?(?:therapy|session)|pcit|(?:couple|family|both\s+partners|spouses"
    r"|identified\s+patient|IP)\s+(?:presented|attended|seen|arrived|reports?|reported|came|were)|(?:client|pt"
    r"|patient|he|she|ct|cl)\.?\s+(?:and|&|\+|/|with|w/)\s+(?:(?:his|her|their)\s+)?(?:husband|wife|spouse"
    r"|partner|fianc\w+|girlfriend|boyfriend)\s+(?:were|attended|presented|arrived|came|seen|report\w*"
    r"|on\s+video|met)|(?:met|seen|session)\s+with\s+(?:the\s+)?(?:couple|family|both\s+parents)"
    r"|coached\s+parents?)\b",
    re.IGNORECASE,
)
INDIVIDUAL = re.compile(
    r"\b(?:individual|indiv\.?|1:1|one[- ]to[- ]one)\s{0,2}(?:psycho)?(?:therapy|session|counsell?ing|visit|tx"
    r"|contact|meeting)\b",
    re.IGNORECASE,
)

PATTERN_TYPES: dict[re.Pattern[str], NoteType] = {
    FAMILY: "family",
    MEDICATION: "medication",
    INTAKE_TITLE: "intake",
    INTAKE: "intake",
    INDIVIDUAL: "individual",
}

GROUP_SIGNS: tuple[tuple[str, float, int, re.Pattern[str]], ...] = tuple(
    (name, weight, most, re.compile(pattern, re.IGNORECASE))
    for name, weight, most, pattern in (
        ("group", 1.0, 3, r"\b(?:groups?|grps?)\b"),
        (
            "session",
            1.5,
            1,
            r"\b(?:this|today'?s|the|in|attended|joined|attends|to|skills|process"
            r"|therapy)\s+(?:[\w'-]+\s+){0,2}?(?:group|grp)\b|\bgroup\s+(?:session|therapy|note|topic|name|type"
            r"|focus|members?|description|summary|content|leader|facilitator|participation|psychotherapy|process"
            r"|discussion)",
        ),
        (
            "leader",
            2.0,
            2,
            r"\b(?:leader|facilitators?|co-?leaders?|co-?ldr|ldr|co-?facilitators?|group\s+therapist|leader'?s)\b",
        ),
        (
            "members",
            1.0,
            2,
            r"\b(?:(?:other|fellow|group|several|another|one|all|other|two|three|eight|eleven|twelve|six|seven"
            r"|nine|ten|five|\d+)\s+(?:grp\s+|group\s+)?(?:members?|mbrs?|participants?|patients|clients|women"
            r"|men|residents|parents)|peers|a\s+peer|peer'?s|mbrs|the\s+(?:other\s+)?(?:members|men|women))\b",
        ),
        (
            "took part",
            1.0,
            2,
            r"\b(?:level\s+of\s+participation|participation|attend[ae]nce|unprompted|without\s+prompting"
            r"|took\s+turns|(?:on|waited)\s+(?:his|her|their)\s+turn|each\s+round|everyone|all\s+hands|roomful"
            r"|sign-in|check-in\s+sheet|hot\s+seat|volunteered\s+(?:first|second|to)|told\s+(?:the\s+room|us"
            r"|peers)|spoke\s+(?:\w+\s+times|\d?x\s?\d?)|one\s+comment)\b",
        ),
        (
            "elsewhere",
            -1.5,
            3,
            r"\b(?:group\s+(?:home|residence|chat|text|project|of\s+friends|house|practice)|(?:support|quilting"
            r"|church|youth|play|bible|study|bereavement|friend|peer|aa|na|knitting)\s+groups?|between\s+groups?"
            r"|groups\s+attended|attend(?:ed|s|ing)?\s+(?:all\s+)?groups|in\s+groups|team\s+leader"
            r"|troop\s+leader|peer\s+(?:support|pressure|specialist))\b",
        ),
        (
            "alone",
            -2.0,
            1,
            r"\b(?:individual|indiv\.?|1:1)\s+(?:psycho)?(?:therapy|session|counseling|visit|meeting)\b",
        ),
    )
)


def of_code(cpt: str | None) -> NoteType | None:
    """The type that a procedure code stands for; None for a code that serves several."""
    code = (cpt or "")[:5]
    if code in {"90853", "H0005"}:
        return "group"
    if code in {"90846", "90847", "90849"}:
        return "family"
    if code in {"90791", "90792", "H0031"}:
        return "intake"
    if code in {"90832", "90834", "90837"}:
        return "individual"
    return "medication" if code.isdigit() and 99202 <= int(code) <= 99215 else None


def of_text(head: str, headers: list[str]) -> NoteType | None:
    """The type that the note's beginning speaks of; `headers` are its first short lines."""
    head = UNTICKED.sub(" ", head)
    labels = UNTICKED.sub(" ", "\n".join(headers))
    titles = "\n".join(labels.splitlines()[:4])
    for label in LABEL.finditer(labels):
        if (labelled := values.note_type(label[1])) not in (None, "other"):
            return labelled
    if group_score(head, titles) >= THRESHOLD:
        return "group"
    for pattern, part in ((FAMILY, titles), (MEDICATION, titles), (INTAKE_TITLE, titles), (INDIVIDUAL, titles)):
        if pattern.search(part[:400]):
            return PATTERN_TYPES[pattern]
    signs = (FAMILY, MEDICATION, INTAKE, INDIVIDUAL)
    found = [(match.start(), PATTERN_TYPES[pattern]) for pattern in signs if (match := pattern.search(head[:900]))]
    return min(found)[1] if found else None


def group_score(head: str, titles: str) -> float:
    """How clearly the text speaks of a group session that the patient took part in."""
    score = sum(weight * min(most, sum(1 for _ in pattern.finditer(head))) for _, weight, most, pattern in GROUP_SIGNS)
    score += 1.5 * bool(GROUP.search(titles)) + 0.5 * bool(GROUP.search(head[:250]))
    return score
