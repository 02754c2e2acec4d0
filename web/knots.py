"""The thread as the drawing wants it: keys become words, things become addresses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time

from models.accounts import Actor
from models.base import SHANGHAI
from models.permissions import Permission
from models.thread import Knot
from web import sentences
from web.filters import day, moment
from web.sentences.thread import DETAILS

# Where each kind of thing is read by those who work here, and what opens it; the public pages pass their own.
_STAFF: Mapping[str, tuple[Permission, str]] = {
    "needs": (Permission.READ_NEEDS, "/desk/needs/{}"),
    "packages": (Permission.READ_PACKAGES, "/packages/{}"),
    "projects": (Permission.READ_PROJECTS, "/projects/{}"),
}

# Where everybody reads them.
PUBLIC: Mapping[str, str] = {"needs": "/board/needs/{}", "projects": "/board/projects/{}"}


@dataclass(frozen=True)
class Drawn:
    """One knot as macros/thread.html draws it."""

    title: str
    state: str
    detail: str
    when: str
    url: str | None


def staff(actor: Actor) -> dict[str, str]:
    """Return the addresses that this reader may open: a knot never leads to a closed door."""
    return {kind: address for kind, (permission, address) in _STAFF.items() if actor.may(permission)}


def when(at: datetime | None) -> str:
    """Return the time of a knot; what begins with a day is shown as that day."""
    if at is None:
        return ""
    return day(at) if at.astimezone(SHANGHAI).time() == time() else moment(at)


def without_steps(knots: Sequence[Knot]) -> list[Knot]:
    """Return the knots for the public: the words of a next step are staff's own and may name somebody, its date is not."""
    return [replace(knot, detail="", values={}) if knot.detail == "next_step" else knot for knot in knots]


def drawn(knots: Sequence[Knot], addresses: Mapping[str, str]) -> list[Drawn]:
    """Return the knots in the reader's language; `addresses` says where a kind of thing is read, {} its public id."""
    return [
        Drawn(
            title=sentences.label(knot.key),
            state=knot.state.value,
            detail=str(DETAILS[knot.detail] % knot.values) if knot.detail else "",
            when=when(knot.at),
            url=addresses[knot.kind].format(knot.public_id) if knot.kind and knot.kind in addresses else None,
        )
        for knot in knots
    ]
