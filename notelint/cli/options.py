"""Options that several commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from notelint.config import Config

config_option = click.option("--config", metavar="FILE", help="Settings; default: the nearest notelint.toml from here upward.")
checks_folder_option = click.option("--checks", multiple=True, metavar="FOLDER", help="A folder of own checks (*.toml).")


def settings(path: str | None) -> Config:
    """The configuration in force. Raises UsageError with file, line and cure."""
    from pathlib import Path

    from notelint.config import load_config

    return load_config(Path(path) if path else None)
