import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.readers.encodings import binary_kind, chunks, decode, lines, normalized, utf16_codec

SAMPLE = "Dénise “slept” 6 h.\r\nNext: 🙂 e\u0301\x85 a\u2028b\x0bc\n"


def whole(data: bytes) -> bytes:
    return b"".join(normalized(chunks(io.BytesIO(data))))


@pytest.mark.parametrize(
    "data",
    [
        SAMPLE.encode(),
        SAMPLE.encode("utf-8-sig"),
        SAMPLE.encode("utf-16"),
        b"\xfe\xff" + SAMPLE.encode("utf-16-be"),
        SAMPLE.encode("utf-16-le"),
        SAMPLE.encode("utf-16-be"),
    ],
)
def test_unicode_is_read_with_its_line_ends_and_without_its_mark(data: bytes) -> None:
    assert decode(whole(data)) == (SAMPLE, 0)


def test_anything_else_is_windows_1252() -> None:
    assert decode("Dénise said “no”".encode("cp1252")) == ("Dénise said “no”", 0)
    assert decode(b"caf\xe9 \x81") == ("café \ufffd", 1)


def test_a_few_faults_do_not_make_utf8_anything_else() -> None:
    assert decode("“yes” – “no”".encode() + b"\xe2\x80") == ("“yes” – “no”\ufffd", 1)


def test_lone_surrogates_are_replaced_one_for_one() -> None:
    assert decode(b"a\xed\xa0\x80b") == ("a\ufffdb", 1)
    assert decode(whole(b"\xff\xfe" + b"a\x00\x00\xd8b\x00")) == ("a\ufffdb", 1)


def test_a_cut_off_utf16_file_loses_its_last_character() -> None:
    assert decode(whole(b"\xff\xfea\x00b\x00c"))[0] == "ab\ufffd"
    assert decode(whole(b"\xff\xfea\x00\x3d\xd8"))[0] == "a\ufffd"


def test_utf16_is_not_guessed_from_nothing() -> None:
    assert utf16_codec(b"") is None
    assert utf16_codec(b"a\0") is None


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 x", b"PK\x03\x04rest", b"{\\rtf1 x}", bytes(range(256)) * 9, b"\0\1\2\3" * 9]
)
def test_binary_is_told(data: bytes) -> None:
    assert binary_kind(data)


def test_a_stray_control_character_is_no_binary() -> None:
    assert binary_kind(b"Client came.\0") is None
    assert binary_kind("Dénise".encode("cp1252")) is None


@given(st.lists(st.binary(max_size=30), max_size=20), st.integers(1, 60))
def test_lines_split_at_newlines_only_and_bound_memory(pieces: list[bytes], limit: int) -> None:
    found = list(lines(iter(pieces), limit=limit))
    expected = b"".join(pieces).split(b"\n")
    expected = [line + b"\n" for line in expected[:-1]] + [line for line in expected[-1:] if line]
    assert [line.number for line in found] == list(range(1, len(expected) + 1))
    assert [line.data for line in found] == [line if len(line) <= limit else None for line in expected]
    assert [line.quotes for line in found] == [line.count(b'"') for line in expected]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])).filter(lambda text: not text.startswith("\ufeff")))
def test_utf16_round_trip(text: str) -> None:
    assert decode(whole(text.encode("utf-16"))) == (text, 0)
