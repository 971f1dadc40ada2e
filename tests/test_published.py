"""The published error rates come from the model's card, and they decide how loud a check may be."""

import pytest

from notelint import published
from notelint.catalog import load_catalog

CARD = {
    "out_of_fold": {"gaps": {"NL101": {"precision": 0.9, "recall": 0.8, "gold": 40}}},
    "valid": {"gaps": {"NL101": {"precision": 0.71, "recall": 0.62, "gold": 12}}},
}
NOT_LOUD_UNDER = 0.85
NOT_ASKED_UNDER = 0.70


def test_gap_precision_has_every_shipped_check():
    rates = published.gap_precision()
    assert set(rates) == {check.code for check in load_catalog()}
    assert all(0 <= rate <= 1 for rate in rates.values())


@pytest.mark.parametrize("check", load_catalog().checks, ids=lambda check: check.code)
def test_a_check_that_is_often_wrong_only_suggests(check):
    if published.gap_precision()[check.code] < NOT_LOUD_UNDER:
        assert check.level == "suggestion"


@pytest.mark.parametrize("check", load_catalog().checks, ids=lambda check: check.code)
def test_a_check_that_is_wrong_more_often_is_a_preview(check):
    if published.gap_precision()[check.code] < NOT_ASKED_UNDER:
        assert check.status == "preview"


def test_the_sentence_names_both_measurements(monkeypatch):
    monkeypatch.setattr(published, "_card", lambda: CARD)
    assert published.gap_precision() == {"NL101": 0.9}
    assert published.error_rates("NL101") == (
        "90% of its alarms are right and it finds 80% of the gaps (out of fold, 40 gaps); "
        "71% and 62% on held-out notes by other authors (12 gaps)."
    )


def test_without_held_out_notes_the_sentence_ends_before(monkeypatch):
    monkeypatch.setattr(published, "_card", lambda: {"out_of_fold": CARD["out_of_fold"]})
    assert published.error_rates("NL101").endswith("(out of fold, 40 gaps).")


def test_nothing_is_known_of_an_own_check():
    assert published.error_rates("ACME101") == "not measured."
