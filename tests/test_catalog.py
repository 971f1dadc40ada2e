"""Checks are data: the shipped ones load, and a mistake in an own one is named with file, line and cure."""

import re
from pathlib import Path

import pytest
from _core import CHECK, line_with, own_check

from notelint.catalog import Catalog, Check, load_catalog, load_check
from notelint.config import Config, load_config
from notelint.errors import UsageError
from notelint.resources import data_folder


def error_of(*folders):
    with pytest.raises(UsageError) as caught:
        load_catalog(folders)
    return caught.value


def off(catalog=None, **settings):
    return (catalog or load_catalog()).configured(Config().with_check(**settings)).off


def test_the_shipped_checks_load_and_their_names_are_unique():
    checks = load_catalog().checks
    assert len(checks) == len(list(data_folder("checks").glob("*.toml")))
    for names in ([c.code for c in checks], [c.name for c in checks], [c.element for c in checks]):
        assert len(set(names)) == len(names)
    assert [c.code for c in checks] == sorted(c.code for c in checks)
    assert all(re.fullmatch(r"NL[1-5]\d\d", c.code) for c in checks)


@pytest.mark.parametrize("check", load_catalog().checks, ids=lambda check: check.code)
def test_a_shipped_check_is_named_after_its_file_and_reads_like_one(check):
    assert Path(check.path).name == f"{check.code}-{check.name}.toml"
    assert check.question.endswith("?")
    assert all(need.ask.rstrip(" .").endswith("?") or "?" in need.ask for need in check.needs)
    assert all("[" in need.starter and "]" in need.starter for need in check.needs)
    assert len({need.name for need in check.needs}) == len(check.needs)
    assert all(source.url.startswith("https://") for source in check.sources)


def test_all_parts_stand_once_in_the_files_order():
    parts = load_catalog().get("NL108").all_parts
    assert len(set(parts)) == len(parts)
    assert set(parts) == {"change_since_last", "patient_response", "continued_care_reason", "remaining_limitation"}
    assert load_catalog().get("NL107").all_parts == load_catalog().get("NL107").needs[0].any_of


@pytest.mark.parametrize("name", ["NL102", "missing-goal-link", "goal_link"])
def test_a_check_answers_to_code_name_and_element(name):
    assert load_catalog().get(name).code == "NL102"


def test_an_own_check_stands_beside_the_shipped_and_answers_to_aliases(tmp_path):
    folder = own_check(tmp_path, ('since = "1"', 'since = "1"\naliases = ["OLD101", "bus-ride"]'))
    catalog = load_catalog([folder])
    assert [check.code for check in catalog][-1] == "ACME101"  # behind the shipped, though A stands before N
    assert {catalog.get(name).code for name in ("ACME101", "OLD101", "bus-ride", "bus_ride")} == {"ACME101"}
    assert [check.code for check in catalog.own] == ["ACME101"]
    assert [part.id for part in catalog.part_patterns] == ["bus_ride"]
    assert catalog.get("ACME101").path == str(folder / "ACME101.toml")


def test_several_own_folders_are_read(tmp_path):
    own_check(tmp_path / "a")
    other = (
        ('"ACME101"', '"BETA102"'),
        ('"missing-bus-ride"', '"no-tram"'),
        ('element = "bus_ride"', 'element = "tram"'),
    )
    own_check(tmp_path / "b", *other)
    assert [check.code for check in load_catalog([tmp_path / "a", tmp_path / "b"]).own] == ["ACME101", "BETA102"]


def test_another_prefix_that_begins_alike_is_an_own_one(tmp_path):
    catalog = load_catalog([own_check(tmp_path, ('"ACME101"', '"NLX101"'))])
    assert [check.code for check in catalog.own] == ["NLX101"]


