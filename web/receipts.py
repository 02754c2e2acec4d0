"""The receipt in a resident's hand: number and four digits open a need again without an account."""

from __future__ import annotations

import re
import unicodedata

from flask import g, session

from models import doorkeeping
from models.needs import Need
from models.needs.own import by_receipt

MOST = 12
# A community of twelve digits, a month, and at least four more.
WHOLE = re.compile(r"[0-9]{22,}")


def opened() -> frozenset[str]:
    """Return the needs that this browser sent or opened with their receipts."""
    return frozenset(session.get("opened", []))


def remember(need: Need) -> None:
    """Let this browser open the need again without an account."""
    if not g.visitor.signed_in:
        session["opened"] = [*session.get("opened", []), need.public_id][-MOST:]
        session.permanent = True


def as_printed(number: str) -> str:
    """Return a receipt number as it is printed, however it was copied: without its hyphens, with spaces or wide digits."""
    digits = re.sub(r"[\s\u2010-\u2015\u2212-]", "", unicodedata.normalize("NFKC", number))
    return f"{digits[:12]}-{digits[12:18]}-{digits[18:]}" if WHOLE.fullmatch(digits) else number.strip().upper()


def need_of(ticket_no: str, last_four: str, *, address: str) -> Need | None:
    """Return the need of a receipt, or none after counting the wrong try.

    Errors: Refused("too_many_tries"). Source: decisions.md 20.
    """
    ticket_no = as_printed(ticket_no)
    number, place = doorkeeping.knock_subject("ticket:" + ticket_no), doorkeeping.knock_subject("address:" + address)
    doorkeeping.check_knocks("receipt", number)
    doorkeeping.check_knocks("receipt-address", place, most=60)
    need = by_receipt(ticket_no, last_four)
    if need is None:
        doorkeeping.knocked("receipt", number)
        doorkeeping.knocked("receipt-address", place)
    return need
