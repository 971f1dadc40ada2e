import datetime

import pytest

from notelint.readers import values

DAY = datetime.date(2026, 5, 4)


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-04",
        "2026-05-04T16:02:00",
        "2026-05-04 16:02",
        "2026/5/4",
        "05/04/2026",
        "5/4/26",
        "05-04-2026",
        "05/04/2026 4:02 PM",
        "May 4, 2026",
        "may 4th 2026",
        "4 May 2026",
        "20260504",
        " 2026-05-04 ",
    ],
)
def test_dates(text: str) -> None:
    assert values.date(text) == DAY


@pytest.mark.parametrize("text", ["", "soon", "13/13/2026", "2026-02-30", "Foo 4, 2026", "05/04", "0"])
def test_no_dates(text: str) -> None:
    assert values.date(text) is None


@pytest.mark.parametrize(
    "text", ["16:02", "16:02:30", "4:02 pm", "4:02p", "4:02 P.M.", "1602", "1602 hrs", "2026-05-04T16:02:00-05:00"]
)
def test_times(text: str) -> None:
    assert values.time(text) == datetime.time(16, 2)


def test_half_of_the_day() -> None:
    assert values.time("12 am") == datetime.time(0)
    assert values.time("12:30 pm") == datetime.time(12, 30)
    assert values.time("4:02", afternoon=True) == datetime.time(16, 2)
    assert values.time("12:02", afternoon=False) == datetime.time(0, 2)
    assert values.time("16:02", afternoon=True) == datetime.time(16, 2)


@pytest.mark.parametrize("text", ["", "4", "25:00", "13 pm", "4:75", "9:00-9:50", "2460"])
def test_no_times(text: str) -> None:
    assert values.time(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50", 50),
        ("50 min", 50),
        ("50-minute", 50),
        ("50.0", 50),
        ("52.6 mins", 53),
        ("1 hr", 60),
        ("1.5 hours", 90),
        ("1 hour and 15 minutes", 75),
        ("1h15", 75),
        ("1:15", 75),
        ("0:50:00", 50),
        ("fifty", None),
        ("1441", None),
        ("-5", None),
        ("30 hours", None),
    ],
)
def test_minutes(text: str, expected: int | None) -> None:
    assert values.minutes(text) == expected


def test_between() -> None:
    assert values.between(datetime.time(23, 30), datetime.time(0, 20)) == 50
    assert values.between(datetime.time(9), datetime.time(9)) is None
    assert values.between(datetime.time(9), datetime.time(8)) is None


def test_moments() -> None:
    assert values.moment("2026-05-04T16:02:00+00:00") == datetime.datetime(2026, 5, 4, 16, 2, tzinfo=datetime.UTC)
    assert values.moment("05/04/2026 4:02 PM") == datetime.datetime(2026, 5, 4, 16, 2)
    assert values.moment("05/04/2026") == datetime.datetime(2026, 5, 4)
    assert values.moment("05/04/2026 4:99") == datetime.datetime(2026, 5, 4)
    assert values.moment("yes") is None


def test_lists() -> None:
    assert values.items("[HQ, '95']") == ("HQ", "95")
    assert values.items("Doe, Jane; Roe, Ann;") == ("Doe, Jane", "Roe, Ann")
    assert values.diagnoses("F33.1 Major depressive disorder, recurrent, moderate, F41.1 GAD") == (
        "F33.1 Major depressive disorder, recurrent, moderate",
        "F41.1 GAD",
    )
    assert values.diagnoses("depression, anxiety") == ("depression", "anxiety")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Group therapy", "group"),
        ("group", "group"),
        ("Individual Psychotherapy", "individual"),
        ("individual", "individual"),
        ("couples", "family"),
        ("family", "family"),
        ("Multi-family group", "family"),
        ("psych eval", "intake"),
        ("intake", "intake"),
        ("Initial Assessment", "intake"),
        ("med management", "medication"),
        ("Med Check", "medication"),
        ("medication", "medication"),
        ("E/M", "medication"),
        ("Evaluation and Management", "medication"),
        ("90853", "group"),
        ("90791", "intake"),
        ("other", "other"),
        ("Crisis", "other"),
        ("individual_therapy", "individual"),
        ("banana", None),
        ("", None),
    ],
)
def test_note_types(text: str, expected: str | None) -> None:
    assert values.note_type(text) == expected
