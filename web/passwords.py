"""Passwords: what is good enough, how it is kept, and how a wrong one is answered in the same time as a right one."""

from __future__ import annotations

import functools
import re
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select

from models import ciphers, doorkeeping, invitations
from models.accounts import Account, AccountState, Actor
from models.base import Refused, db
from models.people import NOTICES
from models.places import Place

SHORTEST, LONGEST = 8, 128
MOST_SIGN_UPS = 10
# A confirmed account and the oldest request for one.
MOST_OF_A_NUMBER = 2
# What people choose first, whole or with a tail of digits and signs: with the tails these are far more than the
# three thousand commonest.
STEMS = frozenset(
    "password passwd pass qwerty qwertyuiop qwer asdfghjkl asdf zxcvbnm zxcv iloveyou admin administrator root "
    "user guest "
    "welcome monkey dragon football baseball princess sunshine master shadow superman batman letmein login hello test "
    "abc abcd abcde abcdef aaa aa a zz q w qq wang zhang li liu chen yang woaini woaiwo aini wodemima mima nihao "
    "linli community shequ jiedao shegong wangge juweihui chengdu wuhou zhongguo china beijing shanghai sichuan".split()
)
ROWS = ("01234567890", "09876543210", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz",
        "1qaz2wsx3edc4rfv", "1q2w3e4r5t6y7u", "147258369", "789456123", "741852963")  # fmt: skip
TAIL = re.compile(r"[\d!@#$%.,_*?-]*")
BIRTHDAY = re.compile(r"(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")


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
    own = digits and (password in digits or (digits[-6:] in password and len(password) < 14))
    if own or easy(password.lower()):
        raise Refused("password_common")


def easy(password: str) -> bool:
    """Tell whether a password is one that is tried first: few characters, a row of keys, a birthday, a common word."""
    if len(set(password)) < 4 or BIRTHDAY.fullmatch(password):
        return True
    if any(password in row * 2 or password in (row * 2)[::-1] for row in ROWS):
        return True
    half = password[: len(password) // 2]
    if len(half) >= 3 and half * 2 == password:
        return True
    word = TAIL.sub("", password, count=1) if password[0].isdigit() else password
    stem = re.match(r"[a-z]*", word)
    return bool(stem and stem[0] in STEMS and TAIL.fullmatch(word[stem.end() :]) and (stem[0] or password.isdigit()))


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
    found = sorted(db.session.scalars(query), key=lambda account: (account.state != AccountState.CONFIRMED, account.id))
    # A request for a number that has an account stands beside it: always so many hashes, or the time would tell.
    tried: list[Account | None] = [*found, *[None] * MOST_OF_A_NUMBER][:MOST_OF_A_NUMBER]
    right = [one for one in tried if matches(one.password_hash if one else None, password) and one is not None]
    if right:
        return right[0]
    doorkeeping.knocked("login", subjects[0])
    doorkeeping.knocked("login-address", subjects[1])
    return None


def wrong() -> str:
    """Return the one sentence for a wrong number or password."""
    return _("The phone number or the password is not right.")


def request_account(form: Any, *, address: str) -> None:
    """Take a request for an account; a number that is taken gets the same answer in the same time.

    Errors: TooManyTries, those of check_strength() and Account.request(). Source: decisions.md 20; reliability.md 3.
    """
    subject = doorkeeping.knock_subject("address:" + address)
    doorkeeping.check_knocks("sign-up", subject, most=MOST_SIGN_UPS)
    doorkeeping.knocked("sign-up", subject)
    check_strength(form.password.data, form.phone.data)
    community = Place.find(form.community.data)
    Account.request(
        form.name.data, form.phone.data, hashed(form.password.data), community, courtyard=None,
        address=form.address.data or "", notice=NOTICES[0],
    )  # fmt: skip


def change(account: Account, old: str, new: str, *, session_id: int | None, by: Actor) -> bool:
    """Change one's own password after the present one was typed; only this session lives on. False: it was wrong.

    Errors: TooManyTries, and those of check_strength().
    """
    if not matches_again(account, old, session_id):
        return False
    check_strength(new, account.phone)
    account.set_password(hashed(new), by=by)
    if session_id is not None:
        doorkeeping.stay(session_id, account)
    return True


def matches_again(account: Account, typed: str, session_id: int | None) -> bool:
    """Tell whether the password of somebody who is inside is right, and note it in the session.

    Errors: TooManyTries. A part of the verb that asks for the password again.
    """
    subject = doorkeeping.knock_subject(f"account:{account.id}")
    doorkeeping.check_knocks("again", subject)
    if matches(account.password_hash, typed):
        if session_id is not None:
            doorkeeping.confirmed(session_id)
        return True
    doorkeeping.knocked("again", subject)
    return False


def use_slip(code: str, password: str, *, address: str) -> Account | None:
    """Use a slip: choose the password, or, with an account of that number, type the one it has.

    A wrong code is counted per address and answered alike. Errors: TooManyTries, those of check_strength() and
    Invitation.use(). Source: decisions.md 20; checklist.md 111.
    """
    subject = doorkeeping.knock_subject("address:" + address)
    doorkeeping.check_knocks("slip", subject)
    slip = invitations.by_code(code)
    holder = slip.holder() if slip is not None else None
    stands = holder is not None and slip is not None and slip.kind == "JOIN" and holder.password_hash is not None
    if slip is None or (stands and holder is not None and not matches(holder.password_hash, password)):
        doorkeeping.knocked("slip", subject)
        return None
    if stands:
        return slip.use(None)
    check_strength(password, holder.phone if holder is not None else "")
    return slip.use(hashed(password))
