"""What the community, its street or its district pins on the board: written by a clerk, published by the head."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, Index, Select, String, Text, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from models import revisions
from models.base import SHANGHAI, NotFound, PublicRow, Refused, Utc, db, is_opaque, now, today
from models.events import record
from models.permissions import Permission
from models.places import Place, PlaceKind

if TYPE_CHECKING:
    from models.accounts import Actor

PAGE = 20
LONGEST_TITLE, LONGEST_TEXT = 60, 4000
# A notice that nobody takes down comes down by itself.
USUAL_DAYS, MOST_DAYS = 30, 366
WRITE_AT = (PlaceKind.DISTRICT, PlaceKind.STREET, PlaceKind.COMMUNITY)


class NoticeState(StrEnum):
    """DRAFT is being written; PUBLISHED hangs until its last day; ENDED was taken down or thrown away."""

    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    ENDED = "ENDED"


class Notice(PublicRow):
    """One notice of a district, a street or a community; it is read everywhere below."""

    __tablename__ = "notices"
    __table_args__ = (
        Index("ix_notices_place_id_state_id", "place_id", "state", "id"),
        CheckConstraint("state <> 'PUBLISHED' OR published_at IS NOT NULL", name="published_has_a_day"),
    )
    place_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[NoticeState] = mapped_column(String(10), default=NoticeState.DRAFT)
    expires_on: Mapped[date] = mapped_column(Date)
    written_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    published_at: Mapped[Utc | None]
    published_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    ended_at: Mapped[Utc | None]

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the notices of the places in reach."""
        ours = select(Place.id).where(actor.reach(permission).places())
        return select(cls).where(cls.place_id.in_(ours))

    @classmethod
    def write(cls, place: Place, title: str, text: str, expires_on: date | None = None, *, by: Actor) -> Notice:
        """Write a notice; it hangs nowhere before it is published.

        Errors: Refused("name_needed", "text_needed", "notice_too_long", "notice_day_past", "notice_too_far",
        "notice_place"). Source: domain/roles.md.
        """
        if place.kind not in WRITE_AT:
            raise Refused("notice_place")
        one = cls(place_id=place.id, written_by_id=by.account_id)
        one._fill(title, text, expires_on)
        one.save()
        kept = revisions.keep(one, "text", one.text, by=by)
        record("notice.write", by=by, about=[one], community_id=place.community_id, details={"text": kept})
        return one

    def rewrite(
        self, title: str, text: str, expires_on: date | None = None, *, by: Actor, seen_version: int | None = None
    ) -> None:
        """Rewrite a draft, or mend one that hangs; each wording is kept.

        Errors: Stale("stale_edit"), Refused("notice_over", "notice_for_the_head") and those of write.
        """
        self.check_version(seen_version, typed=text, stands=self.text)
        if self.state == NoticeState.ENDED:
            raise Refused("notice_over")
        if self.state == NoticeState.PUBLISHED and not self._publisher(by):
            raise Refused("notice_for_the_head")
        self._fill(title, text, expires_on)
        kept = revisions.keep(self, "text", self.text, by=by)
        record("notice.rewrite", by=by, about=[self], community_id=self._community_id(), details={"text": kept})

    def _fill(self, title: str, text: str, expires_on: date | None) -> None:
        last = expires_on or today() + timedelta(days=USUAL_DAYS)
        if not title.strip():
            raise Refused("name_needed")
        if not text.strip():
            raise Refused("text_needed")
        if len(title.strip()) > LONGEST_TITLE or len(text.strip()) > LONGEST_TEXT:
            raise Refused("notice_too_long", most=LONGEST_TEXT)
        if last < today():
            raise Refused("notice_day_past")
        if last > today() + timedelta(days=MOST_DAYS):
            raise Refused("notice_too_far", most=MOST_DAYS)
        self.title, self.text, self.expires_on = title.strip(), text.strip(), last

    def publish(self, *, by: Actor) -> None:
        """Pin the notice on the board; the head may publish what the head wrote (decision 17).

        Errors: Refused("notice_hangs", "notice_over", "notice_day_past").
        """
        if self.state != NoticeState.DRAFT:
            raise Refused("notice_hangs" if self.state == NoticeState.PUBLISHED else "notice_over")
        if self.expires_on < today():
            raise Refused("notice_day_past")
        self.state, self.published_at, self.published_by_id = NoticeState.PUBLISHED, now(), by.account_id
        record("notice.publish", by=by, about=[self], community_id=self._community_id(),
               details={"until": self.expires_on})  # fmt: skip

    def end(self, *, by: Actor) -> None:
        """Take the notice down, or throw a draft away; its wordings are kept.

        Errors: Refused("notice_over", "notice_for_the_head").
        """
        if self.state == NoticeState.ENDED:
            raise Refused("notice_over")
        if self.state == NoticeState.PUBLISHED and not self._publisher(by):
            raise Refused("notice_for_the_head")
        self.state, self.ended_at = NoticeState.ENDED, now()
        record("notice.end", by=by, about=[self], community_id=self._community_id())

    def _publisher(self, by: Actor) -> bool:
        return by.reach(Permission.PUBLISH_NOTICE).covers(Place.get(self.place_id))

    def _community_id(self) -> int | None:
        return Place.get(self.place_id).community_id


