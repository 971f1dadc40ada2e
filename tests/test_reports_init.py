"""The formats' common door: light to import, one writer per format, an unknown one refused with the nearest name."""

import subprocess
import sys

import pytest
from _reports_data import PROBLEM, Terminal, catalog, report, write

from notelint.errors import UsageError
from notelint.reports import FORMATS, ReportOptions, open_writer


def test_importing_the_package_loads_no_format():
    code = (
        "import sys, notelint.reports; print([m for m in ('rich', 'jinja2', 'pydantic', 'spacy') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_writes_no_one_and_many_notes(format):
    for reports in ((), (report(),), (report(), report(id="other"))):
        text = write(format, *reports, problems=(PROBLEM,))
        assert (PROBLEM.code in text) == (format != "jsonl")


def test_options_have_defaults():
    writer = open_writer("text", Terminal(), catalog=catalog())
    writer.start()
    assert ReportOptions().level == "suggestion"


def test_an_unknown_format_is_refused():
    with pytest.raises(UsageError, match=r"no format 'jsn'. Did you mean 'json'\? \[E250\]"):
        open_writer("jsn", Terminal(), catalog=catalog())
