"""The public surface: these names, each importable, nothing else."""

import importlib

import pytest

import notelint


def test_public_names_are_these():
    assert set(notelint.__all__) == {
        "Config", "Finding", "InputError", "Linter", "Note", "NoteReport", "NotelintError", "Plan", "Problem",
        "UsageError", "__version__", "load_config", "read_notes", "read_plans",
    }  # fmt: skip
    assert dir(notelint) == sorted(notelint.__all__)


@pytest.mark.parametrize("name", [name for name in notelint.__all__ if name != "__version__"])
def test_each_public_name_is_the_one_of_its_home(name):
    found = getattr(notelint, name)
    assert found.__module__.startswith("notelint.")
    assert getattr(importlib.import_module(found.__module__), name) is found


def test_every_name_has_exactly_one_home():
    named = [name for names in notelint._HOMES.values() for name in names]
    assert sorted([*named, "__version__"]) == sorted(notelint.__all__)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="module 'notelint' has no attribute 'Lintre'"):
        notelint.Lintre  # noqa: B018


def test_the_docstring_example_runs():
    report = notelint.Linter().check("Client denied SI. Continue weekly therapy.")
    assert {element.id: element.status for element in report.elements}["risk"] == "met"