def test_off_by_default_are_previews_and_what_a_practice_turns_on_itself(tmp_path):
    previews = {check.code for check in load_catalog() if check.status == "preview"}
    assert off() == {"NL108", *previews}
    assert off(enable=["NL108"]) == previews
    assert off(enable=["missing-continued-care", *previews]) == frozenset()
    for change in ('status = "preview"', 'status = "deprecated"', 'status = "stable"\ndefault = false'):
        catalog = load_catalog([own_check(tmp_path, ('status = "stable"', change))])
        assert off(catalog) == {"NL108", "ACME101", *previews}
        assert off(catalog, enable=["ACME101"]) == {"NL108", *previews}


def test_ignore_and_select():
    everything = {check.code for check in load_catalog()}
    previews = {check.code for check in load_catalog() if check.status == "preview"}
    assert off(ignore=["goal_link", "NL101"]) == {"NL101", "NL102", "NL108", *previews}
    assert off(select=["NL108", "missing-goal-link"]) == everything - {"NL102", "NL108"}
    assert off(select=["NL102", "NL101"], ignore=["NL102"]) == everything - {"NL101"}
    assert off(select=["NL101"], enable=["NL108"]) == everything - {"NL101"}  # "only these" is only these
    assert off(enable=["NL108"], ignore=["NL108"]) == {"NL108", *previews}


def test_e210_an_unknown_name_with_the_nearest_one():
    error = error_of_name("missing-goal-lnik")
    assert str(error) == (
        "There is no check 'missing-goal-lnik'. Did you mean 'missing-goal-link'? See 'notelint checks'. [E210]"
    )
    with pytest.raises(UsageError, match="E210"):
        off(ignore=["NL999"])


def error_of_name(name):
    with pytest.raises(UsageError) as caught:
        load_catalog().get(name)
    return caught.value


@pytest.mark.parametrize("key", ["select", "ignore", "enable"])
def test_e210_says_where_in_the_settings_the_name_stands(tmp_path, key):
    path = tmp_path / "notelint.toml"
    path.write_text(f'# x\n[check]\n{key} = [\n  "NL101",\n  "NL199",\n]\n', encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        load_catalog().configured(load_config(path))
    assert caught.value.where == f"{path}:5"
    with pytest.raises(UsageError) as caught:  # a name of the command line is not in the file
        load_catalog().configured(load_config(path).with_check(**{key: ["NL777"]}))
    assert caught.value.where == str(path)


@pytest.mark.parametrize("code", ["A1", "acme101", "ACMEEE101", "ACME1", "ACME1010", "ACME-101"])
def test_e211_no_code(tmp_path, code):
    path = own_check(tmp_path, ('"ACME101"', f'"{code}"')) / "ACME101.toml"
    cure = "Two to five capitals and three digits, as in ACME101."
    assert str(error_of(tmp_path)) == f"{path}:{line_with(path, 'code =')}: '{code}' is no code. {cure} [E211]"


@pytest.mark.parametrize(
    ("old", "new"), [('status = "met"', 'status = "missing"'), ('status = "missing"', 'status = "met"')]
)
def test_e212_examples_of_one_kind_only(tmp_path, old, new):
    path = own_check(tmp_path, (old, new)) / "ACME101.toml"
    assert str(error_of(tmp_path)) == (
        f"{path}:{line_with(path, '[[examples]]')}: A check needs examples of both kinds. "
        "Add one that is missing or partial, and one that is met. [E212]"
    )


def test_e213_an_example_misses_a_need_that_is_none(tmp_path):
    more = '\n[[examples]]\ntext = "Client left."\nstatus = "missing"\nmissing = ["buss"]\n'
    path = own_check(tmp_path, add=more) / "ACME101.toml"
    assert str(error_of(tmp_path)) == (
        f"{path}:{line_with(path, 'buss')}: An example misses a need 'buss' that the check does not have. "
        "Did you mean 'bus'? [E213]"
    )


def test_e214_a_folder_without_checks(tmp_path):
    expected = "There is no check (*.toml) in this folder. Check the path. [E214]"
    assert str(error_of(tmp_path)) == f"{tmp_path}: {expected}"
    assert str(error_of(tmp_path / "none")) == f"{tmp_path / 'none'}: {expected}"


def test_e215_the_prefix_of_the_shipped_checks(tmp_path):
    path = own_check(tmp_path, ('"ACME101"', '"NL901"')) / "ACME101.toml"
    assert str(error_of(tmp_path)) == (
        f"{path}:{line_with(path, 'NL901')}: The prefix of 'NL901' is kept for shipped checks. "
        "Use a prefix of your own, as in ACME101. [E215]"
    )


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('"missing-bus-ride"', '"missing-goal-link"', "missing-goal-link"),
        ('since = "1"', 'since = "1"\naliases = ["missing-plan"]', "missing-plan"),
        ('since = "1"', 'since = "1"\naliases = ["NL101"]', "NL101"),
        ('"missing-bus-ride"', '"risk"', "risk"),
    ],
)
def test_e216_a_code_or_name_that_is_taken(tmp_path, old, new, word):
    path = own_check(tmp_path, (old, new)) / "ACME101.toml"
    other = load_catalog().get(word).path
    line = line_with(path, f'"{word}"')
    assert str(error_of(tmp_path)) == f"{path}:{line}: '{word}' stands in {other} too. Choose another one. [E216]"


