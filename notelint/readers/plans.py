"""Treatment plans from a JSON file (a list of plans, or one): an argument of the recertification and check commands."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from notelint.errors import UsageError
from notelint.readers import problems, values
from notelint.readers.building import without_surrogates
from notelint.readers.encodings import chunks, decode, mended, normalized
from notelint.readers.fields import as_text
from notelint.readers.problems import Place, problem
from notelint.records import Frequency, Goal, Objective, Plan, Problem

MAX_BYTES = 64_000_000


def read_plans(path: str) -> tuple[dict[str, Plan], tuple[Problem, ...]]:
    """The plans by patient, and a Problem for each record that is no plan; the others are kept.

    Of two plans of one patient the one with the latest effective date is kept, without dates the later in the file.
    Keys that a plan doesn't have are ignored. Raises UsageError if the file is missing or not JSON.
    """
    shown = mended(path).text
    records = _load(path, shown)
    plans: dict[str, Plan] = {}
    found: list[Problem] = []
    for index, record in enumerate(records, 1):
        try:
            plan = Plan.model_validate(_plan(record))
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            where = ".".join(str(step + 1) if isinstance(step, int) else step for step in first["loc"])
            what = f"'{where}' is missing" if first["type"] == "missing" else f"'{where}' can't be used"
            found.append(problem(problems.BAD_PLAN, Place(shown), index=index, what=what))
        except TypeError:
            found.append(problem(problems.BAD_PLAN, Place(shown), index=index, what="it is no object in { }"))
        else:
            known = plans.get(plan.patient)
            if known is None or (plan.effective or datetime.date.min) >= (known.effective or datetime.date.min):
                plans[plan.patient] = plan
    return plans, tuple(found)


def _load(path: str, shown: str) -> list[Any]:
    try:
        with Path(path).open("rb") as file:
            data = b"".join(normalized(chunks(file))) if Path(path).stat().st_size <= MAX_BYTES else None
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "it is no path").lower()
        raise UsageError(
            "E323", f"The file of plans can't be read: {reason}.", where=shown, cure="Check its path and rights."
        ) from None
    if data is None:
        raise UsageError(
            "E324",
            "The file of plans is larger than plans can be.",
            where=shown,
            cure="Give the plans of these patients only.",
        )
    what = "This is not JSON"
    try:
        value, _ = without_surrogates(json.loads(decode(data).text))
        return value if isinstance(value, list) else [value]
    except json.JSONDecodeError as error:
        what, shown = (
            f"This is not JSON ({error.msg.partition(':')[0].lower()}, column {error.colno})",
            f"{shown}:{error.lineno}",
        )
    except (ValueError, RecursionError):
        what = "This JSON is nested too deeply or holds a number that is too long"
    raise UsageError("E325", f"{what}.", where=shown, cure="A file of plans is a list of objects in [ ].")


def _only(record: Any, model: type[BaseModel]) -> dict[str, Any]:
    """The keys that the model knows; raises TypeError for what is no object."""
    if not isinstance(record, dict):
        raise TypeError("no object")
    return {key: value for key, value in record.items() if key in model.model_fields and value is not None}


def _plan(record: Any) -> dict[str, Any]:
    if isinstance(record, dict) and "patient" not in record and "patient_id" in record:
        record = {**record, "patient": record["patient_id"]}
    plan = _only(record, Plan)
    plan = {**plan, **{key: as_text(plan[key]) for key in ("patient", "owner") if key in plan}}
    for key in ("effective", "review_due"):
        if isinstance(plan.get(key), str):
            plan[key] = values.date(plan[key]) or plan[key]
    if isinstance(plan.get("diagnoses"), str):
        plan["diagnoses"] = values.diagnoses(plan["diagnoses"])
    if isinstance(plan.get("goals"), list):
        plan["goals"] = [_numbered(goal, Goal, str(at)) for at, goal in enumerate(plan["goals"], 1)]
    if isinstance(plan.get("frequency"), dict):
        plan["frequency"] = _only(plan["frequency"], Frequency)
    return plan


def _numbered(item: Any, model: type[Goal | Objective], number: str) -> Any:
    """A goal or objective as the model wants it: text alone gets its number as id, a number as id becomes text."""
    if isinstance(item, str):
        return {"id": number, "text": item}
    if not isinstance(item, dict):
        return item
    known = _only(item, model)
    known["id"] = as_text(known.get("id", number))
    if isinstance(known.get("objectives"), list):
        known["objectives"] = [
            _numbered(inner, Objective, f"{known['id']}.{at}") for at, inner in enumerate(known["objectives"], 1)
        ]
    return known
