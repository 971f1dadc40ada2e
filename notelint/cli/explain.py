"""`notelint explain CODE`: everything about one check, from its own file."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import click

from notelint.cli.options import catalog_of, checks_folder_option, config_option

if TYPE_CHECKING:
    from notelint.catalog import Check

WIDTH = 88


@click.command(name="explain", epilog="For example: notelint explain NL103, or: notelint explain missing-goal-link")
@click.argument("code", metavar="CHECK")
@checks_folder_option
@config_option
def command(code: str, checks: tuple[str, ...], config: str | None) -> None:
    """Explain a check: what it looks for, why payers ask, examples, and how often it is right.

    CHECK is a code or name.
    """
    click.echo(explanation(catalog_of(checks, config).get(code)))


def explanation(check: Check) -> str:
    """The text that `notelint explain` prints."""
    from notelint.published import error_rates
    from notelint.wording import with_blanks

    state = "" if check.default and check.status == "stable" else ", off by default"
    blocks = [f"{check.code} {check.name} ({check.level}{state})", check.title, _wrap(check.question), _wrap(check.why)]
    blocks += [
        f"Asked when {need.name} is missing:\n"
        + "\n".join(_wrap(with_blanks(wording), "  ") for wording in (need.ask, need.starter))
        for need in check.needs
    ]
    for kind, title in (
        ("met", "Counts"),
        ("partial", "Counts in part"),
        ("missing", "Does not count"),
        ("not_applicable", "Not asked"),
    ):
        texts = [_wrap(f'"{e.text.strip()}"{_known(e.known)}', "  ") for e in check.examples if e.status == kind]
        blocks += [f"{title}:\n" + "\n".join(texts)] if texts else []
    blocks.append(_wrap(f"How often it is right: {error_rates(check.code)}"))
    blocks.append("Sources:\n" + "\n".join(f"  {s.title}\n  {s.url} (read {s.accessed})" for s in check.sources))
    return "\n\n".join(blocks)


def _known(known: str | None) -> str:
    return f"  [known {known.replace('-', ' ')}: today's tagger gets this wrong]" if known else ""


def _wrap(text: str, indent: str = "") -> str:
    flat = " ".join(text.split())
    wrapper = textwrap.TextWrapper(WIDTH, break_long_words=False, break_on_hyphens=False)
    wrapper.initial_indent = wrapper.subsequent_indent = indent
    return wrapper.fill(flat)
