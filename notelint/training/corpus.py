"""The labelled corpus: samples/corpus/*.notes → LabelledNote; its labels laid over sentences as notelint cuts them."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, NamedTuple, get_args

from notelint.errors import UsageError, nearest
from notelint.records import LABELS, Note, NoteType, SentenceTags
from notelint.resources import data_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

TYPES = get_args(NoteType)
HELD_OUT = frozenset(("valid", "episodes", "benchmark"))
LINE = re.compile(r"(\+ )?(.*?)\s*\{([a-z_,\s]*)\}")


class LabelledSentence(NamedTuple):
    """A sentence of a labelled note: character offsets of the note's text, and its labels."""

    start: int
    end: int
    labels: frozenset[str]


class LabelledNote(NamedTuple):
    """A note with its gold sentences. `batch` is its file's stem: notes of one batch resemble each other."""

    note: Note
    batch: str
    sentences: tuple[LabelledSentence, ...]

    @property
    def labels(self) -> frozenset[str]:
        """All labels of the note."""
        return frozenset(label for sentence in self.sentences for label in sentence.labels)


def corpus_folder() -> Path:
    """The corpus of the checkout. Raises UsageError where there is none (an installed package holds the model only)."""
    folder = data_folder("samples") / "corpus"
    if not folder.is_dir():
        raise UsageError(
            "E401", "There is no corpus here.", where=str(folder), cure="Training runs in a checkout of the project."
        )
    return folder


def read_corpus(folder: Path) -> list[LabelledNote]:
    """All notes of a folder's .notes files, in order.

    Raises UsageError with file and line for a line that does not fit the format (tests/benchmark/parse_notes.py
    describes it), for a folder without notes, and for held-out notes: those judge a model and must never train one.
    """
    files = sorted(folder.glob("*.notes"))
    for path in (folder, *files):
        if HELD_OUT & {part.lower() for part in path.resolve().parts}:
            what = "These notes are held out: a model is judged by them."
            raise UsageError("E402", what, where=str(path), cure="Train on samples/corpus.")
    if not files:
        cure = "Train on samples/corpus."
        raise UsageError("E407", "There are no .notes files in this folder.", where=str(folder), cure=cure)
    return [note for path in files for note in read_notes_file(path)]


def read_notes_file(path: Path) -> Iterator[LabelledNote]:
    """The labelled notes of one file. Raises UsageError with file and line."""
    try:
        text = path.read_text(encoding="utf-8")
    except ValueError as error:
        raise _broken(path, 1, "it is not UTF-8") from error
    header: dict[str, str] = {}
    lines: list[tuple[int, str]] = []
    first, inside = 1, False
    for number, raw in enumerate([*text.removesuffix("\n").split("\n"), "=== end"], 1):
        line = raw.rstrip()
        if re.fullmatch(r"=== [\w.-]+", line):
            if header:
                yield _labelled_note(path, first, header, lines)
            header, lines, first, inside = {"id": line[4:].strip()}, [], number, False
        elif inside:
            lines.append((number, line))
        elif line == "---":
            inside = True
        elif ":" in line and header:
            key, value = line.split(":", 1)
            header[key.strip()] = value.strip()
        elif line:
            raise _broken(path, number, "a header line has no colon, or no === line stands before it")


def _labelled_note(path: Path, first: int, header: dict[str, str], lines: Sequence[tuple[int, str]]) -> LabelledNote:
    if header.get("type") not in TYPES:
        raise _broken(path, first, "the note's type is unknown", f"Known are: {', '.join(TYPES)}.")
    text = ""
    sentences: list[LabelledSentence] = []
    for number, line in lines:
        if not line:
            text += "\n"
            continue
        found = LINE.fullmatch(line)
        if not found or not found[2]:
            raise _broken(path, number, "there are no {labels} at the end of the line")
        labels = frozenset(name.strip() for name in found[3].split(",") if name.strip())
        unknown = next(iter(sorted(labels - set(LABELS))), None)
        if unknown:
            raise _broken(path, number, f"unknown label '{unknown}'", nearest(unknown, LABELS))
        if found[1]:
            text += " "
        elif text and sentences:
            text += "\n"
        sentences.append(LabelledSentence(len(text), len(text) + len(found[2]), labels))
        text += found[2]
    if not sentences:
        raise _broken(path, first, "the note has no sentence, or no --- line stands before it")
    known = {name: header.get(name) for name in ("id", "type", "level_of_care")}
    note = Note.model_validate({"text": text, **known})
    return LabelledNote(note, path.stem, tuple(sentences))


def _broken(
    path: Path, number: int, what: str, cure: str = "See samples/corpus/README.md for the format."
) -> UsageError:
    return UsageError("E403", f"The corpus can't be read: {what}.", where=f"{path}:{number}", cure=cure)


def corpus_hash(folder: Path) -> str:
    """SHA-256 over the corpus' files, names and contents, in order."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.notes")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def shares_half(left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Whether two spans share at least half of the shorter one (the scorer's rule, tests/benchmark/score.py)."""
    shared = min(left[1], right[1]) - max(left[0], right[0])
    return shared > 0 and 2 * shared >= min(left[1] - left[0], right[1] - right[0])


def project_labels(gold: Iterable[LabelledSentence], cut: Sequence[SentenceTags]) -> list[frozenset[str]]:
    """The gold labels of each sentence as notelint cuts it: of every gold sentence that shares half of the shorter."""
    gold = list(gold)
    return [
        frozenset(label for g in gold if shares_half((g.start, g.end), (own.start, own.end)) for label in g.labels)
        for own in cut
    ]
