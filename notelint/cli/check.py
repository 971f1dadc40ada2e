"""`notelint check`: notes in, what they show and lack out."""

from __future__ import annotations

import errno
import sys
from contextlib import contextmanager
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TextIO

import click

from notelint.cli.options import checks_folder_option, config_option, own_folders, settings
from notelint.reports import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from notelint.config import Config
    from notelint.records import NoteReport, Plan, Problem

LEVELS = ("error", "warning", "suggestion")
EPILOG = """\b
For example:
  notelint check note.txt
  notelint check - < note.txt
  notelint check notes/ --format html -o report.html
  notelint check export.csv --columns text="Note Body" --columns date=DOS
  notelint check note.md --plans plans.json --all"""


@click.command(name="check", epilog=EPILOG)
@click.argument("paths", nargs=-1, required=True, metavar="PATH… | -")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="Form of the report.  [default: by the ending of --output, else text]",
)
@click.option("-o", "--output", metavar="FILE", help="Write the report to FILE instead of the screen.")
@click.option(
    "--select",
    multiple=True,
    metavar="CHECK",
    help="Only these checks make findings (code or name; repeat or separate by commas).",
)
@click.option("--ignore", multiple=True, metavar="CHECK", help="These checks make no findings.")
@click.option("--enable", multiple=True, metavar="CHECK", help="Checks that are off by default, such as NL108.")
@click.option("--level", type=click.Choice(LEVELS), help="Lowest level shown.  [default: suggestion]")
@click.option(
    "--fail-level", type=click.Choice([*LEVELS, "never"]), help="Exit with 1 from this level up.  [default: warning]"
)
@click.option(
    "--all", "show_all", is_flag=True, help="Show every question and every element, not the three most valuable."
)
@click.option("--explain", is_flag=True, help="Show for each sentence which labels it got and why.")
@click.option("--plans", metavar="FILE", help="Treatment plans (JSON): their goals are offered in the suggestions.")
@click.option(
    "--columns", multiple=True, metavar="FIELD=COLUMN", help='A CSV\'s column for a field, e.g. text="Note Body".'
)
@click.option("--no-quotes", is_flag=True, help="Leave out all text of the notes, for sharing.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Processes; worth it from some hundred notes on.",
)
@checks_folder_option
@config_option
def command(paths: tuple[str, ...], format_: str | None, output: str | None, **options: Any) -> None:
    """Say what notes show and what a reviewer who wasn't there would miss.

    PATH is a note (.txt, .md), a file of many (.jsonl, .csv, .json), a folder, or - for standard input.
    """
    from notelint.linter import Linter
    from notelint.readers import read_notes
    from notelint.reports import ReportOptions, open_writer

    config = settings(options["config"]).with_check(
        select=_names(options["select"]),
        ignore=_names(options["ignore"]),
        enable=_names(options["enable"]),
        folders=own_folders(options["checks"]),
        level=options["level"],
        fail_level=options["fail_level"],
    )
    plans, problems = _plans(options["plans"])
    columns = {**config.columns, **_columns(options["columns"])}
    # a plan's goals are the patient's, too: not in a report for sharing
    linter = Linter(config=config, plans={} if options["no_quotes"] else plans, explain=options["explain"])
    if output is not None:
        settings_files = [config.source, *(check.path for check in linter.catalog.own)]
        _refuse_input(output, [*paths, *filter(None, [options["plans"], *settings_files])])
    shown = ReportOptions(
        show_all=options["show_all"],
        quotes=not options["no_quotes"],
        explain=options["explain"],
        level=config.check.level,
    )
    failed = False
    notes = read_notes(paths, columns=columns, stdin=sys.stdin.buffer)
    reports = _with_progress(linter.check_many(notes, jobs=options["jobs"]), problems, output=output)
    first = list(islice(reports, 1))  # wrong usage that the first file shows is said before a report is begun
    with _output(output) as out:
        writer = open_writer(format_ or _format_of(output), out, catalog=linter.catalog, options=shown)
        writer.start()
        for report in chain(first, reports):
            failed = failed or _fails(report, config)
            writer.note(report)
        writer.end(problems)
    if output:
        click.echo(f"notelint: the report is in {output}", err=True)
    sys.exit(3 if any(problem.lost for problem in problems) else 1 if failed else 0)


