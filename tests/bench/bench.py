#!/usr/bin/env python3
"""Start-up, latency, throughput and memory of notelint, beside their bars: `make bench`.

Nothing here is a test: a slow machine prints other figures, it does not fail. The notes are made from the corpus'
sentences by a seeded shuffle, all distinct.
"""

from __future__ import annotations

import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from notelint import Linter, Note
from notelint.training.corpus import corpus_folder, read_corpus

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
NOTES, WORDS = 10_000, 200
MEASURED = """
import resource, sys
from notelint.cli import group
try:
    group(sys.argv[1:], prog_name="notelint")
except SystemExit:
    pass
print(*(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)), file=sys.stderr)
"""
"""The command line, followed by the highest memory of itself and of its largest child, in KB."""


def best_of(command: list[str], *, times: int = 7) -> float:
    """The shortest of several runs of a command, in seconds."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        taken.append(time.perf_counter() - begun)
    return min(taken)


def made_notes(count: int, *, words: int = WORDS, seed: int = 7) -> Iterator[str]:
    """Distinct notes of about `words` words: the corpus' sentences, shuffled, with a number of their own in each."""
    chance = random.Random(seed)
    sentences = [n.note.text[s.start : s.end] for n in read_corpus(corpus_folder()) for s in n.sentences]
    for number in range(count):
        lines, length = [f"Visit {number}."], 0
        while length < words:
            line = chance.choice(sentences)
            lines.append(line if chance.random() < 0.3 else f"{line} ({chance.randrange(10**6)})")
            length += len(line.split())
        yield "\n".join(lines)


def row(what: str, value: float, unit: str, bar: str) -> None:
    """One line of the table."""
    print(f"{what:58} {value:9.3f} {unit:10} bar: {bar}", flush=True)


def start_up() -> None:
    """What the commands take beyond the interpreter's own start, and a cold check against spaCy's import."""
    notelint = str(Path(sys.executable).parent / "notelint")
    python = best_of([sys.executable, "-c", "pass"])
    row("notelint --help beyond the interpreter", best_of([notelint, "--help"]) - python, "s", "0.15")
    row("notelint explain NL101 beyond the interpreter", best_of([notelint, "explain", "NL101"]) - python, "s", "0.25")
    note = str(next((ROOT / "samples" / "notes").glob("01*")))
    spacy = best_of([sys.executable, "-c", "import spacy"])
    row("one note cold / python -c 'import spacy'", best_of([notelint, "check", note]) / spacy, "ratio", "2.5")


def warm() -> None:
    """The median of a warm note of 200 words."""
    linter = Linter()
    texts = list(made_notes(300))
    linter.check(texts[0])
    taken = []
    for text in texts[1:]:
        note = Note(text=text, id="bench", type="individual")
        begun = time.perf_counter()
        linter.check(note)
        taken.append(time.perf_counter() - begun)
    row("one warm note of 200 words, median", statistics.median(taken) * 1000, "ms", "30")


def many(jobs: int) -> None:
    """Throughput and memory over 10,000 distinct notes in one JSONL file; the largest process counts."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "notes.jsonl"
        with path.open("w", encoding="utf-8") as out:
            words = 0
            for number, text in enumerate(made_notes(NOTES)):
                words += len(text.split())
                out.write(json.dumps({"id": str(number), "text": text, "type": "individual"}) + "\n")
        arguments = [
            "check",
            "--format",
            "jsonl",
            "--jobs",
            str(jobs),
            "-o",
            str(Path(folder) / "out.jsonl"),
            str(path),
        ]
        begun = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", MEASURED, *arguments], check=True, stderr=subprocess.PIPE, text=True
        )
        taken = time.perf_counter() - begun
        own, child = (int(number) / 1024 for number in done.stderr.strip().splitlines()[-1].split())
        row(f"{NOTES} notes, {words} words, --jobs {jobs}: memory of the largest process", max(own, child), "MB", "500")
        row(f"the same: throughput (taken {taken:.0f} s)", words / taken, "words/s", "-")


def main() -> None:
    """Print the table."""
    print(f"python {sys.version.split()[0]}, {resource.getpagesize()} B pages; {time.strftime('%Y-%m-%d')}")
    start_up()
    warm()
    many(1)
    many(2)


if __name__ == "__main__":
    main()
