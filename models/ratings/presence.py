"""Whether the people served say that they were there: their own word, which the provider reads in counts alone.

Whose word it was is read in this package only, as with ratings; the committee looks into each no.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    String,
    Text,
    and_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from models import revisions, states
from models.attendance import Attendance, Part
from models.base import PublicRow, Refused, Utc, db, now
from models.events import PERSON_SERVED, record
from models.people import Person, homes
from models.permissions import STAFF, Permission
from models.projects import Project
from models.ratings.contacts import WhomToCall
from models.ratings.hats import apart
from models.ratings.kinds import LONGEST_COMMENT
from models.service_log import ServiceLog
from models.states import AttendanceState, PresenceWordState, ServiceLogState
from models.tellings import tell

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.ratings.invitations import RatingInvitation

SHORTEST_REASON = 10
W = PresenceWordState


class PresenceWord(PublicRow):
    """One word of one person served about one service: I was there, or it was not so. It is said once."""

    __tablename__ = "presence_words"
    __table_args__ = (
        Index("ix_presence_words_community_id_state", "community_id", "state", "id"),
        CheckConstraint("(state IN ('UPHELD', 'DISMISSED')) = (decided_at IS NOT NULL)", name="settled_at_a_time"),
    )
    attendance_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("attendances.id"), unique=True)
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    state: Mapped[PresenceWordState] = mapped_column(String(10))
    words: Mapped[str | None] = mapped_column(Text)
    decision: Mapped[str | None] = mapped_column(Text)
    decided_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    decided_at: Mapped[Utc | None]

    @classmethod
    def within(cls, actor: Actor, permission: Permission) -> ColumnElement[bool]:
        """Return the condition of reach: the communities of the permission, but for the actor's own services."""
        return and_(actor.reach(permission).communities(cls.community_id), apart(actor, cls.attendance_id, Attendance))

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the words of the communities in reach; no organization is ever within it."""
        return select(cls).where(cls.within(actor, permission))

    @classmethod
    def say(cls, invitation: RatingInvitation, *, there: bool, words: str = "", by: Actor) -> PresenceWord:
        """Say by a rating link whether one was there, before a rating, after it or without one.

        The diary's actor is "a person served". Errors: those of RatingInvitation.check_stands; Refused(
        "presence_said", "nothing_to_confirm", "not_on_this_device", "comment_too_long"). Source: decisions.md 22, 24.
        """
        invitation.check_stands()
        seat = invitation.seat
        if seat is None:
            raise Refused("nothing_to_confirm")
        if seat.person_id not in by.person_ids and any(held.role in STAFF for held in by.held):
            raise Refused("not_on_this_device")
        return cls._said(seat, there, words)

    @classmethod
    def say_own(cls, seat: Attendance, *, there: bool, words: str = "", by: Actor) -> None:
        """Say of a line of one's own (or of the household) whether it is true.

        A volunteer's line is about time, not about having been served: it says so itself, openly.
        Errors: Refused("not_your_attendance", "presence_said", "nothing_to_confirm", "not_from_here",
        "comment_too_long").
        """
        if seat.person_id is None or seat.person_id not in by.person_ids:
            raise Refused("not_your_attendance")
        if seat.part != Part.SERVED:
            seat.confirm(by=by) if there else seat.dispute(words, by=by)
            return
        cls._said(seat, there, words)

    @classmethod
    def _said(cls, seat: Attendance, there: bool, words: str) -> PresenceWord:
        if len(words) > LONGEST_COMMENT:
            raise Refused("comment_too_long", most=LONGEST_COMMENT)
        closed = asked_of(seat)
        if closed is not None:
            raise Refused("presence_said" if closed == SAID else "nothing_to_confirm")
        one = cls(
            attendance_id=seat.id, community_id=seat.community_id, state=W.CONFIRMED if there else W.DISPUTED,
            words=None if there else words.strip() or None,
        ).save()  # fmt: skip
        record("presence_word.confirm" if there else "presence_word.dispute", by=PERSON_SERVED, about=[one],
               community_id=one.community_id)  # fmt: skip
        return one

    def uphold(self, reason: str, *, by: Actor) -> None:
        """Find that it was as the person says: the line of the list counts no more, nor does a rating of it.

        Errors: Refused("committee_decides", "reason_too_short", "own_log", "own_word", "not_from_here").
        """
        self._settle("uphold", reason, by)

    def dismiss(self, reason: str, *, by: Actor) -> None:
        """Find that the service was as written. Errors: those of uphold."""
        self._settle("dismiss", reason, by)

    def _settle(self, verb: str, reason: str, by: Actor) -> None:
        """Decide with a reason; never whoever wrote the record, never whoever said the word. The person is told."""
        seat = Attendance.get(self.attendance_id)
        if self.community_id not in by.reach(Permission.APPROVE_LATE_LOG).community_ids:
            raise Refused("committee_decides")
        if len(reason.strip()) < SHORTEST_REASON:
            raise Refused("reason_too_short", least=SHORTEST_REASON)
        log = db.session.get(ServiceLog, seat.log_id) if seat.log_id else None
        if log is not None and by.account_id in (log.author_id, log.begun_by_id):
            raise Refused("own_log")
        if seat.person_id in by.person_ids:
            raise Refused("own_word")
        self.state = states.step(states.Kind.PRESENCE_WORD, W(self.state), verb)
        self.decision, self.decided_by_id, self.decided_at = reason.strip(), by.account_id, now()
        about: list[Any] = [self]
        if verb == "uphold":
            seat._find_absent()
            about.append(seat)
        kept = revisions.keep(self, "decision", self.decision, by=by)
        if seat.person_id is not None and log is not None:
            project = Project.get(log.project_id)
            tell(project, f"presence_{verb}", people=[seat.person_id], community_id=self.community_id,
                 followers=False, title=project.title)  # fmt: skip
        record(f"presence_word.{verb}", by=by, about=about, community_id=self.community_id, details={"reason": kept})

    def whom(self) -> WhomToCall:
        """Return whose word it is; whoever shows it logs that it was shown. Errors: Refused("nobody_to_call")."""
        person = db.session.get(Person, Attendance.get(self.attendance_id).person_id or 0)
        if person is None:
            raise Refused("nobody_to_call")
        return WhomToCall(person.id, person.name, person.phone, homes([person])[person.id])


SAID, CLOSED = "SAID", "CLOSED"


def asked_of(seat: Attendance | None) -> str | None:
    """Return None where the person may still say whether they were there, else why not: SAID, or CLOSED."""
    if seat is None or seat.part != Part.SERVED or seat.person_id is None:
        return CLOSED
    if db.session.scalar(select(PresenceWord.id).where(PresenceWord.attendance_id == seat.id)) is not None:
        return SAID
    log = db.session.get(ServiceLog, seat.log_id) if seat.log_id else None
    voided = log is not None and log.state == ServiceLogState.VOIDED
    return CLOSED if voided or seat.state != AttendanceState.PRESENT else None


def said_by(actor: Actor) -> dict[str, PresenceWordState]:
    """Return what the reader (or the household) said, by the public id of the line."""
    query = (
        select(Attendance.public_id, PresenceWord.state)
        .join(PresenceWord, PresenceWord.attendance_id == Attendance.id)
        .where(Attendance.person_id.in_(actor.person_ids))
    )
    return {line: W(state) for line, state in db.session.execute(query)}
