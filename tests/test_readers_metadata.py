import datetime
import time

import pytest

from notelint.readers.metadata import fill_in
from notelint.records import Note


def filled(text: str, **known: object) -> Note:
    return fill_in(Note.model_validate({"text": text, **known}))


@pytest.mark.parametrize(
    "text",
    [
        "Date of Service: 05/04/2026\nClient came.",
        "DOS 5/4/26  Start: 9:00",
        "Client: A.  Date: 2026-05-04",
        "DATE OF VISIT: May 4, 2026",
        "DOB: 01/02/1990 DOS: 05/04/2026",
        "Progress note 05/04/2026\nD: Client came.",
        "2026-05-04\nClient came.",
        "Date of birth: 01/02/1990\nDate: 05/04/2026",
        "Date of service: unknown\nSession date: 05/04/2026",
    ],
)
def test_date(text: str) -> None:
    assert filled(text).date == datetime.date(2026, 5, 4)


@pytest.mark.parametrize(
    "text",
    [
        "DOB: 01/02/1990",
        "Client will come on 05/04/2026.",
        "Since last session 05/04/2026 she slept.",
        "Date of report: 05/04/2026",
        "Seen 05/04",
    ],
)
def test_no_date(text: str) -> None:
    assert filled(text).date is None


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("Duration: 50 min", 50),
        ("Total time: 53 minutes", 53),
        ("90837, 55 min", 55),
        ("45-minute session by video", 45),
        ("Minutes: 60", 60),
        ("Start: 9:30 AM  End: 10:30 AM", 60),
        ("Start/stop: 1305 / 1435", 90),
        ("Client seen 5:00p-5:50p", 50),
        ("in @ 9:00, out 9:53", 53),
        ("Time: 11:30 - 12:15 pm", 45),
        ("Start time: 4:00 pm, end time: 4:50 pm, total 45 min", 45),
        ("Client came.\n" * 300 + "Total time: 45 min", 45),
    ],
)
def test_minutes(text: str, minutes: int) -> None:
    assert filled(text).minutes == minutes


@pytest.mark.parametrize(
    "text",
    ["She ran 45 min a day.", "Duration: 5 min", "BP 118/76 at 9:00", "Slept from 11 to 12", "Start: 9:00 End: 9:05"],
)
def test_no_minutes(text: str) -> None:
    assert filled(text).minutes is None


def test_start_and_end_come_with_their_half_of_the_day() -> None:
    note = filled("Start: 4:02 pm  End: 4:55 pm")
    assert (note.start, note.end, note.minutes) == (datetime.time(16, 2), datetime.time(16, 55), 53)
    given = filled("Start: 4:02 pm  End: 4:55 pm", start="15:00")
    assert (given.start, given.end, given.minutes) == (datetime.time(15), None, None)


@pytest.mark.parametrize(
    ("text", "cpt"),
    [
        ("CPT: 90837", "90837"),
        ("Service code H0004", "H0004"),
        ("Client: A.  90834  Telehealth", "90834"),
        ("99214 + 90833", "99214"),
        ("CPT 90785, CPT 90837", "90837"),
        ("Long Beach, CA 90802", None),
        ("Code 12345", None),
        ("Client 90834.5", None),
        ("CPT: 90833", None),
    ],
)
def test_code(text: str, cpt: str | None) -> None:
    assert filled(text).cpt == cpt


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("CPT: 90853\nMs. A. spoke.", "group"),
        ("90847\nThey came.", "family"),
        ("CPT 90791", "intake"),
        ("CPT: 99214", "medication"),
        ("Code: 90834", "individual"),
        ("Code H2017", None),
        ("Type of service: Group therapy\nHe spoke.", "group"),
        ("Group topic: anger. Facilitator led members in a role play. Peers gave feedback.", "group"),
        ("INTAKE ASSESSMENT\nReferred by PCP.", "intake"),
        ("MEDICATION MANAGEMENT\nDoing well.", "medication"),
        ("S: Couple presented for couples therapy.", "family"),
        ("Client was seen for an intake evaluation.", "intake"),
        ("B: Client attended individual session.", "individual"),
        ("Lives at a group home; quilting group on Tuesdays.", None),
        ("Client slept. PHQ-9 down since intake.", None),
        ("[ ] Group [x] Individual therapy", "individual"),
        ("Type: other\nClient came.", None),
        ("Date: 09/16/2026\nSession type: individual, 50 minutes\n\nD: Client arrived late.", "individual"),
    ],
)
def test_type(text: str, kind: str | None) -> None:
    assert filled(text).type == kind


def test_what_is_given_wins() -> None:
    text = "Group therapy  DOS: 05/04/2026  CPT: 90853  Duration: 90 min"
    note = filled(text, type="individual", date="2020-01-01", cpt="90834", minutes=45)
    assert (note.type, note.date, note.cpt, note.minutes) == ("individual", datetime.date(2020, 1, 1), "90834", 45)


def test_front_matter_is_not_looked_at() -> None:
    text = "---\nnote: 05/04/2026\n---\nClient came."
    assert filled(text, body_start=text.index("Client")).date is None


@pytest.mark.parametrize(
    "piece", ["a ", "9", "9:00 ", "group ", "time ", "[ ]", " ", "\n", "date of ", "start 9:00 - ", "the initial "]
)
def test_no_text_takes_long(piece: str) -> None:
    start = time.process_time()
    filled(piece * (400_000 // len(piece)))
    assert time.process_time() - start < 1