def _format_of(output: str | None) -> str:
    """The format that a file's ending asks for, "text" for any other."""
    ending = output.rpartition(".")[2].lower() if output else ""
    return ending if ending in FORMATS else "text"


def _names(given: Sequence[str]) -> list[str] | None:
    return [name.strip() for value in given for name in value.split(",") if name.strip()] or None


def _columns(given: Sequence[str]) -> dict[str, str]:
    from notelint.errors import UsageError

    pairs = [value.partition("=") for value in given]
    for value, (field, _, column) in zip(given, pairs, strict=True):
        if not (field.strip() and column.strip()):
            message, cure = f"'{value}' names no field and column.", 'For example: --columns text="Note Body"'
            raise UsageError("E220", message, where="--columns", cure=cure)
    return {field.strip(): column.strip() for field, _, column in pairs}


def _plans(path: str | None) -> tuple[dict[str, Plan], list[Problem]]:
    from notelint.readers import read_plans

    if path is None:
        return {}, []
    plans, problems = read_plans(path)
    for problem in problems:
        click.echo(f"notelint: {_one_line(problem)}", err=True)
    return plans, list(problems)


def _one_line(problem: Problem) -> str:
    """The problem as one line, whatever its file is called."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in str(problem))


def _refuse_input(output: str, inputs: Iterable[str]) -> None:
    """Raises UsageError where the report would take the place of what is read, or would be read as a note."""
    from pathlib import Path

    from notelint.errors import UsageError
    from notelint.readers.sources import SUFFIXES

    target = Path(output).resolve()
    for source in (Path(given).resolve() for given in inputs if given != "-"):
        same = target == source or (target.exists() and source.exists() and target.samefile(source))
        if same or (source in target.parents and target.suffix.lower() in SUFFIXES):
            message = "The report would overwrite what is read, or be read as a note."
            raise UsageError("E222", message, where=output, cure="Choose a file outside of what is checked.")


@contextmanager
def _output(path: str | None) -> Iterator[TextIO]:
    """Where the report goes: the file that was asked for, or standard output, in UTF-8 both.

    Raises UsageError where it can't be written, a full disk included.
    """
    from notelint.errors import UsageError

    try:
        if path is None:
            if sys.stdout is None:
                raise OSError(errno.EBADF, "there is no standard output")
            if hasattr(sys.stdout, "reconfigure"):
                sys.stdout.reconfigure(encoding="utf-8", errors="replace")
            yield sys.stdout
            sys.stdout.flush()  # here a closed pipe (`| head`) still ends quietly
        else:
            with open(path, "w", encoding="utf-8", errors="replace", newline="\n") as out:  # noqa: PTH123
                yield out
    except OSError as error:  # whatever can't be read is a Problem: this is the report
        if error.errno == errno.EPIPE:
            raise
        message, cure = f"The report can't be written: {error.strerror}.", "Choose another file."
        raise UsageError("E221", message, where=path or "standard output", cure=cure) from None
    except KeyboardInterrupt:
        if path is not None:
            click.echo(f"notelint: stopped; the report in {path} is not whole", err=True)
        raise


def _fails(report: NoteReport, config: Config) -> bool:
    if config.check.fail_level == "never":
        return False
    counted = LEVELS[: LEVELS.index(config.check.fail_level) + 1]
    return any(finding.level in counted for finding in report.findings)


def _with_progress(
    items: Iterable[NoteReport | Problem], problems: list[Problem], *, output: str | None
) -> Iterator[NoteReport]:
    """The reports; problems are said at once and collected.

    A counter runs from the twentieth note on, on a terminal, where the report itself does not go to the screen.
    """
    from notelint.records import NoteReport

    elsewhere = output is not None or not _is_terminal(sys.stdout)
    with _progress(shown=_is_terminal(sys.stderr) and elsewhere) as count:
        for item in items:
            if isinstance(item, NoteReport):
                count()
                yield item
            else:
                problems.append(item)
                click.echo(f"notelint: {_one_line(item)}", err=True)


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()  # None: the program was started without it


@contextmanager
def _progress(*, shown: bool) -> Iterator[Callable[[], None]]:
    """A function to call for each note, which keeps a line on standard error up to date."""
    if not shown:
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed} notes checked"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None, visible=False)

        def count() -> None:
            progress.advance(task)
            progress.update(task, visible=progress.tasks[0].completed >= 20)

        yield count