def test_e216_twice_the_same_folder(tmp_path):
    assert error_of(own_check(tmp_path), tmp_path).code == "E216"


@pytest.mark.parametrize(
    ("old", "new", "word", "cure"),
    [
        ('any_of = ["bus_ride"]', 'any_of = ["bus_ryde"]', "bus_ryde", "Did you mean 'bus_ride'?"),
        ('any_of = ["bus_ride"]', 'any_of = ["symptom_chang"]', "symptom_chang", "Did you mean 'symptom_change'?"),
        ("[[needs]]", '[applies]\nwhen = ["goal_lnk"]\n\n[[needs]]', "goal_lnk", "Did you mean 'goal_link'?"),
        ("[[parts]]", '[partial]\nany_of = ["bus_rid"]\n\n[[parts]]', "bus_rid", "Did you mean 'bus_ride'?"),
    ],
)
def test_e217_an_unknown_part(tmp_path, old, new, word, cure):
    path = own_check(tmp_path, (old, new)) / "ACME101.toml"
    line = line_with(path, f'"{word}"')
    assert str(error_of(tmp_path)) == f"{path}:{line}: Unknown part '{word}'. {cure} [E217]"


def test_an_own_check_may_use_the_parts_of_others(tmp_path):
    text = CHECK[: CHECK.index("[[parts]]")] + CHECK[CHECK.index("[[examples]]") :]
    (tmp_path / "a.toml").write_text(text.replace('["bus_ride"]', '["diagnosis"]'), encoding="utf-8")
    assert load_catalog([tmp_path]).get("ACME101").all_parts == ("diagnosis",)


def test_a_broken_own_check_is_an_error_of_its_own_kind(tmp_path):
    path = own_check(tmp_path, ('level = "warning"', 'level = "loud"')) / "ACME101.toml"
    error = error_of(tmp_path)
    assert error.code == "E205"
    assert error.where == f"{path}:{line_with(path, 'level =')}"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('name = "missing-bus-ride"', 'name = "Missing Bus"'),
        ('element = "bus_ride"', 'element = "bus-ride"'),
        ('since = "1"', 'since = "1"\nweight = 0'),
        ('since = "1"', 'since = "1"\nweight = 11'),
        ('any_of = ["bus_ride"]', "any_of = []"),
        ('accessed = "2026-11-01"', 'accessed = "yesterday"'),
    ],
)
def test_values_that_a_check_cannot_have(tmp_path, old, new):
    own_check(tmp_path, (old, new))
    with pytest.raises(UsageError, match="E205"):
        load_check(tmp_path / "ACME101.toml")


def test_a_catalog_is_made_of_checks_in_order():
    check = load_catalog().get("NL101")
    assert isinstance(check, Check)
    assert list(Catalog(checks=(check,))) == [check]


def test_a_code_is_known_in_whatever_case():
    assert load_catalog().get("nl102").code == "NL102"
