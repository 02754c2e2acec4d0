"""A paper arrives as a PDF: looked into before it is kept, and kept only when it can do no more than be read."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from models.base import Refused

HEAD = re.compile(rb"%PDF-(?:1\.[0-7]|2\.0)[\r\n ]")
# Writers leave a few bytes after the end; what hides further behind is no part of the paper.
TAIL = 1024
_OPENS, _CLOSES = b"stream", b"endstream"
# A name may spell its letters as #xx, and ends where anything but a regular character stands.
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|Encrypt)(?![A-Za-z0-9])")
# Objects packed into a stream are short words; a stream that unpacks to more than this is not one of them.
LIMIT_UNPACKED = 8 * 1024 * 1024


def is_pdf(data: bytes) -> bool:
    """Tell whether the bytes begin as a PDF does. Pure."""
    return HEAD.match(data) is not None


def examine(data: bytes) -> None:
    """Refuse what is no whole PDF, or one that is locked, runs something or carries other files. Pure.

    The words of the file are read, never drawn: outside its streams, and inside those that pack objects.
    Errors: Refused("document_unreadable", "document_active").
    """
    if not is_pdf(data) or b"%%EOF" not in data[-TAIL:]:
        raise Refused("document_unreadable")
    if any(_ACTIVE.search(_plain(part)) for part in (_outside(data), *_packed(data))):
        raise Refused("document_active")


def _streams(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield of each stream where its word begins, and its content from where to where.

    Looked for step by step: a pattern would walk to the end of the file from every word that nothing closes.
    """
    at = data.find(_OPENS)
    while at >= 0:
        begins = at + len(_OPENS)
        line_end = next((end for end in (b"\r\n", b"\n") if data.startswith(end, begins)), None)
        if line_end is not None:
            ends = data.find(_CLOSES, begins + len(line_end))
            if ends < 0:
                return
            yield at, begins + len(line_end), ends
            begins = ends + len(_CLOSES)
        at = data.find(_OPENS, begins)


def _outside(data: bytes) -> bytes:
    """Return the file without its streams."""
    parts, at = [], 0
    for begins, _, ends in _streams(data):
        parts.append(data[at:begins])
        at = ends + len(_CLOSES)
    return b" ".join([*parts, data[at:]])


def _plain(part: bytes) -> bytes:
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part)


def _packed(data: bytes) -> Iterator[bytes]:
    """Return what the streams of packed objects hold; one that cannot be unpacked hides something."""
    left = LIMIT_UNPACKED
    for word, start, end in _streams(data):
        begins = data.rfind(b"obj", max(0, word - TAIL), word)
        if begins < 0 or b"/ObjStm" not in _plain(data[begins:word]):
            continue
        unpacker = zlib.decompressobj()
        try:
            part = unpacker.decompress(data[start:end], left)
        except zlib.error as error:
            raise Refused("document_unreadable") from error
        left -= len(part)
        if unpacker.unconsumed_tail or left <= 0:
            raise Refused("document_unreadable")
        yield part
