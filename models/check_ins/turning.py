"""The code of an activity that turns every thirty seconds, and the fixed ones at its door that prove less.

What is shown is signed for its activity and its half minute, so nobody can guess the next one or carry it elsewhere.
Source: domain/states.md C11; domain/abuse.md F1, F6.
"""

from __future__ import annotations

import hmac
from base64 import b32encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from models import ciphers
from models.base import Refused, now

if TYPE_CHECKING:
    from models.activities import Activity

STEP = timedelta(seconds=30)
# The codes of the day open a little before the activity and stay good a little after it.
BEFORE = AFTER = timedelta(hours=2)
# Whoever has scanned has this long to press the button; what they hold is good for their own account alone.
PASS_FOR = timedelta(minutes=10)
# A phone that was without a network may stand a little off; its clock was put right by how it stood when it sent.
STEPS_OFF = 1
AHEAD = timedelta(hours=2)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LETTERS = 16


class Way(StrEnum):
    """How presence was noted: 扫活动码, 六位活动码, 门口固定数字, 门口固定二维码, 只点了按钮, 负责人记, 名单, 事后说明, 报名."""

    SCAN = "SCAN"
    DIGITS = "DIGITS"
    CODE = "CODE"
    DOOR = "DOOR"
    TAP = "TAP"
    MANUAL = "MANUAL"
    SHEET = "SHEET"
    STATED = "STATED"
    SIGN_UP = "SIGN_UP"


# What hangs at a door can be photographed and sent on; a button can be pressed at home.
WEAKER = frozenset({Way.CODE, Way.DOOR, Way.TAP})


@dataclass(frozen=True)
class Proof:
    """What a code proves: in which way somebody was there, when, and whether the phone's clock contradicted it."""

    way: Way
    at: datetime
    clock_off: bool = False


def step_at(moment: datetime) -> int:
    """Return the number of the half minute in which an instant lies."""
    return (moment - _EPOCH) // STEP


def begins(step: int) -> datetime:
    """Return when a half minute begins."""
    return _EPOCH + step * STEP


def is_open(activity: Activity, at: datetime) -> bool:
    """Tell whether codes are taken at an instant: from two hours before the beginning to two hours after the end."""
    return activity.starts_at - BEFORE <= at <= activity.ends_at + AFTER


def _signed(*parts: str) -> list[str]:
    return [b32encode(one)[:_LETTERS].decode() for one in ciphers.marks_of("check-in", *parts)]


def token(activity: Activity, step: int) -> str:
    """Return what the turning square says in one half minute."""
    return f"{step:x}-{_signed('scan', activity.public_id, str(step))[0]}"


def _all_digits(activity: Activity, step: int) -> list[str]:
    marks = ciphers.marks_of("check-in", "digits", activity.public_id, str(step))
    return [f"{int.from_bytes(one[:8], 'big') % 1_000_000:06d}" for one in marks]


def digits(activity: Activity, step: int) -> str:
    """Return the six digits of one half minute, for phones without a camera."""
    return _all_digits(activity, step)[0]


def door_token(activity: Activity) -> str:
    """Return what the printed square at the door says, the whole day long."""
    return f"door-{_signed('door', activity.public_id)[0]}"


def pass_for(activity: Activity, step: int, holder: int | str | None) -> str:
    """Return what whoever has scanned holds until they press: good for a few minutes and one account.

    Whoever has not signed in yet holds one for the random id of their browser, and takes it over then (`held`).
    """
    return f"pass-{step:x}-{_signed('pass', activity.public_id, str(step), str(holder))[0]}"


def ahead(activity: Activity) -> list[tuple[int, str]]:
    """Return the six digits of the coming two hours, so that the screen of whoever is in charge turns without a network."""
    last = min(now() + AHEAD, activity.ends_at + AFTER)
    return [(step, digits(activity, step)) for step in range(step_at(now()), step_at(last) + 1)]


