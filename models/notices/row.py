"""What the community, its street or its district pins on the board: written by a clerk, published by the head."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, Index, Select, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from models import attachments, revisions
from models.base import PublicRow, Refused, Utc, now, today
from models.events import record
from models.notices import marks
from models.permissions import Permission
from models.places import Place, PlaceKind

if TYPE_CHECKING:
    from models.accounts import Actor

LONGEST_TITLE, LONGEST_TEXT = 60, 4000
WRITE_AT = (PlaceKind.DISTRICT, PlaceKind.STREET, PlaceKind.COMMUNITY)


class NoticeState(StrEnum):
    """DRAFT is being written; PUBLISHED hangs until its last day; ENDED was taken down or thrown away."""

    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    ENDED = "ENDED"


class NoticeKind(StrEnum):
    """NOTICE 通知 speaks of days; POLICY 政策 stands for years and is looked up (R72)."""

    NOTICE = "NOTICE"
    POLICY = "POLICY"


# A notice that nobody takes down comes down by itself: after so many days unless told, and after so many at most.
USUAL_DAYS = {NoticeKind.NOTICE: 30, NoticeKind.POLICY: 366}
MOST_DAYS = {NoticeKind.NOTICE: 366, NoticeKind.POLICY: 1830}


class Notice(PublicRow):
    """One notice of a district, a street or a community; it is read everywhere below."""

    __tablename__ = "notices"
    __table_args__ = (
        Index("ix_notices_place_id_state_id", "place_id", "state", "id"),
        CheckConstraint("state <> 'PUBLISHED' OR published_at IS NOT NULL", name="published_has_a_day"),
    )
    place_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    kind: Mapped[NoticeKind] = mapped_column(String(8), default=NoticeKind.NOTICE, server_default="NOTICE")
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
    def write(
        cls,
        place: Place,
        title: str,
        text: str,
        expires_on: date | None = None,
        *,
        by: Actor,
        kind: NoticeKind = NoticeKind.NOTICE,
        papers: Sequence[str] = (),
        owner: str = "",
    ) -> Notice:
        """Write a notice or a policy, with its papers; it hangs nowhere before it is published.

        Errors: Refused("name_needed", "text_needed", "notice_too_long", "notice_day_past", "notice_too_far",
        "notice_place") and those of attachments.claim. Source: domain/roles.md, R72.
        """
        if place.kind not in WRITE_AT:
            raise Refused("notice_place")
        one = cls(place_id=place.id, written_by_id=by.account_id, kind=kind)
        one._fill(title, text, expires_on)
        one.save()
        attachments.claim(one, papers, owner=owner)
        kept = revisions.keep(one, "text", one.text, by=by)
        record("notice.write", by=by, about=[one], community_id=place.community_id, details={"text": kept})
        return one

    def rewrite(
        self,
        title: str,
        text: str,
        expires_on: date | None = None,
        *,
        by: Actor,
        seen_version: int | None = None,
        papers: Sequence[str] | None = None,
        owner: str = "",
    ) -> None:
        """Rewrite a draft, or mend one that hangs; each wording is kept. `papers` are all that it has from now on.

        Errors: Stale("stale_edit"), Refused("notice_over", "notice_for_the_head") and those of write.
        """
        self.check_version(seen_version, typed=text, stands=self.text)
        if self.state == NoticeState.ENDED:
            raise Refused("notice_over")
        if self.state == NoticeState.PUBLISHED and not self._publisher(by):
            raise Refused("notice_for_the_head")
        self._fill(title, text, expires_on)
        if papers is not None:
            attachments.keep_only(self, papers, owner=owner)
        kept = revisions.keep(self, "text", self.text, by=by)
        record("notice.rewrite", by=by, about=[self], community_id=self._community_id(), details={"text": kept})

    def _fill(self, title: str, text: str, expires_on: date | None) -> None:
        kind = NoticeKind(self.kind)
        last = expires_on or today() + timedelta(days=USUAL_DAYS[kind])
        if not title.strip():
            raise Refused("name_needed")
        if not text.strip():
            raise Refused("text_needed")
        if len(title.strip()) > LONGEST_TITLE or len(text.strip()) > LONGEST_TEXT:
            raise Refused("notice_too_long", most=LONGEST_TEXT)
        if last < today():
            raise Refused("notice_day_past")
        if last > today() + timedelta(days=MOST_DAYS[kind]):
            raise Refused("notice_too_far", most=MOST_DAYS[kind])
        self.title, self.text, self.expires_on = title.strip(), text.strip(), last

    def publish(self, *, by: Actor) -> None:
        """Pin the notice on the board and tell those who work there and who follow it (decision 17, R72).

        Errors: Refused("notice_hangs", "notice_over", "notice_day_past").
        """
        if self.state != NoticeState.DRAFT:
            raise Refused("notice_hangs" if self.state == NoticeState.PUBLISHED else "notice_over")
        if self.expires_on < today():
            raise Refused("notice_day_past")
        self.state, self.published_at, self.published_by_id = NoticeState.PUBLISHED, now(), by.account_id
        told = marks.tell_of(self, but=by.account_id)
        record("notice.publish", by=by, about=[self], community_id=self._community_id(),
               details={"until": self.expires_on, "told": told})  # fmt: skip

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
