"""`notelint explain`: everything about one check."""

import pytest
from _core import own_check, run

from notelint.catalog import load_catalog


def explained(*arguments):
    done = run("explain", *arguments)
    assert (done.exit_code, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize("name", ["NL102", "missing-goal-link", "goal_link"])
def test_by_code_name_or_element(name):
    assert explained(name).splitlines()[0] == "NL102 missing-goal-link (warning)"


@pytest.mark.parametrize("check", load_catalog().checks, ids=lambda check: check.code)
def test_it_says_all_of_the_file_in_plain_words(check):
    text = explained(check.code)
    flat = " ".join(text.split())
    for part in (check.title, check.question, check.why, *(example.text.strip() for example in check.examples)):
        assert " ".join(part.split()) in flat
    for source in check.sources:
        assert source.url in text
    assert "{{" not in text
    assert "{%" not in text
    assert "of its alarms are right" in flat
    assert flat.count("today's tagger gets this wrong") == sum(example.known is not None for example in check.examples)
    assert all(len(line) <= 88 for line in text.splitlines() if "http" not in line and not line.startswith("  "))


def test_what_is_off_by_default_says_so():
    assert explained("NL108").splitlines()[0].endswith(", off by default)")


def test_known_limits_are_marked(tmp_path):
    own_check(tmp_path, ('status = "met"', 'status = "met"\nknown = "false-alarm"'))
    text = explained("ACME101", "--checks", tmp_path)
    flat = " ".join(text.split())
    assert '"Client took the bus." [known false alarm: today\'s tagger gets this wrong]' in flat
    assert "Which bus did the client take?" in flat
    assert "How often it is right: not measured." in flat
    assert "Counts in part" not in text


def test_an_unknown_check_gets_the_nearest(tmp_path):
    done = run("explain", "missing-goal")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Did you mean 'missing-goal-link'?" in done.stderr
