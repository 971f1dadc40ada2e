"""notelint reads behavioral-health session notes as a utilization reviewer would, offline.

>>> from notelint import Linter
>>> report = Linter().check("Client denied SI. Continue weekly therapy.")

The public names are loaded when they are first used: importing notelint alone stays light.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notelint.config import Config, load_config
    from notelint.errors import InputError, NotelintError, UsageError
    from notelint.linter import Linter
    from notelint.readers import read_notes, read_plans
    from notelint.records import Finding, Note, NoteReport, Plan, Problem

__version__ = "0.1.0"
__all__ = [
    "Config",
    "Finding",
    "InputError",
    "Linter",
    "Note",
    "NoteReport",
    "NotelintError",
    "Plan",
    "Problem",
    "UsageError",
    "__version__",
    "load_config",
    "read_notes",
    "read_plans",
]

_HOMES = {
    "config": ("Config", "load_config"),
    "errors": ("InputError", "NotelintError", "UsageError"),
    "linter": ("Linter",),
    "readers": ("read_notes", "read_plans"),
    "records": ("Finding", "Note", "NoteReport", "Plan", "Problem"),
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    home = next((module for module, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module 'notelint' has no attribute '{name}'")
    return getattr(import_module(f"notelint.{home}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
