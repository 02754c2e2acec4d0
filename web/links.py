"""Addresses drawn as squares that a phone can read."""

from __future__ import annotations

import segno


def drawn(address: str) -> str:
    """Return the code of an address as a picture that stands in the page itself."""
    return str(segno.make(address, error="m").svg_data_uri(scale=4, border=2))


def drawn_large(address: str) -> str:
    """Return the code of an address for a whole screen: fewer, larger squares, read from two steps away."""
    return str(segno.make(address, error="l").svg_data_uri(scale=8, border=3))
