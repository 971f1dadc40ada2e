"""Errors say what happened, where, what to do next, and a code to search for."""

import pickle

import pytest

from notelint.errors import InputError, NotelintError, UsageError, nearest


def test_the_text_has_place_message_cure_and_code_in_this_order():
    error = UsageError("E999", "It broke.", where="a.toml:3", cure="Mend it.")
    assert str(error) == "a.toml:3: It broke. Mend it. [E999]"
    assert str(UsageError("E999", "It broke.")) == "It broke. [E999]"


@pytest.mark.parametrize(("kind", "code"), [(NotelintError, 2), (UsageError, 2), (InputError, 3)])
def test_exit_codes(kind, code):
    assert kind("E1", "x").exit_code == code
    assert issubclass(kind, NotelintError)


def test_where_and_cure_survive_in_the_attributes():
    error = InputError("E999", "It broke.", where="a", cure="Mend it.")
    assert (error.code, error.message, error.where, error.cure) == ("E999", "It broke.", "a", "Mend it.")


def test_an_error_passes_from_one_process_to_another():
    error = UsageError("E999", "It broke.", where="a", cure="Mend it.")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert type(again) is UsageError
    assert str(again) == str(error)


def test_the_nearest_word_or_all_of_them():
    assert nearest("selct", ("ignore", "select")) == "Did you mean 'select'?"
    assert nearest("zzz", ("select", "ignore")) == "Known are: ignore, select."
