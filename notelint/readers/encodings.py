"""Bytes to text, a stream at a time: UTF-8, UTF-16 (with or without a byte-order mark), else Windows-1252.

A stream is first brought to one byte-wise form (`normalized`), so that lines can be split before they are decoded, and
memory holds one line at most. Line ends are never changed; a byte-order mark is removed.
"""

from __future__ import annotations

import codecs
import re
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK = 1 << 16
HEAD = 4096
REPLACEMENT = "\ufffd"

SURROGATE = re.compile("[\ud800-\udfff]")
CONTROLS = bytes([*range(9), *range(14, 27), 127])
NON_ASCII = re.compile(r"[^\x00-\x7f]")
KINDS = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a Word file or another zipped file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{\\rtf", "rich text (RTF)"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"\x1f\x8b", "a compressed file"),
)


class Decoded(NamedTuple):
    """Decoded text, and how many of its characters could not be read (they stand as U+FFFD, one for one)."""

    text: str
    lost: int


class Line(NamedTuple):
    """A line of a stream with its line end, from 1; without data where it is too long. `quotes`: its '"'."""

    number: int
    data: bytes | None
    quotes: int


def chunks(stream: BinaryIO) -> Iterator[bytes]:
    """The stream's bytes; the first piece is large enough to tell the encoding from."""
    head = b""
    while len(head) < HEAD and (piece := stream.read(CHUNK)):
        head += piece
    if head:
        yield head
    while piece := stream.read(CHUNK):
        yield piece


def normalized(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same text with UTF-16 turned into UTF-8 and the byte-order mark removed; any other bytes as they are."""
    head = next(pieces, b"")
    utf16 = utf16_codec(head)
    if utf16 is None:
        yield from chain([head.removeprefix(codecs.BOM_UTF8)], pieces)
        return
    decoder = codecs.getincrementaldecoder(utf16)("surrogatepass")
    first = True
    for piece in chain([head], pieces):
        text = decoder.decode(piece)
        yield (text.removeprefix("\ufeff") if first else text).encode("utf-8", "surrogatepass")
        first = False
    rest, _ = decoder.getstate()
    whole = len(rest) // 2 * 2
    yield rest[:whole].decode(utf16, "surrogatepass").encode("utf-8", "surrogatepass")
    yield (REPLACEMENT if len(rest) % 2 else "").encode()


def utf16_codec(head: bytes) -> str | None:
    """The name of the UTF-16 codec, by the byte-order mark or by where the NULs stand; None for anything else."""
    if head.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    if head.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    sample = head[:HEAD]
    even, odd = sample[0::2], sample[1::2]
    if len(odd) < 2:
        return None
    zero_even, zero_odd = even.count(0) / len(even), odd.count(0) / len(odd)
    if zero_odd > 0.5 and zero_even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if zero_even > 0.5 and zero_odd < 0.05 else None


def lines(pieces: Iterator[bytes], *, limit: int) -> Iterator[Line]:
    r"""The lines of a normalized stream, split at \n only. One of more than `limit` bytes is skipped, not held."""
    number, held, size, quotes = 1, [b""], 0, 0
    for piece in pieces:
        at = 0
        while at < len(piece):
            end = piece.find(b"\n", at) + 1 or len(piece)
            size, quotes = size + end - at, quotes + piece.count(b'"', at, end)
            if size <= limit:
                held.append(piece[at:end])
            else:
                held = []
            if piece[end - 1] == 10:
                yield Line(number, b"".join(held) if size <= limit else None, quotes)
                number, held, size, quotes = number + 1, [], 0, 0
            at = end
    if size:
        yield Line(number, b"".join(held) if size <= limit else None, quotes)


def decode(data: bytes) -> Decoded:
    """Normalized bytes as text: UTF-8; with a few faults UTF-8 all the same; else Windows-1252."""
    try:
        return mended(data.decode("utf-8", "surrogatepass"))
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    faults = text.count(REPLACEMENT)
    if len(NON_ASCII.findall(text)) > 2 * faults:
        return Decoded(text, faults)
    text = data.decode("cp1252", "replace")
    return Decoded(text, text.count(REPLACEMENT))


def mended(text: str) -> Decoded:
    """The text with every lone surrogate as U+FFFD, one for one."""
    return Decoded(*SURROGATE.subn(REPLACEMENT, text))


def binary_kind(data: bytes) -> str | None:
    """What normalized bytes are if they are not text, in words; None for text."""
    kind = next((kind for sign, kind in KINDS if data.startswith(sign)), None)
    if kind is not None:
        return kind
    controls = len(data) - len(data.translate(None, CONTROLS))
    try:
        data.decode("utf-8", "surrogatepass")
        share = 10
    except UnicodeDecodeError:
        share = 50
    return "it holds binary data" if controls > 1 and controls * share > len(data) else None


def peeked(pieces: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The beginning of a stream, and the whole of it."""
    head = next(pieces, b"")
    return head, chain([head], pieces)
