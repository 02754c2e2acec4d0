"""Who reads a notice: those who work where it hangs, each with a mark, and those who follow the board (R72)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, ForeignKey, Select, UniqueConstraint, and_, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from models.accounts import Account, AccountState, Grant
from models.base import Refused, Row, Utc, db, now
from models.events import record
from models.permissions import Role
from models.places import Place
from models.states import ProjectState
from models.tellings import Follow, tell

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.notices.row import Notice

NEWS = "notice_published"
# Whose work a notice is to read: the committees and offices, and the organizations that serve there just now.
OFFICES = (Role.CLERK, Role.HEAD, Role.GRID_WORKER, Role.STREET_OFFICE, Role.FINANCE, Role.DISTRICT)
SERVING = (Role.ORG_MANAGER, Role.SOCIAL_WORKER, Role.SUPERVISOR)
CALLED = (*OFFICES, *SERVING)


class NoticeReading(Row):
    """That somebody who works where a notice hangs has read it, and when."""

    __tablename__ = "notice_readings"
    __table_args__ = (UniqueConstraint("notice_id", "account_id"),)
    notice_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("notices.id"))
    account_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("accounts.id"), index=True)
    read_at: Mapped[Utc] = mapped_column(default=now)


def _below(place_id: int) -> Select[Any]:
    """Return the numbers of a place and of all places below it."""
    levels = (Place.id, Place.district_id, Place.street_id, Place.community_id)
    return select(Place.id).where(or_(*(level == place_id for level in levels)))


def _staff(place_id: int) -> Select[Any]:
    """Return the accounts of those who work in a place or below it, and of organizations with a running project there."""
    projects, below = db.metadata.tables["projects"], _below(place_id)
    serving = select(projects.c.organization_id).where(
        projects.c.community_id.in_(below), projects.c.state == ProjectState.RUNNING
    )
    held = select(Grant.account_id).where(
        or_(Grant.ended_at.is_(None), Grant.ended_at > now()),
        or_(
            and_(Grant.role.in_(OFFICES), Grant.place_id.in_(below)),
            and_(Grant.role.in_(SERVING), Grant.organization_id.in_(serving)),
        ),
    )
    return select(Account.id).where(Account.state == AccountState.CONFIRMED, Account.id.in_(held))


def tell_of(notice: Notice, *, but: int | None) -> int:
    """Tell those who work there and those who follow a board it hangs on; a part of publishing. Returns how many."""
    boards = Follow.kind == Place.__tablename__, Follow.subject_id.in_(_below(notice.place_id))
    following = set(db.session.scalars(select(Follow.account_id).where(*boards)))
    accounts = (following | set(db.session.scalars(_staff(notice.place_id)))) - {but}
    tell(notice, NEWS, accounts=accounts, community_id=None, followers=False, title=notice.title,
         url=f"/notices/{notice.public_id}")  # fmt: skip
    return len(accounts)


def acknowledge(notice: Notice, *, by: Actor) -> None:
    """Note that somebody who works where a notice hangs has read it; twice changes nothing.

    Errors: Refused("notice_not_for_you"). Source: domain/checklist.md R72.
    """
    if not called(notice, by):
        raise Refused("notice_not_for_you")
    if not has_read(notice, by):
        NoticeReading(notice_id=notice.id, account_id=by.account_id).save()
        record("notice.acknowledge", by=by, about=[notice])


def called(notice: Notice, by: Actor) -> bool:
    """Tell whether somebody works where a notice hangs, so that it is theirs to read."""
    query = _staff(notice.place_id).where(Account.id == by.account_id)
    return by.account_id is not None and db.session.scalar(query) is not None


def has_read(notice: Notice, by: Actor) -> bool:
    """Tell whether somebody has noted that they read it."""
    marks = NoticeReading.notice_id == notice.id, NoticeReading.account_id == by.account_id
    return db.session.scalar(select(NoticeReading.id).where(*marks)) is not None


def read_by(notice_ids: Sequence[int], by: Actor) -> set[int]:
    """Return which of some notices somebody has noted as read."""
    marks = NoticeReading.notice_id.in_(notice_ids), NoticeReading.account_id == by.account_id
    return set(db.session.scalars(select(NoticeReading.notice_id).where(*marks)))


@dataclass(frozen=True)
class Readers:
    """Who of those who work where a notice hangs has read it, and who has not, by name."""

    read: tuple[str, ...]
    unread: tuple[str, ...]


def readers(notice: Notice) -> Readers:
    """Return the marks of a notice, for those who write notices there."""
    marks = select(NoticeReading.account_id).where(NoticeReading.notice_id == notice.id)
    done = set(db.session.scalars(marks))
    query = select(Account.id, Account.name).where(Account.id.in_(_staff(notice.place_id))).order_by(Account.name)
    staff = db.session.execute(query).all()
    return Readers(
        tuple(name for one, name in staff if one in done), tuple(name for one, name in staff if one not in done)
    )