@dataclass(frozen=True)
class NoticeLine:
    """A notice in a list; `hangs` tells whether the public reads it now."""

    id: int
    public_id: str
    title: str
    place: str
    state: NoticeState
    expires_on: date
    published_on: date | None
    hangs: bool


@dataclass(frozen=True)
class NoticePage:
    """One notice with its text, signed by the place."""

    line: NoticeLine
    text: str
    version: int
    phone: str | None
    place_public_id: str


def _hanging() -> Any:
    return (Notice.state == NoticeState.PUBLISHED) & (Notice.expires_on >= today())


def _line(one: Notice, place: str) -> NoticeLine:
    hangs = one.state == NoticeState.PUBLISHED and one.expires_on >= today()
    day = one.published_at.astimezone(SHANGHAI).date() if one.published_at else None
    return NoticeLine(one.id, one.public_id, one.title, place, NoticeState(one.state), one.expires_on, day, hangs)


def _lines(condition: Any, before: int | None, limit: int) -> tuple[list[NoticeLine], int | None]:
    query = select(Notice, Place.name).join(Place, Place.id == Notice.place_id).where(condition)
    if before is not None:
        query = query.where(Notice.id < before)
    found = db.session.execute(query.order_by(Notice.id.desc()).limit(limit + 1)).all()
    return [_line(one, place) for one, place in found[:limit]], found[limit - 1][0].id if len(found) > limit else None


def public_notices(
    community_id: int | None = None, *, before: int | None = None, limit: int = PAGE
) -> tuple[list[NoticeLine], int | None]:
    """Return what hangs now, newest first: of a community with its street and district, or of all."""
    condition = _hanging()
    if community_id is not None:
        home = select(Place.id, Place.street_id, Place.district_id).where(Place.id == community_id).subquery()
        above = or_(*(Notice.place_id == select(column).scalar_subquery() for column in home.c))
        condition = condition & above
    return _lines(condition, before, limit)


def public_notice(public_id: str) -> NoticePage:
    """Return a notice that hangs. Errors: NotFound."""
    if not is_opaque(public_id):
        raise NotFound(public_id)
    query = select(Notice, Place).join(Place, Place.id == Notice.place_id)
    found = db.session.execute(query.where(Notice.public_id == public_id, _hanging())).one_or_none()
    if found is None:
        raise NotFound(public_id)
    return _page(*found)


def page_of(one: Notice) -> NoticePage:
    """Return a notice in any state, for those who write notices."""
    return _page(one, Place.get(one.place_id))


def _page(one: Notice, place: Place) -> NoticePage:
    return NoticePage(_line(one, place.name), one.text, one.version, place.phone, place.public_id)


def notices_for(actor: Actor, *, before: int | None = None, limit: int = PAGE) -> tuple[list[NoticeLine], int | None]:
    """Return the notices of the places for which somebody writes, drafts first to be seen by their date."""
    ours = select(Place.id).where(actor.reach(Permission.WRITE_NOTICE).places())
    return _lines(Notice.place_id.in_(ours), before, limit)


def places_of(actor: Actor) -> list[tuple[str, str]]:
    """Return the places for which somebody may write, the nearest first."""
    reach = actor.reach(Permission.WRITE_NOTICE)
    query = select(Place.public_id, Place.name).where(reach.places(), Place.kind.in_(WRITE_AT))
    own = reach.district_ids | reach.street_ids | reach.community_ids
    rows = db.session.execute(query.order_by(Place.id.not_in(own), Place.code).limit(300)).all()
    return [(public_id, name) for public_id, name in rows]
