"""Ratings on paper, entered in one grid from a photographed sheet, and counted after a second clerk has compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, ColumnElement, ForeignKey, Index, Select, and_, select
from sqlalchemy.orm import Mapped, mapped_column

from models import attachments
from models.base import PublicRow, Refused, Utc, db, now
from models.events import record
from models.permissions import Permission
from models.ratings.contacts import RatingContact
from models.ratings.hats import apart, did_not_serve, over_paper, served
from models.ratings.invitations import RatingInvitation, _of_seats, lines_that_speak, takes_its_line
from models.ratings.kinds import BAD, Answer, Channel
from models.ratings.row import Rating
from models.service_log import ServiceLog
from models.states import RatingState

if TYPE_CHECKING:
    from models.accounts import Actor

MOST_ROWS = 120


@dataclass(frozen=True)
class PaperRow:
    """One slip of paper: whose line of the service it is, and what it says."""

    seat: str
    answer: Answer


class RatingSheet(PublicRow):
    """One sitting of entering paper ratings of one service; it waits for another clerk's eyes."""

    __tablename__ = "rating_sheets"
    __table_args__ = (Index("ix_rating_sheets_community_id_witnessed_at", "community_id", "witnessed_at"),)
    log_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("service_logs.id"), index=True)
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    entered_by_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    witnessed_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    witnessed_at: Mapped[Utc | None]

    @classmethod
    def within(cls, actor: Actor, permission: Permission) -> ColumnElement[bool]:
        """Return the condition of reach: the paper of the permission, but for services of the actor's organization."""
        reached = over_paper(actor, permission, cls.community_id, cls.log_id)
        return and_(reached, apart(actor, cls.log_id, ServiceLog))

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the sheets in reach."""
        return select(cls).where(cls.within(actor, permission))

    @classmethod
    def to_compare(cls, actor: Actor) -> ColumnElement[bool]:
        """Return the condition on sheets that the actor may read: of services in which they had no part."""
        return and_(cls.within(actor, Permission.ENTER_PAPER_RATINGS), did_not_serve(actor, cls.log_id))

    def of_own_service(self, actor: Actor) -> bool:
        """Tell whether somebody served there, and so must not read what was said."""
        return served(ServiceLog.get(self.log_id), actor)

    @classmethod
    def enter(
        cls, log: ServiceLog, rows: Sequence[PaperRow], *, by: Actor, photos: Sequence[str] = (), photo_owner: str = ""
    ) -> RatingSheet:
        """Enter the paper ratings of a service with the photo of the sheet; they wait for a witness.

        Never whoever served. Errors: Refused("served_here", "rows_needed", "too_many_rows", "sheet_photo_needed", "seat_unknown", "already_rated") and those
        of the answers. Source: decisions.md 17, 22, 25.
        """
        if served(log, by):
            raise Refused("served_here")
        if not rows:
            raise Refused("rows_needed")
        if len(rows) > MOST_ROWS:
            raise Refused("too_many_rows", most=MOST_ROWS)
        if not photos:
            raise Refused("sheet_photo_needed")
        sheet = cls(log_id=log.id, community_id=log.community_id, entered_by_id=by.account_id).save()
        claimed = attachments.claim(sheet, list(photos), owner=photo_owner)
        if not all(photo.sheet for photo in claimed):
            raise Refused("sheet_photo_needed")
        ratings, aside = sheet._enter_rows(log, rows)
        record("rating_sheet.enter", by=by, about=[sheet, *aside], community_id=log.community_id,
               details={"rows": len(ratings)})  # fmt: skip
        return sheet

    def _enter_rows(self, log: ServiceLog, rows: Sequence[PaperRow]) -> tuple[list[Rating], list[Rating]]:
        """Write the rows down; return them, and what was said before by mere names for the same lines."""
        seats = lines_that_speak(log)
        open_ones = _of_seats([seat.id for seat in seats.values()])
        rated = rated_seats(log)
        entered: list[Rating] = []
        aside: list[Rating] = []
        for row in rows:
            seat = seats.get(row.seat)
            if seat is None:
                raise Refused("seat_unknown")
            if seat.id in rated:
                raise Refused("already_rated")
            rated.add(seat.id)
            invitation = open_ones.get(seat.id) or RatingInvitation._to(seat, Channel.PAPER).save()
            entered.append(Rating._born(invitation, row.answer, Channel.PAPER, needs_witness=True, sheet_id=self.id))
            aside += Rating._set_names_aside(invitation)
        return entered, aside

    def ratings(self) -> list[Rating]:
        """Return the ratings of this sheet, in the order of its rows."""
        return list(db.session.scalars(select(Rating).where(Rating.sheet_id == self.id).order_by(Rating.id)))

    def witness(self, *, by: Actor) -> None:
        """Say that the entries are what the paper says, as a second pair of eyes; from now on they count.

        Never whoever entered them, never whoever served. Where the record says that nobody was met, the person is
        asked before that: their slip is kept until then.
        Errors: Refused("second_person_needed", "served_here", "witnessed_already").
        """
        if self.witnessed_at is not None:
            raise Refused("witnessed_already")
        if by.account_id == self.entered_by_id:
            raise Refused("second_person_needed")
        if self.of_own_service(by):
            raise Refused("served_here")
        self.witnessed_by_id, self.witnessed_at = by.account_id, now()
        for rating in self.ratings():
            # What is compared needs no witness more; whose word was asked for has one of its own (Rating.hear).
            rating.needs_witness = False
            rating._settle()
            if rating.level <= BAD and rating.state != RatingState.INVALID:
                RatingContact._open(rating)
        record("rating_sheet.witness", by=by, about=[self], community_id=self.community_id)


def services_on_paper(actor: Actor) -> Select[Any]:
    """Return the services whose slips of paper are the actor's to enter, unless they served there."""
    reached = over_paper(actor, Permission.ENTER_PAPER_RATINGS, ServiceLog.community_id, ServiceLog.id)
    return select(ServiceLog).where(reached, apart(actor, ServiceLog.id, ServiceLog))


def rated_seats(log: ServiceLog) -> set[int]:
    """Return the lines of a service that somebody rated already."""
    query = (
        select(RatingInvitation.attendance_id)
        .join(Rating, Rating.invitation_id == RatingInvitation.id)
        .where(RatingInvitation.log_id == log.id, takes_its_line())
    )
    return {one for one in db.session.scalars(query) if one is not None}
