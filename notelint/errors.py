"""Errors: what happened, where, and what to do next. None of them ever holds text of a note."""

from __future__ import annotations


class NotelintError(Exception):
    """What every error of this library is: a code to search for, a place, a message and a cure."""

    exit_code = 2

    def __init__(self, code: str, message: str, *, where: str = "", cure: str = "") -> None:
        self.code, self.message, self.where, self.cure = code, message, where, cure
        super().__init__(code, message)  # what pickle hands to __init__ again; the rest is in __dict__

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        cure = f" {self.cure}" if self.cure else ""
        return f"{place}{self.message}{cure} [{self.code}]"


class UsageError(NotelintError):
    """Wrong usage or configuration, a check file or a column map included: nothing was read. Exit code 2."""


class InputError(NotelintError):
    """One input, or one note of it, could not be read; the others are. Exit code 3."""

    exit_code = 3


def nearest(word: str, known: list[str] | tuple[str, ...]) -> str:
    """A cure that names the nearest known word, or all of them: "Did you mean 'select'?"."""
    from difflib import get_close_matches

    close = get_close_matches(word, known, n=1, cutoff=0.6)
    return f"Did you mean '{close[0]}'?" if close else f"Known are: {', '.join(sorted(known))}."
