"""What a note's metadata leaves out and its text says clearly: type, date, minutes, start and end, procedure code.

Only the beginning and the end are looked at, only clear signs count, and what was given always wins.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from notelint.readers import note_types, values

if TYPE_CHECKING:
    from notelint.records import Note

HEAD, TAIL, TOP_LINES, HEADER_LINE = 3_000, 1_500, 12, 160

DATE_LABEL = re.compile(
    r"\b(?:date\s+of\s+(?:service|session|visit|contact|encounter|evaluation|appointment|group)|d\.?o\.?s\b\.?"
    r"|(?:session|service|visit|encounter|appointment|contact|group)\s+date"
    r"|date\s+seen)\s{0,3}(?:\([^)\n]{0,20}\))?\s{0,3}[:=#-]?\s{0,3}",
    re.IGNORECASE,
)
PLAIN_DATE_LABEL = re.compile(
    r"(?:^|[|;\t]|\s\s)\W{0,4}(?:date|seen(?:\s+on)?)\s{0,2}[:=]\s{0,3}", re.IGNORECASE | re.MULTILINE
)
TITLE_DATE = re.compile(
    r"^\W{0,4}[^\n]{0,50}?\b(?:note|session|visit)\b\W{0,4}(?:on\s+|dated?\s*:?\s*)?(?=\d)", re.IGNORECASE
)
OTHER_DATE = re.compile(
    r"\b(?:birth|dob|born|since|last|prior|previous|next|plan|eff\w*|signed|admi\w+|referr\w+"
    r"|review)\b",
    re.IGNORECASE,
)

CODE_LABEL = re.compile(
    r"\b(?:CPT|HCPCS|(?:service|procedure|billing|billed|visit|proc)\s+code|billed(?:\s+as)?"
    r"|code)\b(?:\s+codes?)?\W{0,4}"
    r"(\d{5}|[HTGS]\d{4})(?!\d)",
    re.IGNORECASE,
)
BARE_CODE = re.compile(
    r"(?<![\w#.-])(907(?:8[5-9]|9[0-2])|9083[2-9]|9084[0-9]|90853|90863|90899|992(?:0[2-5]|1[1-5])|[H](?:0004"
    r"|0005|0015|0031|0032|2015|2017|2019|2035))"
    r"(?![\w.]|-\d{3})"
)
ADD_ON = {"90785", "90833", "90836", "90838", "90840"}

AMOUNT = r"(\d{1,3})\s{0,2}-?\s{0,2}(?:minutes?|mins?\b|')"
MINUTES_LABEL = re.compile(
    r"(?:\b(?:total|session|visit|face[- ]to[- ]face|service|treatment|group|psychotherapy|therapy|contact)\s{1,2}"
    r"|(?:^|[|;,.(\t]|\s\s)\s{0,3}\W{0,3})"
    r"(?:time|duration|length|minutes|mins?|total)(?:\s+of\s+(?:session|service|visit|contact|group))?"
    r"(?:\s+(?:spent|in\s+session|face[- ]to[- ]face))?(?:\s?\((?:total|min|mins|minutes)\))?"
    r"\s{0,2}[:=]?\s{0,3}(?:was\s+|about\s+|approx\w*\.?\s+|~)?" + AMOUNT,
    re.IGNORECASE | re.MULTILINE,
)
BARE_MINUTES = re.compile(
    r"\b(?:total\s+minutes|minutes|mins?|duration(?:\s?\(min(?:ute)?s?\))"
    r"|total\s+min)\s?[:=]\s{0,3}(\d{1,3})\b(?!\s?[:/%-])",
    re.IGNORECASE,
)
SESSION_OF = re.compile(
    AMOUNT + r"\s{0,2}(?:individual|group|family|couples?|psychotherapy|therapy|telehealth|video|phone|office|in-person"
    r"|face)?\s?"
    r"(?:psychotherapy\s|therapy\s)?(?:session|visit|appointment|psychotherapy|therapy|individual|group|family"
    r"|face[- ]to[- ]face)\b",
    re.IGNORECASE,
)
HEADER_MINUTES = re.compile(r"(?:^|[,;|(\t.:]\s{0,2}|\s\s)" + AMOUNT + r"\s{0,2}(?:$|[,;|).]|\s\s)", re.IGNORECASE)

CLOCK = r"(\d{1,2}:\d{2}(?:\s?[ap]\.?(?:m\b\.?)?)?|\d{1,2}\s?[ap]\.?m\b\.?|\d{3,4}(?:\s?(?:h|hrs)\b)?(?![\d/-]))"
START_STOP = re.compile(
    r"\b(?:start(?:ed)?|began|begin|time\s+in|in(?=\s?[:@])|time|session\s+time)\b(?:\s+time)?(?:\s?(?:/|&|-"
    r"|and)\s?(?:stop|end|out)(?:\s+time)?)?\s{0,2}[:@=]?\s{0,3}(?:at\s+)?"
    + CLOCK
    + r"\s{0,3}(?:[,;/|\u2013\u2014-]|to\b|until\b|till\b|and\b)?\s{0,3}(?:(?:and\s+)?(?:stop(?:ped)?|end(?:ed)?"
    r"|out|time\s+out|finish(?:ed)?)\b(?:\s+time)?\s{0,2}[:@=]?\s{0,3}(?:at\s+)?)?" + CLOCK,
    re.IGNORECASE,
)
SPAN = re.compile(
    r"(?<![\d:/])(\d{1,2}:\d{2}(?:\s?[ap]\.?(?:m\b\.?)?)?)\s{0,2}(?:[\u2013\u2014-]|to"
    r"|until)\s{0,2}(\d{1,2}:\d{2}(?:\s?[ap]\.?(?:m\b\.?)?)?)(?![\d:/])",
    re.IGNORECASE,
)


def fill_in(note: Note) -> Note:
    """The note with what its text says clearly for type, date, minutes, start, end and cpt where they are absent."""
    body = note.text[note.body_start :]
    head = body[:HEAD]
    tail = body[max(HEAD, len(body) - TAIL) :]
    top = [line.strip() for line in head.splitlines() if line.strip()][:TOP_LINES]
    headers = [line for line in top if len(line) <= HEADER_LINE]
    ends = [line.strip() for line in tail.splitlines() if 0 < len(line.strip()) <= HEADER_LINE]

    found: dict[str, Any] = {}
    if note.cpt is None:
        found["cpt"] = _code(head, headers) or _code(tail, ends)
    if note.type is None:
        found["type"] = note_types.of_code(note.cpt or found["cpt"]) or note_types.of_text(head, headers)
    if note.date is None:
        found["date"] = _date(head, headers) or _date(tail, [])
    if note.minutes is None:
        times = _start_and_end(headers) or _start_and_end(ends)
        found["minutes"] = _minutes(head, headers) or _minutes(tail, ends)
        if times and note.start is None and note.end is None:
            found["start"], found["end"] = times
            found["minutes"] = found["minutes"] or values.between(*times)
    return note.model_copy(update={field: value for field, value in found.items() if value is not None})


def _date(part: str, headers: list[str]) -> Any:
    for pattern in (DATE_LABEL, PLAIN_DATE_LABEL):
        for match in pattern.finditer(part):
            if day := values.date(part[match.end() : match.end() + 30]):
                return day
    for line in headers[:3]:
        title = TITLE_DATE.match(line)
        if title and not OTHER_DATE.search(title[0]) and (day := values.date(line[title.end() :])):
            return day
    return values.date(headers[0]) if headers and len(headers[0]) <= 20 else None


def _code(part: str, headers: list[str]) -> str | None:
    codes = [match[1].upper() for match in CODE_LABEL.finditer(part)]
    codes += [match[1] for line in headers for match in BARE_CODE.finditer(line)]
    codes = [
        code for code in codes if not code[0].isdigit() or 90785 <= int(code) <= 90899 or 99202 <= int(code) <= 99215
    ]
    return next((code for code in codes if code not in ADD_ON), None)


def _minutes(part: str, headers: list[str]) -> int | None:
    texts = [(MINUTES_LABEL, part), (SESSION_OF, "\n".join(headers))]
    texts += [
        (pattern, line)
        for pattern in (BARE_MINUTES, HEADER_MINUTES)
        for line in headers
        if len(line) <= 60 and len(line.split()) <= 9
    ]
    for pattern, text in texts:
        for match in pattern.finditer(text):
            if 10 <= int(match[1]) <= 480:
                return int(match[1])
    return None


def _start_and_end(headers: list[str]) -> Any:
    for line in headers:
        for pattern in (START_STOP, SPAN) if len(line) <= 100 else (START_STOP,):
            if (match := pattern.search(line)) and (times := _times(match[1], match[2])):
                return times
    return None


def _times(first: str, last: str) -> Any:
    """Both times of day; what doesn't say am or pm is what makes the shorter session, of eight hours at most."""
    end = values.time(last)
    options = [values.time(first), values.time(first, afternoon=True), values.time(first, afternoon=False)]
    ends = [end, values.time(last, afternoon=True), values.time(last, afternoon=False)]
    pairs = [(a, b) for b in ends for a in options if a and b and 15 <= (values.between(a, b) or 0) <= 480]
    return min(pairs, key=lambda pair: values.between(*pair) or 0) if pairs else None
