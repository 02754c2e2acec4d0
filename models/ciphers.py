"""What the register keeps sealed: phone numbers, findable only by who knows them, and the masks that the public sees."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from models.base import Refused
from models.sheets.cells import fold, parse_phone

KEY_BYTES = 32
SHORTEST_PASSPHRASE = 20
FEWEST_DIFFERENT = 8
_NONCE = 12
_HEX = re.compile(r"[0-9A-Fa-f]{64}")
_BASE64 = re.compile(r"[0-9A-Za-z+/_-]{43}=?")


class Unopenable(ValueError):
    """Sealed bytes were changed, cut, or sealed under a key that is not at hand."""


def data_key(text: str, *, demo: bool = False) -> bytes:
    """Return the 32 bytes of LINLI_DATA_KEY: 64 hex digits, base64 of 32 bytes, or a passphrase.

    A passphrase has at least 20 characters, 8 of them different, and is stretched by scrypt; in demo mode any text serves.
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
    """AES-256-GCM under the newest of several keys; the first byte of what it seals tells the key, then comes the nonce."""

    def __init__(self, purpose: bytes, key: bytes, former: Sequence[bytes] = ()) -> None:
        # The mark is derived from the key: no number that an operator could mix up, and no order of keys to remember.
        self._keys = [(derive(one, purpose + b" mark")[:1], AESGCM(derive(one, purpose))) for one in (key, *former)]

    def seal(self, plain: bytes, about: bytes = b"") -> bytes:
        """Return the sealed bytes; `about` is what they belong to and must be named again to open them."""
        mark, cipher = self._keys[0]
        nonce = secrets.token_bytes(_NONCE)
        return mark + nonce + cipher.encrypt(nonce, plain, about)

    def open(self, sealed: bytes, about: bytes = b"") -> bytes:
        """Return the plain bytes. Errors: Unopenable."""
        nonce = sealed[1 : 1 + _NONCE]
        for mark, cipher in self._keys:
            if mark == sealed[:1] and len(nonce) == _NONCE:
                try:
                    return cipher.decrypt(nonce, sealed[1 + _NONCE :], about)
                except InvalidTag:
                    # Two keys in 256 share a mark, so the next one may still be the right one.
                    continue
        raise Unopenable("these bytes were changed, or no key at hand opens them")

    def is_current(self, sealed: bytes) -> bool:
        """Say whether the bytes bear the newest key's mark."""
        return sealed[:1] == self._keys[0][0]


class PhoneBook:
    """Phone numbers under a data key: sealed to be read again, and digested to be found. Source: decisions.md 6."""

    def __init__(self, key: bytes, former: Sequence[bytes] = ()) -> None:
        self._sealer = Sealer(b"linli phone cipher", key, former)
        self._lookup = derive(key, b"linli phone lookup")

    def seal(self, phone: str) -> bytes:
        """Return the number in its one spelling, sealed. Errors: Refused("phone_invalid")."""
        return self._sealer.seal(_spelled(phone).encode())

    def open(self, blob: bytes) -> str:
        """Return the number. Errors: Unopenable."""
        return self._sealer.open(blob).decode()

    def lookup(self, phone: str) -> str:
        """Return the digest by which the number is found, 64 hex digits. Errors: Refused("phone_invalid")."""
        return self._digest(_spelled(phone))

    def lookup_of_typed(self, text: str) -> str:
        """Return the digest of whatever was typed at sign-in, so that a misspelt number is answered like an unknown one."""
        return self._digest(parse_phone(text) or fold(text))

    def _digest(self, text: str) -> str:
        return hmac.new(self._lookup, text.encode(), hashlib.sha256).hexdigest()


def rotate(blob: bytes, old: PhoneBook, new: PhoneBook) -> tuple[bytes, str]:
    """Return the number sealed and digested under the new key; both columns change in one transaction. Errors: Unopenable."""
    phone = old.open(blob)
    return new.seal(phone), new.lookup(phone)


_book: list[PhoneBook] = []


def use(key: str, *, former: Sequence[str] = (), demo: bool = False) -> None:
    """Open the phone book with LINLI_DATA_KEY, and with the keys before it while they are being rotated out."""
    _book[:] = [PhoneBook(data_key(key, demo=demo), [data_key(one, demo=demo) for one in former])]


def book() -> PhoneBook:
    """Return the open phone book. Errors: RuntimeError before use()."""
    if not _book:
        raise RuntimeError("no data key is in use yet")
    return _book[0]


def _spelled(phone: str) -> str:
    spelled = parse_phone(phone)
    if spelled is None:
        raise Refused("phone_invalid")
    return spelled
