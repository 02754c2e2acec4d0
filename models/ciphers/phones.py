"""Phone numbers of the register: nobody reads them from the table, and they are found only by who knows them."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence

from models.base import Refused
from models.ciphers.keys import Sealer, data_key, derive
from models.sheets.cells import fold, parse_phone


class PhoneBook:
    """Phone numbers under a data key: sealed to be read again, and digested to be found. Source: decisions.md 6."""

    def __init__(self, key: bytes, former: Sequence[bytes] = ()) -> None:
        self._sealer = Sealer(b"linli phone cipher", key, former)
        self._lookup = derive(key, b"linli phone lookup")

    def seal(self, phone: str) -> bytes:
        """Return the number in its one spelling, sealed. Errors: Refused("phone_invalid")."""
        return self._sealer.seal(_spelled(phone).encode())

    def open(self, blob: bytes) -> str:
        """Return the number. Errors: SealError."""
        return self._sealer.open(blob).decode()

    def lookup(self, phone: str) -> str:
        """Return the digest by which the number is found, 64 hex digits. Errors: Refused("phone_invalid")."""
        return self._digest(_spelled(phone))

    def lookup_of_typed(self, text: str) -> str:
        """Return the digest of whatever was typed at sign-in, so that no shape of text tells a known number."""
        return self._digest(parse_phone(text) or fold(text))

    def _digest(self, text: str) -> str:
        return hmac.new(self._lookup, text.encode(), hashlib.sha256).hexdigest()


def rotate(blob: bytes, old: PhoneBook, new: PhoneBook) -> tuple[bytes, str]:
    """Return the number sealed and digested under the new key, to be written together. Errors: SealError."""
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
