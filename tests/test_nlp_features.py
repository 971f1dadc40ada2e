import numpy as np
import pytest

from notelint.nlp.features import (
    MAX_TOKENS,
    SIZE,
    SentenceInput,
    bucket,
    character_buckets,
    featurize,
    tokens,
    word_bucket,
)

INPUT = SentenceInput("Client slept 12 hours.", "Came late.", "Left.", "plan", "individual", 0.5)


def test_tokens() -> None:
    assert tokens("Client’s PHQ-9 fell 12→8!") == ["client's", "phq", "-", "0", "fell", "00", "→", "0", "!"]
    assert tokens("") == []
    assert len(tokens("a " * 1000)) == MAX_TOKENS
    assert tokens("x" * 90) == ["x" * 40, "x" * 40, "x" * 10]
    assert tokens("naïve") == ["na", "ve"]  # letters outside a-z are left out


def test_buckets_are_the_same_on_every_machine() -> None:
    assert bucket("123456789") == 0xCBF43926 & (SIZE - 1)  # CRC-32's check value
    assert word_bucket("w", "panic") == bucket("w:panic") == 222111
    assert character_buckets("ab") == tuple(bucket(f"c:{gram}") for gram in (" a", "ab", "b ", " ab", "ab ", " ab "))
    assert 0 <= bucket("\ud800") < SIZE  # a lone surrogate is no error


def test_features_are_fixed() -> None:
    row = featurize(INPUT)
    again = featurize(INPUT)
    assert row.buckets.tobytes() == again.buckets.tobytes()
    assert row.values.tobytes() == again.values.tobytes()
    assert row.buckets.dtype == np.int32
    assert row.values.dtype == np.float32
    assert (len(row.buckets), int(row.buckets.astype(np.int64).sum())) == (94, 13253622)


def values_of(row_input: SentenceInput) -> dict[int, float]:
    row = featurize(row_input)
    return dict(zip(row.buckets.tolist(), row.values.tolist(), strict=True))


def test_blocks_and_their_weights() -> None:
    values = values_of(INPUT)
    assert values[bucket("w:client")] == 1
    assert values[bucket("w2:client slept")] == 1
    assert values[bucket("w3:client slept 00")] == 1
    assert values[bucket("p:late")] == pytest.approx(0.35)
    assert values[bucket("n:left")] == pytest.approx(0.35)
    for place in ("s:plan", "t:individual", "st:plan individual", "at:2", "len:1", "first:client", "sw:plan:slept"):
        assert values[bucket(place)] == pytest.approx(0.35), place
    repeated = values_of(INPUT._replace(text="pain pain pain"))
    assert repeated[bucket("w:pain")] == pytest.approx(1 + np.log(3))


def test_place_is_bounded() -> None:
    assert bucket("at:4") in values_of(INPUT._replace(position=1.0))
    assert bucket("at:0") in values_of(INPUT._replace(position=0.0))
    assert bucket("len:8") in values_of(INPUT._replace(text="word " * 100))


@pytest.mark.parametrize("text", ["", " ", "\n", "🙂", "\ufffd", "\ud800", "ß", "\u0301", "１２", "²", "\u202e"])
def test_odd_texts(text: str) -> None:
    row = featurize(SentenceInput(text, text, text, "none", "individual", 0.0))
    assert len(row.buckets) == len(row.values) >= 5
    assert np.isfinite(row.values).all()
    assert ((row.buckets >= 0) & (row.buckets < SIZE)).all()


def test_each_bucket_once_in_a_block() -> None:
    row = featurize(SentenceInput("yes yes yes", "yes yes", "", "none", "group", 0.0))
    assert np.unique(row.buckets).size >= row.buckets.size - 3  # blocks may share a bucket by chance
