"""Readers: one module per input format, each giving Note or Problem. `read_notes` finds the right one.

Nothing is raised for bad input: what can't be read becomes a Problem with place and cure, never with a note's text.
"""

from __future__ import annotations

from notelint.readers.metadata import fill_in
from notelint.readers.plain import note_from_text
from notelint.readers.plans import read_plans
from notelint.readers.sources import read_notes

__all__ = ["fill_in", "note_from_text", "read_notes", "read_plans"]
