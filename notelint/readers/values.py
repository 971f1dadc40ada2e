"""The values of a note's fields as people write them: "50 min", "4:02 pm", "05/04/2026", "F33.1; F41.1".

Each function gives None for what it can't read. Times and dates are as written: nothing is moved between time zones.
"""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notelint.records import NoteType

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAY_MINUTES = 24 * 60

US_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)")
ISO_DATE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
NAMED_MONTH = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.IGNORECASE)
NAMED_MONTH_SECOND = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?,?\s+(\d{4})", re.IGNORECASE)
CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?::\d{2}(?:\.\d+)?)?\s*(?:([ap])\.?\s*m?\.?)?", re.IGNORECASE)
MILITARY = re.compile(r"(\d{1,2})(\d{2})(?:\s*(?:h|hrs?|hours))?\.?", re.IGNORECASE)
MINUTES = re.compile(r"(\d{1,4}(?:\.\d{1,4})?)\s*(?:-?\s*(?:minutes?|mins?|m)\.?)?", re.IGNORECASE)
HOURS = re.compile(
    r"(\d{1,2}(?:\.\d{1,4})?)\s*(?:hours?|hrs?|h)\.?(?:[\s,]*(?:and\s*)?(\d{1,2})\s*(?:minutes?|mins?|m)?\.?)?",
    re.IGNORECASE,
)
CODED = re.compile(r"\b[A-TV-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?\b")
BEFORE_CODE = re.compile(r"[;|\n]|,(?=\s*[A-TV-Z]\d[0-9A-Z])")
SEPARATOR = re.compile(r"[;|\n]")

TYPE_SIGNS: tuple[tuple[NoteType, str], ...] = (
    ("family", r"multi[- ]?family|family|couples?|conjoint|marital|marriage|9084[679]"),
    ("group", r"groups?|90853"),
    (
        "medication",
        r"med(ication)?s?[- ]?(management|mgmt|mgt|check|follow|review|monitor|visit|eval)\w*|medication"
        r"|e ?[/&] ?m|evaluation (and|&) management"
        r"|pharmaco\w+|psychiat\w+ (follow|progress|visit)[- \w]*|992[01]\d",
    ),
    (
        "intake",
        r"intake|initial|evaluation|eval|diagnostic|biopsychosocial|assessment|admission|9079[12]|psych(iatric"
        r"|ological)? eval\w*",
    ),
    (
        "other",
        r"other|crisis|case management|collateral|consult\w*|discharge|testing|phone|telephone|no[- ]?show"
        r"|treatment plan\w*|administrative",
    ),
    (
        "individual",
        r"individual|psychotherapy|therapy|counsell?ing|session|one[- ]on[- ]one|1:1|9083[2-8]|progress( note)?",
    ),
)
TYPE_PATTERNS = tuple((name, re.compile(rf"\b(?:{pattern})(?!\w)", re.IGNORECASE)) for name, pattern in TYPE_SIGNS)


def note_type(text: str) -> NoteType | None:
    """individual, group, family, intake, medication or other, from whatever wording: "Group therapy", "psych eval"."""
    text = text.replace("_", " ")[:200]
    return next((name for name, pattern in TYPE_PATTERNS if pattern.search(text)), None)


def date(text: str) -> datetime.date | None:
    """A date: ISO (a time may follow), month/day/year, or with the month's name."""
    text = text.strip()
    if match := ISO_DATE.match(text):
        return _day(match[1], match[2], match[3])
    if match := US_DATE.match(text):
        return _day(match[3], match[1], match[2])
    if match := NAMED_MONTH.match(text):
        return _day(match[3], match[1], match[2])
    if match := NAMED_MONTH_SECOND.match(text):
        return _day(match[3], match[2], match[1])
    if re.fullmatch(r"\d{8}", text):
        return _day(text[:4], text[4:6], text[6:])
    return None


def _day(year: str, month: str, day: str) -> datetime.date | None:
    if not month.isdigit():
        if month[:3].lower() not in MONTHS:
            return None
        month = str(MONTHS.index(month[:3].lower()) + 1)
    try:
        return datetime.date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None


def time(text: str, *, afternoon: bool | None = None) -> datetime.time | None:
    """A time of day: "16:02", "4:02 pm", "4p", "1602". `afternoon` is used where the text doesn't say."""
    text = text.strip()
    if len(text) > 10 and ISO_DATE.match(text):
        text = re.sub(r"(?:Z|[+-]\d{2}:?\d{2})$", "", text[11:])
    if match := MILITARY.fullmatch(text):
        return _clock(int(match[1]), int(match[2]))
    match = CLOCK.fullmatch(text)
    if match is None or (match[2] is None and match[3] is None):
        return None
    hour, half = int(match[1]), (match[3] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    if half or (afternoon is not None and hour <= 12):
        hour = hour % 12 + (12 if half == "p" or (not half and afternoon) else 0)
    return _clock(hour, int(match[2] or 0))


def _clock(hour: int, minute: int) -> datetime.time | None:
    return datetime.time(hour, minute) if hour < 24 and minute < 60 else None


def moment(text: str) -> datetime.datetime | None:
    """A date with the time of day if there is one, else midnight."""
    text = text.strip()
    try:
        return datetime.datetime.fromisoformat(text)
    except ValueError:
        pass
    day = date(text)
    if day is None:
        return None
    at = re.search(r"\d{1,2}:\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?$", text, re.IGNORECASE)
    return datetime.datetime.combine(day, (time(at[0]) if at else None) or datetime.time())


def minutes(text: str) -> int | None:
    """A number of minutes, to the nearest whole one: "50", "50 min", "1 hr 15 min", "1:15"; a day at most."""
    text = text.strip()
    if match := MINUTES.fullmatch(text):
        total = float(match[1])
    elif match := HOURS.fullmatch(text):
        total = float(match[1]) * 60 + int(match[2] or 0)
    elif match := re.fullmatch(r"(\d{1,2}):(\d{2})(?::\d{2})?", text):
        total = int(match[1]) * 60 + int(match[2])
    else:
        return None
    return round(total) if total <= DAY_MINUTES else None


def between(start: datetime.time, end: datetime.time) -> int | None:
    """The minutes from start to end, past midnight if need be; None for nothing or more than half a day."""
    length = (end.hour * 60 + end.minute - start.hour * 60 - start.minute) % DAY_MINUTES
    return length if 0 < length <= DAY_MINUTES // 2 else None


def items(text: str) -> tuple[str, ...]:
    """A list in one string, brackets and quotes removed: split at ; or else at commas."""
    inner = _inner(text)
    return _clean(SEPARATOR.split(inner) if SEPARATOR.search(inner) else inner.split(","))


def diagnoses(text: str) -> tuple[str, ...]:
    """Diagnoses in one string: a comma inside a name ("recurrent, moderate") splits nothing where codes are given."""
    inner = _inner(text)
    return _clean(BEFORE_CODE.split(inner)) if CODED.search(inner) else items(text)


def _inner(text: str) -> str:
    text = text.strip()
    return text[1:-1] if text.startswith("[") and text.endswith("]") else text


def _clean(parts: list[str]) -> tuple[str, ...]:
    return tuple(item for part in parts if (item := part.strip().strip("\"'").strip()))
