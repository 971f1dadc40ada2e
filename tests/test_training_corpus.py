import importlib
import warnings
from pathlib import Path

import pytest

from notelint.errors import UsageError
from notelint.nlp.pipeline import build_pipeline, tag_note
from notelint.records import LABELS, SentenceTags
from notelint.training import corpus
from notelint.training.corpus import (
    LabelledSentence,
    corpus_folder,
    corpus_hash,
    project_labels,
    read_corpus,
    read_notes_file,
    shares_half,
)

HERE = Path(__file__).parent
ONE = """\
=== a-001
type: individual
level_of_care: IOP
cadence: weekly
---

S: Sad. {current_symptoms}
+ Missed work. {functional_impact,current_symptoms}

  Rest. {}
=== a-002
type: group
---
Took part. {group_engagement}
"""


def write(folder: Path, text: str, name: str = "a.notes") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_notes_are_read(tmp_path: Path) -> None:
    first, second = read_notes_file(write(tmp_path, ONE))
    assert first.note.text == "\nS: Sad. Missed work.\n\n  Rest."
    assert (first.note.id, first.note.type, first.note.level_of_care, first.batch) == (
        "a-001",
        "individual",
        "iop",
        "a",
    )
    assert [first.note.text[s.start : s.end] for s in first.sentences] == ["S: Sad.", "Missed work.", "  Rest."]
    assert first.sentences[1].labels == {"functional_impact", "current_symptoms"}
    assert first.labels == {"functional_impact", "current_symptoms"}
    assert second.labels == {"group_engagement"}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("stray\n", 1, "no colon"),
        ("type: group\n", 1, "no === line"),
        ("=== a\ntype: group\nstray\n---\n", 3, "no colon"),
        ("=== a\ntype: group\n---\nTook part.\n", 4, "{labels}"),
        ("=== a\ntype: group\n---\n{diagnosis}\n", 4, "{labels}"),
        ("=== a\ntype: group\n---\nTook part. {Diagnosis}\n", 4, "{labels}"),
        ("=== a\ntype: group\n---\nok {}\nSad. {curent_symptoms}\n", 5, "Did you mean 'current_symptoms'?"),
        ("=== a\ntype: group\n---\nSad. {zzz}\n", 4, "Known are: change_since_last"),
        ("=== a\ntype: solo\n---\nSad. {}\n", 1, "type is unknown"),
        ("\n=== a\n---\nSad. {}\n", 2, "Known are: individual"),
        ("=== a\ntype: group\n=== b\ntype: group\n---\nSad. {}\n", 1, "no sentence"),
    ],
)
def test_what_does_not_fit_is_named_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(UsageError) as caught:
        list(read_notes_file(path))
    assert caught.value.code == "E403"
    assert caught.value.where == f"{path}:{line}"
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_other_encodings_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.notes"
    path.write_bytes(b"=== a\ntype: group\n---\nna\xefve {}\n")
    with pytest.raises(UsageError, match="UTF-8"):
        list(read_notes_file(path))


@pytest.mark.parametrize("name", ["valid", "episodes", "."])
def test_held_out_notes_are_refused(name: str) -> None:
    folder = HERE / "benchmark" / name
    assert folder.is_dir()
    with pytest.raises(UsageError, match="held out") as caught:
        read_corpus(folder)
    assert caught.value.code == "E402"


def test_held_out_notes_are_refused_under_any_way_there(tmp_path: Path) -> None:
    (tmp_path / "train").symlink_to(HERE / "benchmark" / "valid")
    (tmp_path / "mine").mkdir()
    (tmp_path / "Valid").mkdir()
    write(tmp_path / "Valid", ONE)
    held = next((HERE / "benchmark" / "valid").glob("*.notes"))
    (tmp_path / "mine" / "a.notes").symlink_to(held)
    for name in ("train", "mine", "Valid"):
        with pytest.raises(UsageError, match="held out"):
            read_corpus(tmp_path / name)


def test_a_folder_without_notes_is_refused(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "absent"):
        with pytest.raises(UsageError, match=r"no \.notes files"):
            read_corpus(folder)


def test_files_are_read_in_order(tmp_path: Path) -> None:
    write(tmp_path, ONE, "b.notes")
    write(tmp_path, ONE, "a.notes")
    write(tmp_path, "not read", "c.txt")
    assert [note.batch for note in read_corpus(tmp_path)] == ["a", "a", "b", "b"]


def test_the_checkouts_corpus(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    notes = read_corpus(corpus_folder())
    assert len(notes) >= 1000
    assert len({note.note.id for note in notes}) == len(notes)
    assert {label for note in notes for label in note.labels} == set(LABELS)
    assert all({"goal_link", "goal_vague"} - sentence.labels for note in notes for sentence in note.sentences)
    monkeypatch.setattr(corpus, "data_folder", lambda name: tmp_path / name)
    with pytest.raises(UsageError, match="no corpus here"):
        corpus_folder()


def test_notes_are_read_as_the_benchmark_reads_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(HERE / "benchmark"))
    parse_notes = importlib.import_module("parse_notes")
    for path in sorted(corpus_folder().glob("*.notes"))[::3]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # the script leaves closing its file to Python
            theirs, problems = parse_notes.notes(path)
        assert problems == []
        ours = list(read_notes_file(path))
        assert [note.note.text for note in ours] == [note["text"] for note in theirs]
        for own, other in zip(ours, theirs, strict=True):
            marked = [(s["start"], s["end"], frozenset(s["labels"])) for s in other["sentences"]]
            assert list(own.sentences) == marked


def test_hash(tmp_path: Path) -> None:
    write(tmp_path, ONE)
    before = corpus_hash(tmp_path)
    assert before == corpus_hash(tmp_path)
    assert len(before) == 64
    write(tmp_path, "not read", "README.md")
    assert corpus_hash(tmp_path) == before
    write(tmp_path, ONE + "\n")
    changed = corpus_hash(tmp_path)
    (tmp_path / "a.notes").rename(tmp_path / "b.notes")
    assert len({before, changed, corpus_hash(tmp_path)}) == 3


def test_shares_half() -> None:
    assert shares_half((0, 10), (5, 30))
    assert not shares_half((0, 10), (6, 30))
    assert shares_half((0, 100), (40, 50))
    assert not shares_half((0, 10), (10, 20))


def test_labels_are_laid_over_the_sentences_as_cut() -> None:
    gold = [
        LabelledSentence(0, 10, frozenset(["a"])),
        LabelledSentence(11, 20, frozenset(["b", "c"])),
        LabelledSentence(21, 22, frozenset()),
    ]
    cut = [SentenceTags(start=s, end=e, text="x" * (e - s), section=None) for s, e in ((0, 5), (5, 20), (21, 22))]
    assert project_labels(gold, cut) == [{"a"}, {"a", "b", "c"}, frozenset()]
    assert project_labels(gold, []) == []
    assert project_labels([], cut) == [frozenset()] * 3


def test_projection_loses_no_label_of_ordinary_notes() -> None:
    nlp = build_pipeline()
    for labelled in [note for note in read_corpus(corpus_folder()) if note.batch in ("o08", "o19")]:
        projected = project_labels(labelled.sentences, tag_note(nlp, labelled.note))
        assert frozenset().union(*projected) == labelled.labels, labelled.note.id
