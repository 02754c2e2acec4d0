"""One rating: given once by a person served, counted when the service is approved, never tied to a name outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    CHAR,
    BigInteger,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Text,
    and_,
    case,
    not_,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from models import states
from models.attendance import THERE, Attendance
from models.base import PublicRow, Refused, Utc, db, now
from models.events import PERSON_SERVED, Doer, record
from models.permissions import STAFF
from models.projects import Project
from models.ratings.contacts import RatingContact
from models.ratings.doubting import Doubting, tell_left_out
from models.ratings.fitness import unfit_for
from models.ratings.hats import apart, served
from models.ratings.invitations import RatingInvitation, found_absent, missed, missed_line, takes_its_line
from models.ratings.kinds import (
    BAD,
    LONGEST_COMMENT,
    STRIPS_WAIT,
    Answer,
    AtPoster,
    Channel,
    Contact,
    Mattered,
    Unfit,
)
from models.ratings.posters import invited_at_poster
from models.service_log import ServiceLog
from models.states import AttendanceState, RatingState, ServiceLogState

if TYPE_CHECKING:
    from models.accounts import Actor, Permission

SETTLED_AT_ONCE = 500
_GONE = (AttendanceState.ABSENT, AttendanceState.CANCELLED)


class Rating(Doubting, PublicRow):
    """One rating. Levels run from 5 非常满意 to 1 非常不满意."""

    __tablename__ = "ratings"
    __table_args__ = (
        CheckConstraint("level BETWEEN 1 AND 5", name="level_in_range"),
        Index("ix_ratings_project_id_state", "project_id", "state"),
        Index("ix_ratings_state_id", "state", "id"),
    )
    invitation_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("rating_invitations.id"), unique=True)
    supersedes_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("ratings.id"), unique=True)
    project_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("projects.id"))
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"), index=True)
    log_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("service_logs.id"), index=True)
    sheet_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("rating_sheets.id"), index=True)
    level: Mapped[int] = mapped_column(Integer)
    solved: Mapped[bool | None]
    mattered: Mapped[Mattered | None] = mapped_column(String(8))
    comment: Mapped[str | None] = mapped_column(Text)
    contact: Mapped[Contact] = mapped_column(String(16), default=Contact.COMMUNITY)
    channel: Mapped[Channel] = mapped_column(String(10))
    state: Mapped[RatingState] = mapped_column(String(10))
    state_at: Mapped[Utc] = mapped_column(default=now)
    needs_witness: Mapped[bool] = mapped_column(default=False)
    witness_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    invalid_reason: Mapped[Unfit | None] = mapped_column(String(16))
    doubt: Mapped[Unfit | None] = mapped_column(String(16))
    doubted_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    # A digest of the address and the week: an auditor sees bursts by it, and no rule reads it.
    origin: Mapped[str | None] = mapped_column(CHAR(16))

    @classmethod
    def within(cls, actor: Actor, permission: Permission) -> ColumnElement[bool]:
        """Return the condition of reach: the communities of the permission, but for the actor's own services."""
        return and_(actor.reach(permission).communities(cls.community_id), apart(actor, cls.project_id, Project))

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the ratings of the communities in reach; no organization is ever within it."""
        return select(cls).where(cls.within(actor, permission))

    def _step(self, verb: str, to: RatingState | None = None) -> None:
        self.state = states.step(states.Kind.RATING, RatingState(self.state), verb, to)
        self.state_at = now()

    @classmethod
    def give(cls, invitation: RatingInvitation, answer: Answer, *, by: Actor, origin: str | None = None) -> Rating:
        """Rate the service of an invitation, once; it counts when the service is approved (R57).

        The diary's actor is "a person served". Errors: those of RatingInvitation.check_usable;
        Refused("not_on_this_device") where somebody who works here is signed in, save for their own services;
        Refused("level_needed", "comment_too_long"). Source: decisions.md 22-24; domain/states.md Rating.
        """
        _seat = invitation.seat  # Held here, it is read once for all the rules below.
        invitation.check_usable()
        own = invitation.is_of(by)
        if not own and any(held.role in STAFF for held in by.held):
            raise Refused("not_on_this_device")
        family = not own and invitation.person_id in by.person_ids
        channel = Channel.HOUSEHOLD if family else Channel(invitation.channel)
        rating = cls._born(invitation, answer, channel, origin=origin)
        if rating.level <= BAD and rating.state != RatingState.INVALID:
            RatingContact._open(rating)
        about = [rating, *cls._set_names_aside(invitation)]
        record("rating.give", by=PERSON_SERVED, about=about, community_id=rating.community_id,
               details={"channel": channel})  # fmt: skip
        return rating

    @classmethod
    def give_at_poster(
        cls, log: ServiceLog, who: AtPoster, answer: Answer, *, by: Actor, origin: str | None = None
    ) -> None:
        """Rate at a poster, with the code of a strip, else with a name and the last four digits of a phone.

        By name it counts only after the committee has asked the person. Whether code or name was known is not said:
        the answer is the same. Errors: Refused("not_on_this_device", "level_needed", "comment_too_long").
        Source: decisions.md 22.
        """
        if any(held.role in STAFF for held in by.held):
            raise Refused("not_on_this_device")
        _check(answer)
        invitation = invited_at_poster(log, who)
        if invitation is None:
            return
        rating = cls._born(invitation, answer, Channel.POSTER, origin=origin, needs_witness=not who.code)
        if rating.level <= BAD and who.code and rating.state != RatingState.INVALID:
            RatingContact._open(rating)
        about = [rating, *(cls._set_names_aside(invitation) if who.code else ())]
        record("rating.give_at_poster", by=PERSON_SERVED, about=about, community_id=rating.community_id)

    @classmethod
    def _born(cls, invitation: RatingInvitation, answer: Answer, channel: Channel, **more: Any) -> Rating:
        """Write a rating down, settled as far as it can be: one row, written once."""
        _check(answer)
        project = Project.get(invitation.project_id)
        rating = cls(
            invitation_id=invitation.id, supersedes_id=_superseded_by(invitation), project_id=project.id,
            community_id=project.community_id, log_id=invitation.log_id, level=answer.level, solved=answer.solved,
            mattered=answer.mattered, comment=answer.comment.strip() or None, contact=answer.contact, channel=channel,
            state=RatingState.WAITING, created_at=now(), **more,
        )  # fmt: skip
        rating._settle()
        return rating.save()

    @staticmethod
    def _set_names_aside(invitation: RatingInvitation) -> list[Rating]:
        """Leave out what was said by a mere name for the line of which the person now speaks: nobody need be asked."""
        if invitation.attendance_id is None:
            return []
        query = (
            select(Rating)
            .join(RatingInvitation, RatingInvitation.id == Rating.invitation_id)
            .where(
                RatingInvitation.attendance_id == invitation.attendance_id, Rating.state == RatingState.WAITING,
                not_(takes_its_line()),
            )
        )  # fmt: skip
        aside = list(db.session.scalars(query))
        for other in aside:
            other._invalidate(Unfit.DUPLICATE)
        return aside

    def _settle(self) -> bool:
        """Let a waiting rating count where everything it waits for is there; say whether its state changed."""
        invitation, log = RatingInvitation.get(self.invitation_id), ServiceLog.get(self.log_id)
        if log.state == ServiceLogState.VOIDED:
            return self._invalidate(Unfit.LOG_VOIDED)
        seat = invitation.seat
        if seat is not None and found_absent(seat):
            return self._invalidate(Unfit.NOT_THERE)
        if self.state != RatingState.WAITING:
            return False
        if seat is None:
            return self.created_at < now() - STRIPS_WAIT and self._invalidate(Unfit.NOT_THERE)
        unfit = unfit_for(Project.get(self.project_id), invitation.person_id, log, self)
        if unfit is not None:
            return self._invalidate(unfit)
        asked_for = self.needs_witness or missed(seat)
        if log.state != ServiceLogState.APPROVED or (asked_for and self.witness_id is None):
            return False
        if seat.state not in THERE and not missed(seat):
            return False
        self._step("validate")
        first = db.session.get(Rating, self.supersedes_id) if self.supersedes_id else None
        if first is not None and first.state == RatingState.VALID:
            first._step("supersede")
        return True

    def _invalidate(self, reason: Unfit) -> bool:
        self._step("invalidate")
        self.invalid_reason = reason
        return True

    @classmethod
    def settle_waiting(cls, *, by: Doer, most: int = SETTLED_AT_ONCE) -> int:
        """Count what waited for its service to be approved, and leave out what the rules leave out (R57).

        Ratings of a voided service stop counting, and their raters are told; so do those of a line that the committee
        found was not so. Returns how many changed.
        """
        query = (
            select(cls)
            .join(ServiceLog, ServiceLog.id == cls.log_id)
            .where(
                or_(cls.state == RatingState.WAITING, cls.state == RatingState.VALID),
                or_(cls.state == RatingState.WAITING, ServiceLog.state == ServiceLogState.VOIDED, _found_absent()),
                ServiceLog.state.in_([ServiceLogState.APPROVED, ServiceLogState.VOIDED]),
            )
            # However many nobody was asked about yet, they keep no other from being counted.
            .order_by(_asked_first(), cls.state_at, cls.id)
            .limit(most)
        )
        changed = [one for one in db.session.scalars(query) if one._settle()]
        tell_left_out([one for one in changed if one.invalid_reason == Unfit.LOG_VOIDED])
        if changed:
            record("rating.settle", by=by, about=changed, details={"ratings": len(changed)})
        return len(changed)

    def _heard(self, confirmed: bool, by: Actor) -> None:
        """Take the word of the person who was asked whether the rating is theirs; contact follows a mere name."""
        if not confirmed:
            self._invalidate(Unfit.NOT_THE_PERSON)
            return
        self.witness_id = by.account_id
        self._settle()
        if self.needs_witness and self.level <= BAD and self.state != RatingState.INVALID:
            RatingContact._open(self)

    def hear(self, *, confirmed: bool, by: Actor) -> None:
        """Say whether the person whom the committee asked gave this rating: by name at a poster, or at a missed door.

        What the provider says of a door leaves no rating out; the line stays as it was written, so that nobody learns
        from it who was heard. Never whoever served, never whose word it is. Errors: Refused("no_witness_needed",
        "own_log", "own_word"). Source: domain/states.md Rating; decisions.md 17, 24.
        """
        seat = RatingInvitation.get(self.invitation_id).seat
        asked_for = self.needs_witness or (seat is not None and missed(seat))
        uncompared = self.sheet_id is not None and self.needs_witness
        if self.state != RatingState.WAITING or not asked_for or self.witness_id or uncompared:
            raise Refused("no_witness_needed")
        if served(ServiceLog.get(self.log_id), by):
            raise Refused("own_log")
        if seat is not None and seat.person_id in by.person_ids:
            raise Refused("own_word")
        self._heard(confirmed, by)
        db.session.flush()
        about = [self, *(self._set_names_aside(RatingInvitation.get(self.invitation_id)) if confirmed else ())]
        record("rating.hear", by=by, about=about, community_id=self.community_id, details={"confirmed": confirmed})


def _asked_first() -> Any:
    """Return 1 for a rating that waits for somebody's word or for its strip to be tied, 0 for all others."""
    open_one = (
        select(RatingInvitation.id)
        .outerjoin(Attendance, Attendance.id == RatingInvitation.attendance_id)
        .where(
            RatingInvitation.id == Rating.invitation_id, or_(RatingInvitation.attendance_id.is_(None), missed_line())
        )
        .exists()
    )
    return case((and_(Rating.witness_id.is_(None), or_(Rating.needs_witness, open_one)), 1), else_=0)


def _found_absent() -> Any:
    """Tell whether the line that a rating stands on counts no more, by more than the provider's word."""
    return (
        select(RatingInvitation.id)
        .join(Attendance, Attendance.id == RatingInvitation.attendance_id)
        .where(RatingInvitation.id == Rating.invitation_id, Attendance.state.in_(_GONE), Attendance.absence.is_(None))
        .exists()
    )


def _check(answer: Answer) -> None:
    if isinstance(answer.level, bool) or answer.level not in range(1, 6):
        raise Refused("level_needed")
    if len(answer.comment) > LONGEST_COMMENT:
        raise Refused("comment_too_long", most=LONGEST_COMMENT)


def _superseded_by(invitation: RatingInvitation) -> int | None:
    query = select(RatingContact.rating_id).where(RatingContact.again_id == invitation.id)
    return db.session.scalar(query)
