"""Photos that are still on a phone while their record has arrived: announced with the record, tied to it as they come."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    ScalarSelect,
    Select,
    String,
    UniqueConstraint,
    bindparam,
    func,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.attachments import MOST_PER_MATTER, Attachment
from models.base import Refused, Row, ask, db
from models.events import Doer, record, subject_of

if TYPE_CHECKING:
    from datetime import datetime


class AwaitedPhotos(Row):
    """How many photos a record still waits for; what was born offline is referred to by its key (decisions.md 1)."""

    __tablename__ = "awaited_photos"
    __table_args__ = (
        UniqueConstraint("owner", "entry_key"),
        Index("ix_awaited_photos_kind_subject_id", "kind", "subject_id"),
        CheckConstraint("arrived >= 0 AND arrived <= coming", name="no_more_than_were_announced"),
    )
    owner: Mapped[str] = mapped_column(String(60))
    entry_key: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int] = mapped_column(BigInteger)
    community_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("places.id"))
    coming: Mapped[int] = mapped_column(Integer)
    arrived: Mapped[int] = mapped_column(Integer, default=0)

    @classmethod
    def receive(
        cls, data: bytes, entry_key: str, *, owner: str, by: Doer, said_at: datetime | None = None
    ) -> Attachment:
        """Examine a photo that its record announced, and tie it to the record.

        Errors: Refused("record_not_there_yet") where the record did not come before it or awaits no more;
        those of Attachment.receive.
        """
        query = select(cls).where(cls.owner == owner, cls.entry_key == entry_key)
        awaited = db.session.scalars(query.with_for_update()).one_or_none()
        if awaited is None or awaited.arrived >= awaited.coming:
            raise Refused("record_not_there_yet")
        photo = Attachment.receive(data, owner=owner, said_at=said_at)
        photo.kind, photo.subject_id, photo.community_id = awaited.kind, awaited.subject_id, awaited.community_id
        awaited.arrived += 1
        record("awaited_photos.receive", by=by, about=[photo, (awaited.kind, awaited.subject_id)],
               community_id=awaited.community_id, details={"still": awaited.coming - awaited.arrived})  # fmt: skip
        return photo


def expect(row: Any, entry_key: str, coming: int, *, owner: str) -> None:
    """Note that photos follow; a part of the verb that makes their record.

    A record that is sent again in other words announces anew how many are still on the phone.
    """
    if coming < 1 or not entry_key:
        return
    kind, subject_id = subject_of(row)
    AwaitedPhotos(
        owner=owner, entry_key=entry_key, kind=kind, subject_id=subject_id,
        community_id=getattr(row, "community_id", None), coming=min(coming, MOST_PER_MATTER),
    ).save()  # fmt: skip


def await_no_more(row: Any) -> int:
    """Wait for no more photos of a thing; a part of the verb by which its author says so. Returns how many lack."""
    kind, subject_id = subject_of(row)
    query = select(AwaitedPhotos).where(
        AwaitedPhotos.kind == kind, AwaitedPhotos.subject_id == subject_id, AwaitedPhotos.arrived < AwaitedPhotos.coming
    )
    lacking = 0
    for one in db.session.scalars(query.with_for_update()):
        lacking += one.coming - one.arrived
        one.coming = one.arrived
    return lacking


def still_coming(kind: Any, subject_id: Any) -> ScalarSelect[int]:
    """Return, as a part of a query, how many photos of a record are still on a phone."""
    still = func.coalesce(func.sum(AwaitedPhotos.coming - AwaitedPhotos.arrived), 0)
    of = (AwaitedPhotos.kind == kind, AwaitedPhotos.subject_id == subject_id)
    return select(still).where(*of).scalar_subquery()


def count(row: Any) -> int:
    """Return how many photos of a record are still on a phone."""
    kind, subject_id = subject_of(row)
    return int(ask(_count(), kind=kind, subject=subject_id).scalar_one())


@functools.cache
def _count() -> Select[Any]:
    return select(still_coming(bindparam("kind", type_=String), bindparam("subject", type_=BigInteger)))
