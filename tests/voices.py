"""People who were served and say how it was: what the tests of ratings and evaluation arrange."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from models.accounts import STRANGER, Account, actor_of
from models.attachments import Attachment
from models.attendance import Attendance
from models.base import db
from models.people import Person
from models.projects import Project
from models.ratings import Answer, Channel, Rating, RatingInvitation
from models.service_log import ServiceLog
from tests import builders, serving
from tests.cast import Cast


def seat(log: ServiceLog, person: Person) -> Attendance:
    """Return the line of a person in a log."""
    query = select(Attendance).where(Attendance.log_id == log.id, Attendance.person_id == person.id)
    return db.session.scalars(query).one()


def invitation(log: ServiceLog, person: Person, channel: Channel = Channel.LINK) -> RatingInvitation:
    """Return an invitation of a person who was served."""
    return RatingInvitation._to(seat(log, person), channel).save()


def rate(log: ServiceLog, person: Person, level: int = 5, **more: Any) -> Rating:
    """Rate a service by a slip, without an account."""
    return Rating.give(invitation(log, person), Answer(level, **more), by=STRANGER)


def rated(cast: Cast, levels: Sequence[int], silent: int = 0, of: Project | None = None, **more: Any) -> Project:
    """Return a project in which people were served and said these levels, and some said nothing."""
    of = of or serving.project(cast)
    people = serving.people(cast, len(levels) + silent)
    log = serving.approved(cast, of, *people)
    for person, level in zip(people, levels, strict=False):
        rate(log, person, level, **more)
    return of


def sheet_photo(account: Account) -> Attachment:
    """Return a photo of a sheet that an account sent; only its row matters here."""
    return Attachment(
        owner=f"account:{account.id}", sheet=True, sha256="0" * 64, dhash="0" * 16, width=1, height=1,
        received_bytes=1,
    ).save()  # fmt: skip


def second_clerk(cast: Cast) -> Any:
    """Return another clerk of the community."""
    from models.permissions import Role

    return actor_of(builders.account("唐书记员", role=Role.CLERK, place=cast.community))
