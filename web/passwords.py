"""Passwords: what is good enough, how it is kept, and how a wrong one is answered in the same time as a right one."""

from __future__ import annotations

import functools

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select

from models import ciphers, doorkeeping
from models.accounts import Account, AccountState
from models.base import Refused, db

SHORTEST, LONGEST = 8, 128
COMMON = frozenset(
    "12345678 123456789 1234567890 11111111 88888888 66666666 00000000 password password1 qwertyui qwerty123 "
    "abc12345 a1234567 a12345678 aa123456 1q2w3e4r 1qaz2wsx iloveyou admin123 linli123 community123 shequ123 "
    "woaini123 woaini520 5201314a 147258369 987654321 123123123 asdfghjkl zxcvbnm1 wang1234 zhang123".split()
)


def _hasher() -> PasswordHasher:
    return current_app.extensions["passwords"]  # type: ignore[no-any-return]


@functools.cache
def _nobody(cost: str) -> str:
    return _hasher().hash("nobody has this password")


def check_strength(password: str, phone: str = "") -> None:
    """Refuse a password that is short, long, common or made of the own number.

    Errors: Refused("password_short", "password_long", "password_common"). Source: reliability.md 9.
    """
    if len(password) < SHORTEST:
        raise Refused("password_short", least=SHORTEST)
    if len(password) > LONGEST:
        raise Refused("password_long", most=LONGEST)
    digits = "".join(c for c in phone if c.isdigit())
    if password.lower() in COMMON or (
        digits and (password in digits or digits[-6:] in password and len(password) < 11)
    ):
        raise Refused("password_common")


def hashed(password: str) -> str:
    """Return the argon2 hash that is kept."""
    return _hasher().hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Tell whether a password is right; an absent hash takes the same time and is wrong."""
    kept = stored or _nobody(str(_hasher().memory_cost))
    try:
        return _hasher().verify(kept, password[:LONGEST]) and stored is not None and len(password) <= LONGEST
    except (VerificationError, InvalidHashError):
        return False


def account_for(phone: str, password: str, *, address: str) -> Account | None:
    """Return the account of a number and password, or None after counting the failed try.

    Errors: Refused("too_many_tries"), for unknown numbers too. Source: reliability.md 1-3.
    """
    lookup = ciphers.book().lookup_of_typed(phone)
    subjects = (doorkeeping.knock_subject("phone:" + lookup), doorkeeping.knock_subject("address:" + address))
    doorkeeping.check_knocks("login", subjects[0])
    doorkeeping.check_knocks("login-address", subjects[1], most=60)
    query = select(Account).where(
        Account.phone_lookup == lookup, Account.state.in_([AccountState.CONFIRMED, AccountState.REQUESTED])
    )
    found = sorted(db.session.scalars(query), key=lambda account: account.state != AccountState.CONFIRMED)
    right = [account for account in found if matches(account.password_hash, password)]
    if not found:
        matches(None, password)
    if right:
        return right[0]
    doorkeeping.knocked("login", subjects[0])
    doorkeeping.knocked("login-address", subjects[1])
    return None


def wrong() -> str:
    """Return the one sentence for a wrong number or password."""
    return _("The phone number or the password is not right.")
