"""Every example of every check runs through the real linter; what it gets wrong today is a strict expected failure."""

from collections import Counter

import pytest

from notelint.catalog import load_catalog
from notelint.config import Config
from notelint.linter import Linter
from notelint.records import GAPS, Note

CHECKS = load_catalog().checks
REASONS = {"miss": "known miss", "false-alarm": "known false alarm"}


@pytest.fixture(scope="module")
def linter():
    off = [check.code for check in CHECKS]
    return Linter(config=Config().with_check(enable=off))


def cases():
    for check in CHECKS:
        for number, example in enumerate(check.examples, 1):
            marks = [pytest.mark.xfail(strict=True, reason=REASONS[example.known])] if example.known else []
            yield pytest.param(check, example, marks=marks, id=f"{check.code}-{number}-{example.status}")


@pytest.mark.parametrize(("check", "example"), list(cases()))
def test_example(linter, check, example):
    report = linter.check(Note(text=example.text, type=example.type))
    element = next(element for element in report.elements if element.code == check.code)
    assert element.status == example.status
    assert {finding.need for finding in report.findings if finding.code == check.code} == set(example.missing)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_a_check_has_two_examples_of_each_kind_at_least(check):
    kinds = Counter("gap" if example.status in GAPS else "fine" for example in check.examples)
    assert min(kinds["gap"], kinds["fine"]) >= 2
    assert any(example.status == "met" for example in check.examples)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_an_example_misses_something_where_there_is_a_gap_and_only_there(check):
    for example in check.examples:
        assert bool(example.missing) == (example.status in GAPS)
        assert len(set(example.missing)) == len(example.missing)


def test_no_example_stands_twice():
    texts = Counter((check.code, " ".join(example.text.split())) for check in CHECKS for example in check.examples)
    assert max(texts.values()) == 1


def test_known_limits_are_the_smaller_part():
    examples = [example for check in CHECKS for example in check.examples]
    assert sum(example.known is not None for example in examples) < len(examples) / 4
