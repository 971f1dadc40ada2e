import json
import traceback
from pathlib import Path
from typing import Any

import pytest

from notelint.errors import UsageError
from notelint.readers import plans, read_plans

CANARY = "Xylophonia"
EXAMPLE = Path(__file__).parent / "benchmark/episodes/d01.plans.json"


def written(tmp_path: Path, value: Any) -> str:
    path = tmp_path / "x.plans.json"
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return str(path)


def test_the_example() -> None:
    found, problems = read_plans(str(EXAMPLE))
    assert problems == ()
    assert found["p01"].goals[0].objectives[0].id == "1a"
    assert found["p01"].frequency is not None


def test_lenient_values(tmp_path: Path) -> None:
    record = {
        "patient_id": 7,
        "effective": "01/05/2026",
        "review_due": None,
        "diagnoses": "F33.1; F41.1",
        "x": CANARY,
        "owner": 3,
        "goals": [{"id": 1, "text": "Sleep", "y": 1, "objectives": ["In bed by eleven", {"text": "No phone"}]}, "Walk"],
        "frequency": {"visits": 1, "per": "week", "note": "z"},
    }
    found, problems = read_plans(written(tmp_path, record))
    plan = found["7"]
    assert problems == ()
    assert plan.effective is not None
    assert plan.effective.isoformat() == "2026-01-05"
    assert plan.diagnoses == ("F33.1", "F41.1")
    assert plan.owner == "3"
    assert [(goal.id, [objective.id for objective in goal.objectives]) for goal in plan.goals] == [
        ("1", ["1.1", "1.2"]),
        ("2", []),
    ]


def test_the_latest_plan_of_a_patient_is_kept(tmp_path: Path) -> None:
    dates = ["2026-01-05", "2026-03-01", "2025-01-01", None]
    found, _ = read_plans(written(tmp_path, [{"patient": "a", "effective": date} for date in dates]))
    assert str(found["a"].effective) == "2026-03-01"
    found, _ = read_plans(written(tmp_path, [{"patient": "a", "owner": owner} for owner in "xy"]))
    assert found["a"].owner == "y"


@pytest.mark.parametrize(
    ("record", "what"),
    [
        ({}, "'patient' is missing"),
        (CANARY, "it is no object in { }"),
        ({"patient": "a", "effective": CANARY}, "'effective' can't be used"),
        ({"patient": [CANARY]}, "'patient' can't be used"),
        ({"patient": "a", "goals": ["ok", {"id": "1", "te": CANARY}]}, "'goals.2.text' is missing"),
        ({"patient": "a", "goals": [3]}, "'goals.1' can't be used"),
        ({"patient": "a", "goals": CANARY}, "'goals' can't be used"),
        ({"patient": "a", "frequency": {"visits": CANARY, "per": "week"}}, "'frequency.visits' can't be used"),
    ],
)
def test_a_broken_record_is_told_and_the_others_are_kept(tmp_path: Path, record: object, what: str) -> None:
    found, (problem,) = read_plans(written(tmp_path, [{"patient": "ok"}, record]))
    assert list(found) == ["ok"]
    assert (problem.code, problem.path) == ("E315", str(tmp_path / "x.plans.json"))
    assert f"Record 2 is no treatment plan: {what}." in problem.message
    assert CANARY not in str(problem)


@pytest.mark.parametrize(
    "text", [f'[{{"{CANARY}": }}]', "[" * 100_000, "9" * 5_000, "[" * 50 + "]" * 50, ""], ids="abcde"
)
def test_no_json(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_plans(written(tmp_path, text))
    assert caught.value.code == "E325"
    assert CANARY not in "".join(traceback.format_exception(caught.value)) + repr(caught.value.args)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (str(tmp_path / "none.json"), str(tmp_path), "a\0b"):
        with pytest.raises(UsageError) as caught:
            read_plans(path)
        assert caught.value.code == "E323"
    monkeypatch.setattr(plans, "MAX_BYTES", 3)
    with pytest.raises(UsageError, match="E324"):
        read_plans(written(tmp_path, [{}]))
