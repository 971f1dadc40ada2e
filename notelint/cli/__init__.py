"""The command line: `main`, and one module per command, imported when it is called."""

from __future__ import annotations

import sys
from typing import Any

import click

from notelint import __version__

COMMANDS = {
    "check": "Say what notes show and what a reviewer would miss.",
    "checks": "List the checks.",
    "config": "Print the settings in force and where they come from.",
    "explain": "Explain a check: what it looks for and why payers ask.",
}
EPILOG = """\b
For example:
  notelint check note.txt              one note
  notelint check notes/ -o report.html --format html
  pbpaste | notelint check -           a note from the clipboard (macOS)
  notelint explain NL103

Exit codes: 0 no finding at the fail level, 1 findings, 2 wrong usage or settings, 3 something could not be read.
Nothing leaves this machine."""


class LazyGroup(click.Group):
    """A group that imports a command's module when it is called, and lists all without importing any."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        from importlib import import_module

        command: click.Command = import_module(f"notelint.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            ctx.exit(130)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from notelint.errors import nearest

            hint = " A note's path goes behind 'check'." if "." in args[0] or "/" in args[0] else ""
            raise click.UsageError(
                f"There is no command '{args[0]}'. {nearest(args[0], list(COMMANDS))}{hint}", ctx
            ) from error


@click.group(
    cls=LazyGroup, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, "-V", "--version", prog_name="notelint")
def group() -> None:
    """Read session notes as a reviewer would who wasn't there: quote what is clear, ask for what is missing."""


def main() -> None:
    """Run a command; what is wrong is said in one line, with the exit code that belongs to it."""
    from notelint.errors import NotelintError

    try:
        group(prog_name="notelint")
    except NotelintError as error:
        click.echo(f"notelint: {error}", err=True)
        sys.exit(error.exit_code)
    except Exception as error:  # noqa: BLE001  (a traceback, or the error's own text, could quote a note)
        click.echo(f"notelint: {_failure(error)}", err=True)
        sys.exit(3)


def _failure(error: Exception) -> str:
    """What is said of an error of notelint itself: its kind and place, nothing that it holds."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f", line {trace.tb_lineno} of {trace.tb_frame.f_globals.get('__name__', '?')}" if trace else ""
    return f"notelint failed ({type(error).__name__}{place}). Please report it, without the note. [E398]"
