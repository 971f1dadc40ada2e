"""`notelint config`: the settings in force."""

from __future__ import annotations

import click

from notelint.cli.options import config_option, settings


@click.command(name="config", epilog="For example: notelint config --config practice/notelint.toml")
@config_option
def command(config: str | None) -> None:
    """Print the settings in force, as a notelint.toml, and where they come from."""
    found = settings(config)
    click.echo(f"# {found.source or 'no notelint.toml from here upward: the defaults'}")
    for table, values in found.model_dump(mode="json", exclude={"source"}).items():
        click.echo(f"\n[{table}]")
        for key, value in values.items():
            click.echo(f"{_key(key)} = {_toml(value)}")


def _key(key: str) -> str:
    return key if key.isascii() and key.replace("_", "").replace("-", "").isalnum() else _toml(key)


def _toml(value: object) -> str:
    import json

    # DEL is the one character that JSON allows in a string and TOML doesn't
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
