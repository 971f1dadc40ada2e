import datetime

import pytest

from notelint.readers.fields import FIELDS, FORMS, PARSERS, canonical, read_fields


def test_names_in_any_spelling() -> None:
    assert canonical(" Group-Session ") == "group_session_id"
    assert canonical("Clinician") == "clinician_id"
    assert canonical("Place Of  Service") == "place_of_service"


def test_every_field_has_a_parser_and_every_form_a_field() -> None:
    assert set(PARSERS) == set(FIELDS) - {"text"}
    assert set(FORMS) <= set(PARSERS)


def test_everything_is_read() -> None:
    known, other, bad = read_fields(
        {
            "ID": 12,
            "Type": "Group therapy",
            "date": "05/04/2026",
            "patient": 7.0,
            "Patient Names": "Doe; Roe",
            "clinician": "c1",
            "group_size": "8 members",
            "cpt": "cpt 90853-hq",
            "start": 902,
            "end": "9:50 am",
            "level_of_care": "Intensive Outpatient",
            "diagnoses": ["F33.1", 7],
            "signed_at": "2026-05-04T17:00",
            "units": [1, {"a": None}],
            "payer": " ",
            "program": None,
            "place_of_service": "02",
        }
    )
    assert known == {
        "id": "12",
        "type": "group",
        "date": datetime.date(2026, 5, 4),
        "patient_id": "7",
        "patient_names": ("Doe", "Roe"),
        "clinician_id": "c1",
        "group_size": 8,
        "cpt": "90853",
        "modifiers": ("HQ",),
        "start": datetime.time(9, 2),
        "end": datetime.time(9, 50),
        "minutes": 48,
        "level_of_care": "iop",
        "diagnoses": ("F33.1", "7"),
        "signed_at": datetime.datetime(2026, 5, 4, 17),
        "place_of_service": "02",
    }
    assert other == {"units": [1, {"a": None}]}
    assert bad == ()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("minutes", "long"),
        ("minutes", True),
        ("minutes", [50]),
        ("Date", "soon"),
        ("start", "x"),
        ("group_size", "many"),
        ("patient", {}),
        ("diagnoses", [{}]),
        ("modifiers", False),
        ("type", "banana"),
        ("signed_at", 3),
        ("level_of_care", ["iop"]),
        ("id", [1]),
    ],
)
def test_a_bad_value_is_kept_apart_under_its_own_key(key: str, value: object) -> None:
    assert read_fields({key: value}) == ({}, {key: value}, ((key, canonical(key)),))


def test_the_full_name_wins_and_the_other_is_passed_through() -> None:
    assert read_fields({"patient": "a", "patient_id": "b"}) == ({"patient_id": "b"}, {"patient": "a"}, ())


def test_given_minutes_and_modifiers_win() -> None:
    known, _, _ = read_fields({"minutes": 40, "start": "9:00", "end": "9:50", "cpt": "90834-95", "modifiers": "GT"})
    assert (known["minutes"], known["modifiers"], known["cpt"]) == (40, ("GT",), "90834")


def test_what_is_no_single_code_stays_as_written() -> None:
    assert read_fields({"cpt": "99214, 90833"}).known == {"cpt": "99214, 90833"}
    assert read_fields({"start": "9:00", "end": "9:00"}).known.keys() == {"start", "end"}


def test_our_own_fields_can_not_be_set_from_outside() -> None:
    record = {"path": "x", "line": 3, "other": {}, "body_start": 7, "text": "y"}
    assert read_fields(record) == ({}, record, ())
    assert read_fields({"provider_npi": float("inf"), "payer": 1.5}).known == {"provider_npi": "inf", "payer": "1.5"}
