"""The headings of session notes: the words, by the section they open. Logic stands in sections.py."""

# ruff: noqa: E501  (tables of words)

from __future__ import annotations

HEADINGS: dict[str, tuple[str, ...]] = {
    "subjective": ("subjective", "client report", "patient report", "self report", "present concerns", "presenting concerns", "hpi",
                   "history of present illness", "history of presenting illness", "history of present problem", "interval history",
                   "interval", "interim history", "current status", "update", "update since last visit", "since last session",
                   "presenting information", "symptoms", "sx", "sx today", "current symptoms", "what brought them in today"),
    "objective": ("objective", "observations", "observation", "exam", "examination", "findings", "vitals", "vital signs", "scales", "measures",
                  "labs", "laboratory", "laboratory data", "test results"),
    "mental_status": ("mental status", "mental status exam", "mental status examination", "mse", "mental status on admission",
                      "mental status at discharge"),
    "assessment": ("assessment", "impression", "formulation", "clinical impression", "summary", "case formulation", "conclusion", "opinion",
                   "assessment and plan", "assessment/plan", "a/p"),
    "diagnosis": ("diagnosis", "diagnoses", "dx", "diagnostic impression", "discharge diagnosis", "discharge diagnoses", "axis i", "axis ii",
                  "axis iii", "axis iv", "axis v", "dx on file", "diagnosis and goals"),
    "plan": ("plan", "treatment recommendations", "recommendations", "recs", "recommendation", "next", "next step", "next steps", "next session",
             "next appointment", "next appt", "nxt", "homework", "hw", "follow-up", "follow up", "disposition", "to do", "plan for next session",
             "opinion and recommendations", "aftercare"),
    "data": ("data", "session content", "content", "narrative", "session summary", "summary of session", "discussion", "session information",
             "group summary", "group description", "group content", "group process", "contact", "conversation"),
    "behavior": ("behavior", "behaviour", "client presentation", "presentation", "presenting", "appearance and behavior"),
    "intervention": ("intervention", "interventions", "interventions used", "interventions used this session", "services provided", "treatment",
                     "what we did", "what i did", "what was done", "what we worked on", "interv", "ix", "psychoed", "medication management",
                     "group topic", "topic", "topics"),
    "response": ("response", "client response", "patient response", "client's response", "patient's response", "response to intervention",
                 "client response to intervention", "resp", "how it went", "feedback", "individual response", "participation", "client participation",
                 "level of participation", "engagement", "individual", "individual note", "own reaction"),
    "goal": ("goal", "goals", "goal addressed", "goals addressed", "treatment goal", "treatment goals", "treatment plan goal addressed",
             "treatment plan goals addressed", "tx plan", "tx goals", "plan link", "treatment plan", "objective addressed", "treatment plan goal"),
    "progress": ("progress", "progress toward goals", "progress toward goal", "progress towards goals", "evaluation", "change", "course",
                 "hospital course", "course in hospital", "response to treatment", "current functioning", "functional status", "function",
                 "functioning", "remaining barriers", "barriers", "barrier", "barriers to treatment", "barriers to progress", "limitation"),
    "situation": ("situation", "purpose", "purpose of contact", "purpose of visit", "reason for visit", "reason for session", "reason for consult",
                  "reason for consultation", "reason for referral", "reason for evaluation", "reason for admission", "focus", "focus of session",
                  "session focus", "chief complaint", "cc", "presenting problem", "presenting problems"),
    "problem": ("problem", "problems", "problem list"),
    "risk": ("risk", "risk assessment", "safety", "risk and safety", "si", "si/hi", "suicidal ideation", "homicidal ideation",
             "suicidal/homicidal ideation", "safety plan", "safety assessment"),
    "frequency": ("frequency", "freq", "cadence", "visits", "schedule", "why this often"),
    "necessity": ("medical necessity", "need", "continued need", "need for care", "continued stay", "justification", "level of care", "loc",
                  "level of care justification", "continued care", "reason for continued care"),
    "history": ("history", "hx", "background", "past psychiatric history", "psychiatric history", "past psych", "past psych history", "psych hx",
                "psych history", "past history", "past medical history", "pmh", "medical history", "social history", "family history", "fam hx",
                "family hx", "family and social history", "developmental history", "substance use history", "legal history", "mental health history",
                "school history", "personal history", "education and employment", "psychosocial history", "past medications", "past meds",
                "past treatment", "family psychiatric history", "trauma history", "psychiatric hx", "past psychiatric hx"),
    "medications": ("medications", "medication", "meds", "current medications", "current meds", "discharge medications", "medications in hospital",
                    "medication list", "allergies"),
    "administrative": ("client id", "location", "clinician", "date of service", "dos", "start", "end", "start time", "end time", "attendance",
                       "service", "session type", "visit type", "cpt", "cpt code", "group name", "identifying information", "identifying data",
                       "telehealth", "telehealth statement", "consent", "electronically signed", "signed", "signature", "provider", "forms", "copay",
                       "e-signed", "billing", "service code"),
}  # fmt: skip

LETTERS: dict[str, str] = {
    "S": "subjective",
    "O": "objective",
    "A": "assessment",
    "P": "plan",
    "D": "data",
    "B": "behavior",
    "I": "intervention",
    "R": "response",
    "G": "goal",
    "E": "progress",
}
"""One-letter headings. A P that opens the note (PIE, PIRP, PAIP) is the problem; an S in SIRP is the situation."""

CANONICAL: dict[str, str] = {heading: section for section, headings in HEADINGS.items() for heading in headings}

PAST_HISTORY = frozenset(
    ("past psychiatric history", "psychiatric history", "past psych", "past psych history", "psych hx", "psych history", "past history",
     "past medical history", "pmh", "medical history", "family history", "fam hx", "family hx", "family and social history",
     "developmental history", "past medications", "past meds", "past treatment", "family psychiatric history", "psychiatric hx",
     "past psychiatric hx"),
)  # fmt: skip
"""Headings under which nothing is about now, unless it says so."""