def judged(
    activity: Activity, said: str, *, account_id: int | None = None, at: datetime | None = None, clock_off: bool = False
) -> Proof:
    """Return what a code proves, or refuse it; `at` is when a phone without a network read it.

    The turning ones are taken in their own half minute and the next one. One that a phone kept is judged by its clock as
    we put it right; where a signed square says another time than that clock, the square is believed and the line marked.
    Errors: Refused("code_wrong", "code_not_open").
    """
    said, when = said.strip(), at or now()
    kind, _, rest = said.partition("-")
    if kind == "pass":
        return _by_pass(activity, said, rest, account_id, when)
    if kind != "door" and rest:
        return _by_square(activity, said, kind, when, at is not None, clock_off)
    if not is_open(activity, when):
        raise Refused("code_not_open")
    if kind == "door":
        if not _among(said, [f"door-{one}" for one in _signed("door", activity.public_id)]):
            raise Refused("code_wrong")
        return Proof(Way.DOOR, when, clock_off)
    here = step_at(when)
    last = here + STEPS_OFF if at is not None else here
    for step in range(here - 1, last + 1):
        if _among(said, _all_digits(activity, step)):
            return Proof(Way.DIGITS, when, clock_off)
    if _among(said, [activity.code]):
        return Proof(Way.CODE, when, clock_off)
    raise Refused("code_wrong")


def held(
    activity: Activity, said: str, account_id: int | None, browser: str = ""
) -> tuple[str, Refused | None]:  # fmt: skip
    """Return what whoever has just scanned may press with, or nothing and why; without a scan neither."""
    if not said:
        return "", None
    try:
        if said.startswith("pass-"):
            return _kept(activity, said, account_id, browser), None
        proof = judged(activity, said, account_id=account_id)
    except Refused as why:
        return "", why
    return (pass_for(activity, step_at(now()), account_id) if proof.way == Way.SCAN else said), None


def _kept(activity: Activity, said: str, account_id: int | None, browser: str) -> str:
    """Return a pass as it is, as old as it is: the account's own, or what its browser got before signing in."""
    step = _step(said.removeprefix("pass-").partition("-")[0])
    before = [f"pass-{step:x}-{one}" for one in _signed("pass", activity.public_id, str(step), browser)]
    own = pass_for(activity, step, account_id) if browser and _among(said, before) else said
    judged(activity, own, account_id=account_id)
    return own


def _by_square(
    activity: Activity, said: str, kind: str, when: datetime, kept: bool, clock_off: bool
) -> Proof:  # fmt: skip
    step = _step(kind)
    if not _among(said, [f"{step:x}-{one}" for one in _signed("scan", activity.public_id, str(step))]):
        raise Refused("code_wrong")
    late = step_at(when) - step
    if late in (0, 1) or (kept and abs(late) <= 1 + STEPS_OFF):
        shown, off = when, clock_off
    elif kept and begins(step) <= now():
        # A signed square cannot have been read before it was shown: it knows the time better than the phone.
        shown, off = begins(step), True
    else:
        raise Refused("code_turned")
    if not is_open(activity, shown):
        raise Refused("code_not_open")
    return Proof(Way.SCAN, shown, off)


def _by_pass(activity: Activity, said: str, rest: str, account_id: int | None, when: datetime) -> Proof:
    step = _step(rest.partition("-")[0])
    held = _signed("pass", activity.public_id, str(step), str(account_id))
    if not _among(said, [f"pass-{step:x}-{one}" for one in held]):
        raise Refused("code_wrong")
    if not is_open(activity, when):
        raise Refused("code_not_open")
    if not begins(step) <= when <= begins(step + 1) + PASS_FOR:
        raise Refused("code_turned")
    return Proof(Way.SCAN, when)


def _step(text: str) -> int:
    """Return the number a code bears, or refuse what bears none. Errors: Refused("code_wrong")."""
    if not (text.isascii() and text.isalnum() and len(text) <= 12):
        raise Refused("code_wrong")
    try:
        return int(text, 16)
    except ValueError as no:
        raise Refused("code_wrong") from no


def _among(said: str, right: list[str]) -> bool:
    """Tell whether what was said is one of the right ones."""
    word = said.encode("utf-8", "surrogatepass")
    return any(hmac.compare_digest(word, one.encode()) for one in right)
