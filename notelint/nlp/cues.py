"""The words that the context rules go by. Logic stands in context.py; every pattern is bounded."""

# ruff: noqa: E501, SIM905  (tables of words)

from __future__ import annotations

import re


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


BLANK = _any(
    r"_{2,}",
    r"\[\s{0,3}(?:describe|insert|select|enter|pull|choose|list|specify|add|document|complete|fill|pick|state|note|type|name|date|time|goal|"
    r"plan|response|n/?a|tbd|on file|…|\.\.\.)[^\]\n]{0,80}\]",
    r"\{\s{0,3}(?:describe|insert|select|enter)[^}\n]{0,80}\}",
    r"<\s{0,3}(?:describe|insert|select|enter)[^>\n]{0,80}>",
    r"\*{3,}",
    r"(?<=:)\s{0,3}(?:\.{3,}|…)\s*$",
)
PROMPT_WORDS = frozenset("the a an of to for and or in on with client patient pt response progress n na".split())
HISTORY = _any(
    r"\b(?:past|prior|previous|remote|childhood) (?:psych\w*|psychiatric|mental health|treatment|hospitali[sz]ations?|admissions?|attempts?|episodes?|hx|history)\b",
    r"\bhx(?: of|:|\))",
    r"\b(?:carried|copied) (?:forward|fwd|over)\b",
    r"\b(?:in|during|since) (?:college|high school|grade school|middle school|childhood|adolescence)\b(?=[^.]{0,60}\.?$)",
    r"\b(?:as a|when (?:he|she|they|i) (?:was|were) a?) ?(?:child|kid|teen|teenager|adolescent|boy|girl)\b",
    r"\b(?:at|when|since) age \d{1,2}\b",
    r"\bin (?:his|her|their) (?:teens|twenties|thirties|forties|fifties|youth|childhood)\b",
    r"\bin (?:the )?(?:early |late |mid-?)?(?:19[4-9]\d|200\d|201\d)s?\b",
    r"\b(?:first|last) (?:hospitali[sz]|admitted|admission)\w*\b[^.]{0,60}\b(?:19|20)\d\d\b",
    r"\byears ago\b",
)
NOW = _any(
    r"\b(?:now|current(?:ly)?|today|tonight|this (?:week|month|morning|session|visit|time)|at present|presently|lately|recent(?:ly)?|still|again|"
    r"continues?|remains?|since (?:last|then|the|her|his|their)|last (?:week|month|visit|session|night)|past (?:week|month|few|two|three)|persist\w*|"
    r"returned|is back|has been|have been|ongoing|to date|no longer|same|anymore)\b",
)
HYPOTHETICAL = _any(
    r"\b(?:will|shall|plan to) (?:continue to )?(?:monitor|watch|observe|assess|screen|check|be monitored|call|return|go|notify|contact)\b[^.]{0,40}"
    r"\b(?:for|if|should|when)\b",
    r"\b(?:call|text|go to|contact|present to|return to|come back)\b[^.]{0,50}\bif\b",
    r"\bif (?:symptoms?|thoughts?|urges?|SI|suicidal|mood|things|it|he|she|they|this|panic|anxiety|cravings?|any)\b[^.]{0,60}"
    r"\b(?:worsens?|returns?|recurs?|increases?|comes? back|gets? worse|arises?|emerges?|occurs?|should)\b",
    r"\bin (?:case|the event)\b",
    r"\bshould (?:symptoms?|thoughts?|urges?|SI|he|she|they|mood|it|this|any)\b[^.]{0,60}\b(?:worsen|return|recur|increase|arise|emerge|occur)\b",
)
RELATIVE = (
    r"(?:mother|father|mom|dad|parents?|brother|sister|sibling|son|daughter|wife|husband|spouse|partner|girlfriend|boyfriend|aunt|uncle|cousin|"
    r"grand(?:mother|father|ma|pa|parents?)|stepfather|stepmother|stepdad|stepmom|roommate|housemate|coworker|neighbou?r|friend|ex-?(?:wife|husband)?|"
    r"peer|in-law)s?"
)
FAMILY_SUBJECT = re.compile(
    rf"^(?:[-*•\s]{{0,6}})(?:[A-Za-z]{{1,12}}: )?(?:(?:his|her|their|the|client's|patient's|pt's|resident's|one|a)\s+)?(?:maternal |paternal |older |younger |late )?"
    rf"{RELATIVE}(?:'s|’s)?\b(?!\s+(?:report|state|note|describ|say|said|indicat|express|observ|deni|is concerned|was concerned|feel|confirm|add|told))",
    re.IGNORECASE,
)
CONDITION = _any(
    r"\b(?:depress\w*|anxi\w*|bipolar|schizo\w*|panic|psychos\w*|suicid\w*|overdos\w*|alcohol\w*|drink\w*|drunk|relaps\w*|addict\w*|OD'?d?|ADHD|PTSD|"
    r"OCD|dementia|hears? voices|hospitali[sz]ed|in recovery|sober|cutting|self-harm|trauma|diagnos\w*|DUI|rehab|detox|IOP|psych|nerves)\b",
)
PATIENT_NOUN = _any(
    r"\b(?:client|patient|pt|cl|ct|resident|consumer|participant|i|me|my|we|identified patient|mr|mrs|ms)\b"
)
PATIENT = _any(PATIENT_NOUN.pattern, r"\b(?:he|she|they|him|them)\b")
BOILERPLATE = _any(
    r"(?<!with his )(?<!with her )(?<!with their )(?<!with )\b(?:verbal|written|informed|telehealth|video) consent\b",
    r"\bconsent(?:ed|s)? (?:to (?:telehealth|video|treatment|this|the (?:session|visit)|be seen|receive)|on file|obtained|given)\b",
    r"\b(?:HIPAA|privacy practices|notice of privacy)\b",
    r"^[^.]{0,60}\blimits? of (?:confidentiality|privacy)\b[^.]{0,60}\b(?:reviewed|explained|discussed)\b",
    r"\b(?:HIPAA[- ]compliant|secure (?:video|two-way|platform)|encrypted)\b",
    r"\bthis (?:note|document|record|dictation) (?:was|has been) (?:dictated|created|generated|transcribed|prepared)\b",
    r"\b(?:electronically|digitally) signed\b",
    r"\be-?signed\b",
)
ADMINISTRATIVE = _any(
    r"(?:copay|billing|signature|signed|cpt|service code|date of (?:service|birth)|dob|dos|mrn|chart no|client id|start(?: time)?|end(?: time)?)\b\.?\s*[:#]",
)
