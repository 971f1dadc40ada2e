"""Options that several commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notelint.catalog import Catalog
    from notelint.config import Config

config_option = click.option(
    "--config", metavar="FILE", help="Settings; default: the nearest notelint.toml from here upward."
)
checks_folder_option = click.option(
    "--checks", multiple=True, metavar="FOLDER", help="A folder of own checks (*.toml)."
)


def settings(path: str | None) -> Config:
    """The configuration in force. Raises UsageError with file, line and cure."""
    from pathlib import Path

    from notelint.config import load_config

    return load_config(Path(path) if path else None)


def own_folders(given: Sequence[str]) -> list[str] | None:
    """The folders of `--checks`, seen from where the command runs; a settings file's lie beside it. None for none."""
    from pathlib import Path

    return [str(Path(folder).resolve()) for folder in given] or None


def catalog_of(checks: Sequence[str], config: str | None) -> Catalog:
    """The catalog with the settings in force. Raises UsageError for whatever is wrong with settings or checks."""
    from notelint.catalog import load_catalog
    from notelint.wording import check_wording

    found = settings(config).with_check(folders=own_folders(checks))
    catalog = load_catalog(found.folders).configured(found)
    check_wording(catalog.own)
    return catalog
