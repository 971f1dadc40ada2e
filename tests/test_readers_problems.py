import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.errors import NotelintError
from notelint.readers import problems, read_notes
from notelint.readers.fields import FIELDS
from notelint.readers.problems import Cause, Place, problem, unreadable
from notelint.records import Problem

CANARY = "xyzzy-quux"
CAUSES = [value for value in vars(problems).values() if isinstance(value, Cause)]


def test_one_code_a_cause_and_a_cure_for_each() -> None:
    assert len(CAUSES) == 19
    assert len({cause.code for cause in CAUSES}) == len(CAUSES)
    assert all(
        cause.code.startswith("E3") and cause.cure.endswith(".") and cause.message.endswith(".") for cause in CAUSES
    )


def test_words_are_filled_in() -> None:
    found = problem(problems.BAD_FIELD, Place("a.jsonl", 3), field="minutes", form="a number")
    assert str(found) == (
        "a.jsonl:3: The value of 'minutes' can't be used, and was left out; the note was checked all the same."
        " Expected: a number. [E311]"
    )
    assert unreadable(OSError(), Place("x")).message == "This can't be read: an error of the device."


VALUE = st.sampled_from(
    [CANARY, f"{CANARY} 5", [CANARY], {CANARY: CANARY}, f"\ud800{CANARY}", f"{CANARY}\0", 5, True, None]
)
RECORD = st.dictionaries(st.sampled_from([*FIELDS, "patient", "facility", "Note", "\udc00"]), VALUE, max_size=8)


@settings(max_examples=150, deadline=None)
@given(st.lists(RECORD, min_size=1, max_size=3), st.sampled_from(["jsonl", "json", "csv", "txt", "cut"]))
def test_no_problem_ever_holds_a_value(
    tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, object]], kind: str
) -> None:
    path = tmp_path_factory.mktemp("canary") / f"e.{kind.replace('cut', 'jsonl')}"
    lines = [json.dumps(record) for record in records]
    text = {
        "jsonl": "\n".join(lines),
        "cut": "\n".join(line[:-1] for line in lines),
        "json": "[" + ",\n".join(lines) + "]",
        "csv": "id,text,minutes\n" + "\n".join(",".join(map(str, record.values())) for record in records),
        "txt": "---\n"
        + "\n".join(f"{key}: {value}" for record in records for key, value in record.items())
        + f"\n---\n{CANARY}\0",
    }[kind]
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        for item in read_notes([str(path)]):
            if isinstance(item, Problem):
                assert CANARY not in f"{item} {item!r}"
    except NotelintError as error:
        assert CANARY not in f"{error} {error.args} {error.__cause__!r} {error.__context__!r}"
