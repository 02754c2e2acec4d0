"""The keys of the house: one text in the settings, one subkey for each purpose, and old keys that still open."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
SHORTEST_PASSPHRASE = 20
FEWEST_DIFFERENT = 8
_NONCE = 12
_HEX = re.compile(r"[0-9A-Fa-f]{64}")
_BASE64 = re.compile(r"[0-9A-Za-z+/_-]{43}=?")


class SealError(ValueError):
    """Sealed bytes were changed, cut, or sealed under a key that is not at hand."""


def data_key(text: str, *, demo: bool = False) -> bytes:
    """Return the 32 bytes of LINLI_DATA_KEY: 64 hex digits, base64 of 32 bytes, or a passphrase.

    A passphrase has at least 20 characters, 8 of them different, and is stretched by scrypt; in demo mode any
    text serves.
    Errors: ValueError when it is too short.
    """
    key = text.strip()
    if _HEX.fullmatch(key):
        return bytes.fromhex(key)
    if _BASE64.fullmatch(key):
        return base64.urlsafe_b64decode(key[:43].replace("+", "-").replace("/", "_") + "=")
    if demo:
        return hashlib.sha256(key.encode()).digest()
    if len(key) < SHORTEST_PASSPHRASE or len(set(key)) < FEWEST_DIFFERENT:
        raise ValueError(
            f"LINLI_DATA_KEY is too weak: 64 hex digits, base64 of 32 bytes, or a passphrase of at least "
            f"{SHORTEST_PASSPHRASE} characters, {FEWEST_DIFFERENT} of them different"
        )
    # The salt is fixed, because the same text must give the same key on every machine that is restored from a backup.
    return hashlib.scrypt(key.encode(), salt=b"linli data key", n=2**14, r=8, p=1, dklen=KEY_BYTES)


def derive(key: bytes, purpose: bytes) -> bytes:
    """Return the subkey for one purpose, so that no two purposes share a key. Errors: ValueError for a short key."""
    if len(key) < KEY_BYTES:
        raise ValueError("a data key has at least 32 bytes")
    return HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=purpose).derive(key)


class Sealer:
    """AES-256-GCM under the newest of several keys: one byte that tells the key, twelve of nonce, the sealed text."""

    def __init__(self, purpose: bytes, key: bytes, former: Sequence[bytes] = ()) -> None:
        # The mark is derived from the key: no number that an operator could mix up, and no order of keys to remember.
        self._keys = [(derive(one, purpose + b" mark")[:1], AESGCM(derive(one, purpose))) for one in (key, *former)]

    def seal(self, plain: bytes, about: bytes = b"") -> bytes:
        """Return the sealed bytes; `about` is what they belong to and must be named again to open them."""
        mark, cipher = self._keys[0]
        nonce = secrets.token_bytes(_NONCE)
        return mark + nonce + cipher.encrypt(nonce, plain, about)

    def open(self, sealed: bytes, about: bytes = b"") -> bytes:
        """Return the plain bytes. Errors: SealError."""
        nonce = sealed[1 : 1 + _NONCE]
        for mark, cipher in self._keys:
            if mark == sealed[:1] and len(nonce) == _NONCE:
                try:
                    return cipher.decrypt(nonce, sealed[1 + _NONCE :], about)
                except InvalidTag:
                    # Two keys in 256 share a mark, so the next one may still be the right one.
                    continue
        raise SealError("these bytes were changed, or no key at hand opens them")

    def is_current(self, sealed: bytes) -> bool:
        """Say whether the bytes bear the newest key's mark."""
        return sealed[:1] == self._keys[0][0]
