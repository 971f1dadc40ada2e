"""Lines and UTF-16 columns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.reports.places import Places

TEXT = "ab\r\n😔c\rd\n\ne\u2028f"


@pytest.mark.parametrize(
    ("character", "line", "column"),
    [("a", 1, 1), ("b", 1, 2), ("😔", 2, 1), ("c", 2, 3), ("d", 3, 1), ("e", 5, 1), ("f", 5, 3)],
)
def test_place(character, line, column):
    places = Places(TEXT)
    offset = TEXT.index(character)
    assert (places.line(offset), places.column(offset)) == (line, column)


@given(st.text(alphabet="a😔\r\n"), st.data())
def test_columns_count_utf16_units(text, data):
    offset = data.draw(st.integers(0, len(text)))
    places = Places(text)
    before = (
        text[:offset].replace("\r\n", "\n").replace("\r", "\n") if text[offset - 1 : offset + 1] != "\r\n" else None
    )
    if before is not None:
        lines = before.split("\n")
        assert places.line(offset) == len(lines)
        assert places.column(offset) == len(lines[-1].encode("utf-16-le")) // 2 + 1
