"""`notelint checks`: the list of checks."""

from __future__ import annotations

import click

from notelint.cli.options import catalog_of, checks_folder_option, config_option


@click.command(name="checks", epilog="For example: notelint checks --checks our-checks/")
@checks_folder_option
@config_option
def command(checks: tuple[str, ...], config: str | None) -> None:
    """List the checks: code, level, whether it is on, name, and what it looks for."""
    catalog = catalog_of(checks, config)
    width = max(len(check.name) for check in catalog)
    for check in catalog:
        state = "off" if check.code in catalog.off else "on"
        click.echo(f"{check.code:9} {check.level:10} {state:3} {check.name:{width}}  {check.title}")
