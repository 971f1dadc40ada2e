"""Lines and columns of a text's offsets."""

from __future__ import annotations

import re
from bisect import bisect_right

_LINE_END = re.compile(r"\r\n|\n|\r")


class Places:
    r"""Lines and columns of a text, counted from 1; lines end at \r\n, \n or \r, columns are UTF-16 code units.

    >>> Places("one\r\ntwo").line(5)
    2
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def line(self, offset: int) -> int:
        """The line of an offset."""
        return bisect_right(self._starts, offset)

    def column(self, offset: int) -> int:
        """The column of an offset, in UTF-16 code units as SARIF and JavaScript count."""
        before = self._text[self._starts[self.line(offset) - 1] : offset]
        return 1 + len(before) + sum(character > "\uffff" for character in before)
