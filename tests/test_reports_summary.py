"""Counts over many notes."""

from _reports_data import catalog, report

from notelint.reports.summary import Summary


def test_counts():
    summary = Summary(catalog=catalog(), level="warning")
    for one in (report(), report(), report().model_copy(update={"findings": report().findings[3:]})):
        summary.add(one)
    assert (summary.notes, summary.quiet) == (3, 1)
    assert summary.elements["risk"] == {"met": 3, "doubtful": 3}
    assert summary.elements["goal_link"]["partial"] == 3
    assert summary.titles["goal_link"] == "Goal link"
    assert summary.commonest(2) == [("Goal link", 2), ("Progress and response", 2)]


def test_a_finding_of_an_unknown_check_goes_by_its_name():
    summary = Summary(catalog=catalog(), level="suggestion")
    unknown = report().findings[0].model_copy(update={"code": "ACME101", "name": "own-check"})
    summary.add(report().model_copy(update={"findings": (unknown, unknown)}))
    assert summary.commonest() == [("own-check", 1)]
