"""Psychotherapy (process) notes, which 45 CFR 164.501 keeps apart from the record: known by how they are marked.

Only a title, a line of its own at the top, or the given type counts. "Psychotherapy Note" is a usual title of progress
notes, and "process notes are kept apart from this record" is said in ordinary ones.
"""

from __future__ import annotations

import re

TOP_LINES, LINE_LENGTH = 6, 200

BOTH = r"(?:psychotherapy\W+process|process\W+psychotherapy)\W*\s*notes?"
NAME = rf"(?:{BOTH}|psychotherapy\s+notes|process\s+notes?)"
ANY_NAME = rf"(?:{NAME}|psychotherapy\s+note)"
RECORD = r"(?:the|any|a|my|client'?s|patient'?s)\s+(?:[\w']+\s+){0,5}?(?:records?|charts?)\b"
APART = (
    rf"(?:not\s+(?:a\s+)?part\s+of\s+{RECORD}|(?:keep|kept|maintained|stored|held|filed)\s+(?:separate(?:ly)?"
    rf"|apart)\s+from\s+{RECORD}"
    r"|(?:under|per|by|see|\W)*45\s*C\.?F\.?R\.?\W*(?:part\s+|section\s+)?164\.501)"
)

TYPE = re.compile(r"psychotherapy notes|process|(?:psychotherapy[ /]+)?\(?process\)?(?:[ /]+psychotherapy)? notes?")
BARE = re.compile(rf"{NAME}(?:private|confidential|session|\d|\W)*", re.IGNORECASE)
TITLE = re.compile(
    rf"(?:private|confidential|personal|my|\W)*{ANY_NAME}\b(?!\s*(?:are|is|were|was|will|if|none)\b)"
    rf".{{0,120}}?(?:{APART}|164\.501|not\s+for\s+(?:release|the\s+(?:record|chart))|do\s+not\s+(?:release|file)"
    r"|keep\s+(?:separate(?:ly)?|apart)\b)",
    re.IGNORECASE,
)
STATEMENT = re.compile(
    rf"\W*(?:(?:this|these|the|my)\s+)?(?:(?:notes?|document|file|pages?)\s+)?(?:(?:is|are|was|were"
    rf"|to\s+be)\s+){{0,2}}{APART}",
    re.IGNORECASE,
)
THIS_IS = re.compile(
    rf"\W*(?:this|these)\s+(?:document\s+|notes?\s+)?(?:is|are)\s+(?:a\s+|my\s+)?{NAME}\b", re.IGNORECASE
)
DECORATION = re.compile(r"^[\s#*=_~-]+|[\s#*=_~-]+$")


def is_kept_apart(body: str, given_type: object = None) -> bool:
    """Whether the note is marked as psychotherapy (process) notes, by the type given for it or by its first lines."""
    if isinstance(given_type, str) and TYPE.fullmatch(" ".join(re.split(r"[\s_-]+", given_type.strip().lower()))):
        return True
    top = [line[:LINE_LENGTH] for line in body[:4000].splitlines() if line.strip()][:TOP_LINES]
    return any(_marks(DECORATION.sub("", line), first=at == 0) for at, line in enumerate(top))


def _marks(line: str, *, first: bool) -> bool:
    bare = BARE.fullmatch(line) is not None and (first or line.isupper())
    return bare or any(pattern.match(line) for pattern in (TITLE, STATEMENT, THIS_IS))
