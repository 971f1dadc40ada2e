"""What the tagger sees of a sentence: hashed words and n-grams, its neighbors' words, section and note type."""

from __future__ import annotations

import itertools
import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

BITS = 18
SIZE = 1 << BITS
TOKEN = re.compile(r"[a-z]{1,40}(?:['’][a-z]{1,4})?|\d{1,9}|[^\w\s]", re.IGNORECASE)
MAX_TOKENS = 300  # a longer sentence is no sentence
CHARACTER_GRAMS = (2, 3, 4, 5)


class SentenceInput(NamedTuple):
    """A sentence as the tagger gets it: its text, its neighbors' in the note, and where it stands."""

    text: str
    before: str
    after: str
    section: str
    note_type: str
    position: float  # 0 at the note's beginning, 1 at its end


class Row(NamedTuple):
    """The features of one sentence: bucket numbers, each once in a block, and their log-scaled, weighted counts."""

    buckets: NDArray[np.int32]
    values: NDArray[np.float32]


def tokens(text: str) -> list[str]:
    """Words in lower case, figures as their length in zeros, and single signs."""
    return [
        "0" * len(word) if word.isdigit() else word.replace("’", "'")
        for word in TOKEN.findall(text.lower())[:MAX_TOKENS]
    ]


def bucket(feature: str) -> int:
    """The number of the bucket that a feature falls into; the same on every machine."""
    return crc32(feature.encode("utf-8", "replace")) & (SIZE - 1)


@lru_cache(maxsize=20_000)
def character_buckets(word: str) -> tuple[int, ...]:
    """The buckets of a word's character n-grams, its borders marked by blanks."""
    padded = f" {word} "
    return tuple(
        bucket("c:" + padded[at : at + size]) for size in CHARACTER_GRAMS for at in range(len(padded) - size + 1)
    )


@lru_cache(maxsize=20_000)
def word_bucket(prefix: str, word: str) -> int:
    """The bucket of one word of a block."""
    return bucket(f"{prefix}:{word}")


def featurize(sentence: SentenceInput) -> Row:
    """The features of one sentence, in three blocks: its words and n-grams, its neighbors' words, its place."""
    words = tokens(sentence.text)
    own: list[int] = [word_bucket("w", word) for word in words]
    own += [bucket(f"w2:{left} {right}") for left, right in itertools.pairwise(words)]
    own += [bucket(f"w3:{a} {b} {c}") for a, b, c in zip(words, words[1:], words[2:], strict=False)]
    for word in words:
        own += character_buckets(word)
    near = [word_bucket("p", word) for word in tokens(sentence.before)] + [
        word_bucket("n", word) for word in tokens(sentence.after)
    ]
    blocks = ((own, 1.0), (near, 0.35), (list(_place(sentence, words)), 0.35))
    buckets, values = [], []
    for block, weight in blocks:
        if block:
            found, counts = np.unique(np.array(block, dtype=np.int32), return_counts=True)
            buckets.append(found)
            values.append(weight * (1 + np.log(counts.astype(np.float32))))
    return Row(np.concatenate(buckets), np.concatenate(values).astype(np.float32))


def _place(sentence: SentenceInput, words: Sequence[str]) -> Iterator[int]:
    section, kind = sentence.section, sentence.note_type
    yield bucket(f"s:{section}")
    yield bucket(f"t:{kind}")
    yield bucket(f"st:{section} {kind}")
    yield bucket(f"at:{min(int(sentence.position * 5), 4)}")
    yield bucket(f"len:{min(len(words) // 4, 8)}")
    for word in words[:1]:
        yield bucket(f"first:{word}")
    for word in words:
        yield word_bucket("sw:" + section, word)
