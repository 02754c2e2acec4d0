"""The marks by which the house knows its own codes again: signed under a key of their own, never the data key itself."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence

from models.ciphers.keys import data_key, derive

_houses: list[bytes] = []


def use_marks(key: str, *, former: Sequence[str] = (), demo: bool = False) -> None:
    """Derive the key of the marks from LINLI_DATA_KEY, and from those before it while they are being rotated out."""
    _houses[:] = [derive(data_key(one, demo=demo), b"linli mark on a code") for one in (key, *former)]


def marks_of(*parts: str) -> list[bytes]:
    """Return the marks of what is to be signed, the newest key's first: HMAC-SHA256 of the parts, none of them run together."""
    text = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return [hmac.digest(house, text, hashlib.sha256) for house in _houses]
