"""Every cause for which an input, or a part of it, is not read: its code, its words and its cure, once and here.

The words name fields and positions only, never a value and never text of a note.
"""

from __future__ import annotations

from typing import NamedTuple

from notelint.records import MAX_NOTE_CHARACTERS, Problem

MAX_UNBROKEN_RUN = 5_000


class Cause(NamedTuple):
    """One cause: a code to search for, a message and what to do; both may hold {names} to fill in.

    `lost`: whether something was left unread, else it is only a notice.
    """

    code: str
    message: str
    cure: str
    lost: bool = True


class Place(NamedTuple):
    """Where a note stands: the file as shown to people, and its line there (the first is 1) if that is known."""

    path: str = ""
    line: int | None = None


NOT_FOUND = Cause("E301", "There is no such file or folder.", "Check the path.")
UNREADABLE = Cause("E302", "This can't be read: {reason}.", "Check the path and your rights to it.")
BINARY = Cause("E303", "This is not text: {kind}.", "Save or export the note as plain text and try again.")
EMPTY = Cause("E304", "There is no text.", "Give the text of one session note.")
TOO_LARGE = Cause(
    "E305",
    f"This is longer than a note may be ({MAX_NOTE_CHARACTERS:,} characters), and was not read.",
    "Give one session note a record, without attachments.",
)
BROKEN_JSON = Cause("E306", "This is not valid JSON: {what}.", "Write one JSON object a note.")
NO_TEXT = Cause("E307", "The record has no 'text' field that holds text.", "Put the note into 'text', as a string.")
UNBROKEN = Cause(
    "E308",
    f"Over {MAX_UNBROKEN_RUN:,} characters without a space: not prose; this looks like encoded data.",
    "Take the attachment or encoded part out of the note.",
)
NUL = Cause("E309", "The text holds a NUL character, which no note has.", "Export the note again as plain text.")
LOST = Cause(
    "E310",
    "{count} could not be read (and count as U+FFFD); the note was checked all the same.",
    "Export the file again as UTF-8.",
)
BAD_FIELD = Cause(
    "E311",
    "The value of '{field}' can't be used, and was left out; the note was checked all the same.",
    "Expected: {form}.",
    lost=False,
)
NO_NOTES = Cause("E312", "There is no note in this folder.", "Notes are files that end in {suffixes}.")
KEPT_APART = Cause(
    "E313",
    "This is marked as psychotherapy (process) notes, which 45 CFR 164.501 keeps apart from the record: skipped.",
    "What notelint looks for belongs in the progress note: check that one.",
    lost=False,
)
TWICE = Cause("E314", "The front matter gives '{field}' twice; the first counts.", "Take one of them out.", lost=False)
BAD_PLAN = Cause("E315", "Record {index} is no treatment plan: {what}.", "Correct the record; the others are used.")
ROW_LENGTH = Cause(
    "E316",
    "The row has {cells} cells where the header has {columns}; the note was checked all the same.",
    "Put cells that hold a delimiter or a line end in quotation marks.",
    lost=False,
)
OPEN_QUOTE = Cause(
    "E318",
    "A quotation mark opened in this row is never closed: what follows was read as part of it.",
    "Close it, or export the file again as CSV.",
)
NO_TEXT_COLUMN = Cause(
    "E322", "No column is known to hold the text of the notes.", "{known} Name it, as in --columns text='Note Body'."
)
BROKEN_ROW = Cause("E317", "This row can't be split into cells.", "Export the file again as CSV.")


def problem(cause: Cause, place: Place, **words: object) -> Problem:
    """The Problem for `cause` at `place`, its {names} filled in from `words`."""
    message, cure = cause.message.format(**words), cause.cure.format(**words)
    return Problem(code=cause.code, lost=cause.lost, path=place.path, line=place.line, message=message, cure=cure)


def unreadable(error: OSError, place: Place) -> Problem:
    """The Problem for what the operating system said, in its words and without the path it quotes."""
    if isinstance(error, FileNotFoundError):
        return problem(NOT_FOUND, place)
    return problem(UNREADABLE, place, reason=(error.strerror or "an error of the device").lower())
