import importlib.util
from pathlib import Path

import pytest

from notelint.readers.kept_apart import is_kept_apart

REST = "\n\nClient spoke of her mother."


@pytest.mark.parametrize(
    "top",
    [
        "PSYCHOTHERAPY NOTES",
        "# Psychotherapy Notes",
        "PSYCHOTHERAPY NOTES - CONFIDENTIAL",
        "Psychotherapy notes (session 12)",
        "PROCESS NOTE",
        "Process note – not part of the record",
        "Process Notes",
        "Process notes for Ms D 9/14. Keep separate from chart.",
        "Client: A. B.\nPROCESS NOTES - keep separate",
        "Psychotherapy (process) notes",
        "Process/psychotherapy notes",
        "Client: A. B.\nPSYCHOTHERAPY NOTES",
        "Private notes\nKept separate from the medical record, 45 CFR 164.501",
        "Psychotherapy notes: kept separate from the medical record 45 CFR 164.501",
        "This is not part of the client's medical record.",
        "These are psychotherapy notes",
        "Psychotherapy note, do not file",
        "kept separate from the medical record 45 CFR 164.501",
        "*** Psychotherapy note under 45 CFR § 164.501 ***",
        "45 C.F.R. 164.501",
        "Notes kept separately from the patient's chart",
    ],
)
def test_marked(top: str) -> None:
    assert is_kept_apart(top + REST)


@pytest.mark.parametrize(
    "top",
    [
        "Psychotherapy Note",
        "Individual Psychotherapy Note",
        "PSYCHOTHERAPY PROGRESS NOTE",
        "OUTPATIENT PSYCHOTHERAPY NOTE",
        "Process notes are kept apart from this record.",
        "Record: Process notes held apart",
        "Psychotherapy notes, if any, are kept separate.",
        "Process Group Note",
        "Psychotherapy notes are kept separate from the medical record under 45 CFR 164.501.",
        "Telehealth\nProcess note",
        "This is a psychotherapy note for group 3.",
        "D: Client keeps the process notes from work.",
        "The diary is not part of what she showed.",
        "Processing note: trauma narrative",
    ],
)
def test_ordinary(top: str) -> None:
    assert not is_kept_apart(top + REST)


@pytest.mark.parametrize(
    "kind", ["Psychotherapy Notes", "process", "process note", "process_notes", "psychotherapy (process) notes"]
)
def test_type(kind: str) -> None:
    assert is_kept_apart("Client came.", kind)


def test_ordinary_types() -> None:
    assert not any(
        is_kept_apart("Client came.", kind)
        for kind in ("individual", "psychotherapy note", "process group", "", None, 3)
    )


def test_only_the_top_counts() -> None:
    assert not is_kept_apart("Client came.\n" * 10 + "PSYCHOTHERAPY NOTES")


def test_no_note_of_the_corpus_is_skipped() -> None:
    root = Path(__file__).resolve().parent.parent
    spec = importlib.util.spec_from_file_location("parse_notes", root / "tests/benchmark/parse_notes.py")
    assert spec and spec.loader
    parser = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(parser)
    files = sorted((root / "samples/corpus").glob("*.notes"))
    notes = [note for file in files for note in _notes(parser, file)]
    assert len(notes) > 500
    assert [note["id"] for note in notes if is_kept_apart(note["text"])] == []


def _notes(parser: object, file: Path) -> list[dict[str, str]]:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        return parser.notes(file)[0]  # type: ignore[attr-defined, no-any-return]
