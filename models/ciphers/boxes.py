"""The key of a box on a phone: what was written without a network is sealed there for its account alone."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from models.ciphers.keys import data_key, derive

_houses: list[bytes] = []


def use_boxes(key: str, *, former: Sequence[str] = (), demo: bool = False) -> None:
    """Derive the keys of all phones from LINLI_DATA_KEY, and from those before it while they are being rotated out."""
    _houses[:] = [derive(data_key(one, demo=demo), b"linli box on a phone") for one in (key, *former)]


def box_keys(owner: str) -> list[str]:
    """Return the keys of one account's box in base64, the newest first; the same ones at every sign-in.

    The phone keeps the key while the account is signed in and forgets it at sign-out; what was not sent stays sealed.
    """
    return [base64.b64encode(derive(one, b"box of " + owner.encode())).decode() for one in _houses]
