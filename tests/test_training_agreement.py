from pathlib import Path

import pytest

from notelint.errors import UsageError
from notelint.records import LABELS
from notelint.training.agreement import Agreement, blind_copy, compare
from notelint.training.corpus import read_notes_file

NOTE = "=== a-{n}\ntype: group\n---\nSad. {{{first}}}\n+ Took part. {{{second}}}\n"


def write(folder: Path, name: str, *labels: tuple[str, str]) -> Path:
    path = folder / name
    notes = (NOTE.format(n=n, first=first, second=second) for n, (first, second) in enumerate(labels))
    path.write_text("".join(notes), encoding="utf-8")
    return path


def test_kappa() -> None:
    assert Agreement(20, 5, 10, 15).kappa == pytest.approx(0.4)  # the textbook's example
    assert Agreement(5, 0, 0, 5).kappa == 1
    assert Agreement(0, 0, 0, 9).kappa == 1
    assert Agreement().kappa == 1
    assert Agreement(0, 5, 5, 0).kappa == pytest.approx(-1)
    with pytest.raises(TypeError):
        Agreement() + (1,)  # type: ignore[operator]  # noqa: RUF005


def test_compare(tmp_path: Path) -> None:
    first = write(tmp_path, "a.notes", ("current_symptoms", ""), ("", "group_engagement"))
    second = write(tmp_path, "b.notes", ("current_symptoms", "group_engagement"), ("", ""), ("", ""))
    found = compare([first], [second])
    assert found["current_symptoms"] == (1, 0, 0, 3)
    assert found["group_engagement"] == (0, 1, 1, 2)
    assert found["all"] == (1, 1, 1, 4 * len(LABELS) - 3)
    with pytest.raises(UsageError, match="a-0 differs"):
        second.write_text(second.read_text(encoding="utf-8").replace("Sad", "Low"), encoding="utf-8")
        compare([first], [second])


def test_blind_copy(tmp_path: Path) -> None:
    path = write(tmp_path, "a.notes", *[("current_symptoms", "group_engagement")] * 10)
    (tmp_path / "blind.notes").write_text(blind_copy(path, share=0.3, seed=1), encoding="utf-8")
    blind = list(read_notes_file(tmp_path / "blind.notes"))
    assert len(blind) == 3
    assert not any(note.labels for note in blind)
    assert sorted(note.note.id for note in blind) == [note.note.id for note in blind]
    assert blind_copy(path, share=0.3, seed=1) == blind_copy(path, share=0.3, seed=1)
