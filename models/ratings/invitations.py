"""Who may rate: a person who was served, by one link, one slip or one strip of a sheet, each good once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import CHAR, BigInteger, ColumnElement, ForeignKey, Index, String, and_, not_, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from models.accounts import Account, AccountState
from models.attendance import THERE, Attendance, Part
from models.base import CROCKFORD, SHANGHAI, NotFound, PublicRow, Refused, Utc, db, draw, now
from models.events import PERSON_SERVED, Doer, record
from models.places import Place
from models.projects import Project
from models.ratings.kinds import ASKING_FOR, INVITED_FOR, OPEN_FOR, STRIPS_WAIT, Channel
from models.service_log import ServiceLog
from models.states import AttendanceState, ServiceLogState
from models.tellings import tell

if TYPE_CHECKING:
    from models.accounts import Actor

MOST_STRIPS = 60
_GONE = (AttendanceState.ABSENT, AttendanceState.CANCELLED)

# By this word those are found later who were to be asked.
INVITED = "rating_invited"


def this_month(of: int = 1) -> str:
    """Return the present month in Shanghai; of several months that are counted together, the first one."""
    today = now().astimezone(SHANGHAI)
    months = today.year * 12 + today.month - 1
    months -= months % of
    return f"{months // 12}-{months % 12 + 1:02d}"


def _asking_since(community_ids: Iterable[int]) -> dict[int, str]:
    """Return since which month one invitation is enough, by community: how often people are asked is its setting."""
    query = select(Place.id, Place.asking_months).where(Place.id.in_(set(community_ids)))
    return {place: this_month(months) for place, months in db.session.execute(query)}


# Letters that no code has, as people read them from paper.
_MISREAD = str.maketrans("OIL", "011", " -")


def _code() -> str:
    return "".join(draw.choice(CROCKFORD) for _ in range(8))


def plain_code(typed: str) -> str:
    """Return a code as it is kept, from what somebody typed: small letters, gaps, O for 0, I or L for 1."""
    return typed.upper().translate(_MISREAD)


class RatingInvitation(PublicRow):
    """That a person who was served may rate: one a person, project and month (or more months), unless they ask."""

    __tablename__ = "rating_invitations"
    __table_args__ = (
        Index("uq_rating_invitations_person_project_month", "person_id", "project_id", "month", unique=True),
    )
    attendance_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("attendances.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("people.id"))
    project_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("projects.id"), index=True)
    log_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("service_logs.id"), index=True)
    month: Mapped[str | None] = mapped_column(String(7))
    channel: Mapped[Channel] = mapped_column(String(10))
    code: Mapped[str | None] = mapped_column(CHAR(8), unique=True)
    expires_at: Mapped[Utc] = mapped_column(default=lambda: now() + OPEN_FOR)
    cancelled_at: Mapped[Utc | None]

    @classmethod
    def _to(
        cls, attendance: Attendance, channel: Channel, *, month: str | None = None, log: ServiceLog | None = None
    ) -> RatingInvitation:
        log = log or ServiceLog.get(attendance.log_id or 0)
        return cls(
            attendance_id=attendance.id, person_id=attendance.person_id, project_id=log.project_id, log_id=log.id,
            month=month, channel=channel, expires_at=now() + OPEN_FOR,
        )  # fmt: skip

    @property
    def rated(self) -> bool:
        """Tell whether somebody used it."""
        ratings = db.metadata.tables["ratings"]
        query = select(ratings.c.id).where(ratings.c.invitation_id == self.id)
        return db.session.scalar(query) is not None

    def is_of(self, actor: Actor) -> bool:
        """Tell whether it is the actor's very own; whoever works here rates for themselves alone."""
        return self.person_id is not None and self.person_id == actor.person_id

    @property
    def seat(self) -> Attendance | None:
        """Return the line of the person who was served; a strip has none before it is tied."""
        return db.session.get(Attendance, self.attendance_id) if self.attendance_id else None

    def check_usable(self) -> None:
        """Refuse what was used, is over, or belongs to a service that did not take place for this person.

        Errors: Refused("already_rated", "invitation_over", "invitation_cancelled"). Source: reliability.md 50.
        """
        if self.rated:
            raise Refused("already_rated")
        self.check_stands()

    def check_stands(self) -> None:
        """Refuse what is over or belongs to a service that did not take place for this person, rated or not.

        Errors: Refused("invitation_over", "invitation_cancelled").
        """
        log, seat = ServiceLog.get(self.log_id), self.seat
        gone = seat is not None and (found_absent(seat) or seat.person_id != self.person_id)
        if self.cancelled_at is not None or log.state == ServiceLogState.VOIDED or gone:
            raise Refused("invitation_cancelled")
        if self.expires_at <= now():
            raise Refused("invitation_over")

    @property
    def stands(self) -> bool:
        """Tell whether it still speaks of a service, rated or not."""
        try:
            self.check_stands()
        except Refused:
            return False
        return True

    @property
    def usable(self) -> bool:
        """Tell whether a rating by it would be taken."""
        try:
            self.check_usable()
        except Refused:
            return False
        return True

    @classmethod
    def by_code(cls, log: ServiceLog, code: str) -> RatingInvitation | None:
        """Return the strip of that code, of this very service, or None."""
        query = select(cls).where(cls.code == plain_code(code), cls.log_id == log.id)
        return db.session.scalars(query).one_or_none()

    @classmethod
    def ask(cls, seat_public_id: str, *, by: Actor) -> RatingInvitation:
        """Give somebody who was served the page on which to rate; asking oneself is possible at any time.

        Of whom the provider says that nobody was met may ask as well: the committee asks them before it counts.

        Errors: NotFound unless the seat is the actor's own (or of the household); Refused("already_rated",
        "invitation_over"). The diary names nobody.
        """
        seat = Attendance.find(seat_public_id, select(Attendance).where(Attendance.person_id.in_(by.person_ids)))
        log = ServiceLog.get(seat.log_id or 0)
        if seat.part != Part.SERVED or found_absent(seat):
            raise NotFound("Attendance")
        if log.ended_at < now() - ASKING_FOR:
            raise Refused("invitation_over")
        one = _of_seats([seat.id]).get(seat.id) or cls._to(seat, Channel.SELF).save()
        one.check_usable()
        # Not about the project: whoever serves reads its story, and must not learn that a link was opened.
        record("rating_invitation.ask", by=PERSON_SERVED, about=[one], community_id=log.community_id)
        return one

    @classmethod
    def print_slips(cls, log: ServiceLog, *, by: Actor) -> int:
        """Make slips for those served who have no invitation of this project and month yet; returns how many.

        Errors: Refused("not_from_here") where the service was voided.
        """
        _check_stands(log)
        seats = _seats(Attendance.log_id == log.id)
        since = _asking_since([log.community_id])
        asked = _asked({seat.person_id for seat in seats}, {log.project_id: since[log.community_id]})
        before = _asked_about(seats)
        new = [seat for seat in seats if seat.id not in before and (seat.person_id, log.project_id) not in asked]
        db.session.add_all(cls._to(seat, Channel.LINK, month=since[log.community_id]) for seat in new)
        record(
            "rating_invitation.print_slips", by=by, about=[log], community_id=log.community_id,
            details={"slips": len(new)},
        )  # fmt: skip
        return len(new)

    @classmethod
    def print_strips(cls, log: ServiceLog, number: int, *, by: Actor) -> int:
        """Make strips for a sign-in sheet: a code each, tied to a name when the sheet is entered.

        Errors: Refused("too_many_strips", "not_from_here").
        """
        _check_stands(log)
        if not 1 <= number <= MOST_STRIPS:
            raise Refused("too_many_strips", most=MOST_STRIPS)
        db.session.add_all(
            cls(
                project_id=log.project_id, log_id=log.id, channel=Channel.POSTER, code=_code(),
                expires_at=now() + STRIPS_WAIT,
            )
            for _ in range(number)
        )  # fmt: skip
        record(
            "rating_invitation.print_strips", by=by, about=[log], community_id=log.community_id,
            details={"strips": number},
        )  # fmt: skip
        return number

    @classmethod
    def tie(cls, log: ServiceLog, codes: Mapping[str, str], *, by: Actor) -> int:
        """Tie strips to the lines of the sheet, each line's public id with the code of its strip.

        Errors: Refused("code_unknown", code=…) for a code that is not of this service or is tied to somebody else.
        """
        seats = lines_that_speak(log)
        tied = 0
        for seat_id, code in codes.items():
            if not code.strip():
                continue
            one, seat = cls.by_code(log, code.strip()), seats.get(seat_id)
            if one is None or seat is None or one.attendance_id not in (None, seat.id):
                raise Refused("code_unknown", code=code.strip()[:8])
            tied += one.attendance_id is None
            one.attendance_id, one.person_id = seat.id, seat.person_id
        record("rating_invitation.tie", by=by, about=[log], community_id=log.community_id, details={"strips": tied})
        return tied

    @classmethod
    def invite_all(cls, *, by: Doer) -> int:
        """Invite those who were served in the last weeks and have an account; the others get a slip.

        At most one invitation a person, project and month, or as many months as the community set, and never two about
        one service: a new month alone is no reason to ask again. Returns how many were invited.
        """
        accounts = select(Account.person_id).where(
            Account.state == AccountState.CONFIRMED, Account.password_hash.is_not(None)
        )
        recent = (ServiceLog.ended_at > now() - INVITED_FOR, ServiceLog.state == ServiceLogState.APPROVED)
        seats = _seats(*recent, Attendance.state.in_(THERE), Attendance.person_id.in_(accounts))
        logs = {log.id: log for log in db.session.scalars(select(ServiceLog).where(*recent))} if seats else {}
        since = _asking_since(log.community_id for log in logs.values())
        months = {log.project_id: since[log.community_id] for log in logs.values()}
        asked, before = _asked({seat.person_id for seat in seats}, months), _asked_about(seats)
        invited: dict[int, set[int]] = {}
        for seat in reversed(seats):  # The latest service of each project is the one that is asked about.
            project_id = logs[seat.log_id or 0].project_id
            if (seat.person_id, project_id) in asked:
                continue
            asked.add((seat.person_id, project_id))
            if seat.id in before:
                continue
            db.session.add(cls._to(seat, Channel.SELF, month=months[project_id]))
            invited.setdefault(project_id, set()).add(seat.person_id or 0)
        _tell_invited(invited)
        if invited:
            record("rating_invitation.invite_all", by=by, about=[("projects", one) for one in invited],
                   details={"invited": sum(map(len, invited.values()))})  # fmt: skip
        return sum(map(len, invited.values()))

    @classmethod
    def _once_more(cls, first_id: int) -> RatingInvitation:
        """Let the rater of an invitation rate once more, after what went wrong was put right."""
        first = cls.get(first_id)
        return cls(
            attendance_id=first.attendance_id, person_id=first.person_id, project_id=first.project_id,
            log_id=first.log_id, channel=first.channel, expires_at=now() + OPEN_FOR,
        ).save()  # fmt: skip


def missed(seat: Attendance) -> bool:
    """Tell whether the provider alone says that nobody was met: the committee asks the person before that counts."""
    return seat.state == AttendanceState.ABSENT and seat.absence is not None


def missed_line() -> ColumnElement[bool]:
    """Return the condition of `missed`."""
    return and_(Attendance.state == AttendanceState.ABSENT, Attendance.absence.is_not(None))


def may_speak() -> ColumnElement[bool]:
    """Tell of lines whose person may say how it was: no word of the provider alone takes that. Source: decisions.md 24."""
    return or_(Attendance.state.not_in(_GONE), missed_line())


def found_absent(seat: Attendance) -> bool:
    """Tell whether a line is nobody's: the place was given back, or the committee found that it was not so."""
    return seat.state in _GONE and not missed(seat)


def takes_its_line() -> ColumnElement[bool]:
    """Tell of ratings which one takes its line: a name at a poster does so once the person said that it was theirs.

    Anybody may know a name and four digits; nobody shall lose their say by that.
    """
    ratings = db.metadata.tables["ratings"]
    return or_(not_(ratings.c.needs_witness), ratings.c.witness_id.is_not(None), ratings.c.sheet_id.is_not(None))


def _check_stands(log: ServiceLog) -> None:
    if log.state == ServiceLogState.VOIDED:
        raise Refused("not_from_here")


def _seats(*conditions: Any) -> list[Attendance]:
    """Return the lines of those who were served, by name and not absent, oldest first."""
    query = (
        select(Attendance)
        .join(ServiceLog, ServiceLog.id == Attendance.log_id)
        .where(
            *conditions, Attendance.person_id.is_not(None), Attendance.part == Part.SERVED,
            Attendance.state.not_in(_GONE),
        )
        .order_by(ServiceLog.ended_at, Attendance.id)
    )  # fmt: skip
    return list(db.session.scalars(query))


def lines_that_speak(log: ServiceLog) -> dict[str, Attendance]:
    """Return the lines of a service whose people may say how it was, on paper or by a strip, by public id."""
    query = select(Attendance).where(
        Attendance.log_id == log.id, Attendance.person_id.is_not(None), Attendance.part == Part.SERVED, may_speak()
    )
    return {seat.public_id: seat for seat in db.session.scalars(query.order_by(Attendance.id))}


def _asked(people: set[int | None], since: Mapping[int, str]) -> set[tuple[int | None, int]]:
    """Return who was invited for which of the projects since the month that each of them names."""
    one = RatingInvitation
    query = select(one.person_id, one.project_id, one.month).where(
        one.person_id.in_(people), one.project_id.in_(since), one.month >= min(since.values(), default="")
    )
    found = db.session.execute(query)
    return {(person_id, project_id) for person_id, project_id, month in found if (month or "") >= since[project_id]}


def _asked_about(seats: Sequence[Attendance]) -> set[int | None]:
    """Return the lines about which somebody was asked in an earlier month, or said a word without being asked."""
    one, ratings = RatingInvitation, db.metadata.tables["ratings"]
    said = select(ratings.c.id).where(ratings.c.invitation_id == one.id, takes_its_line()).exists()
    query = select(one.attendance_id).where(
        one.attendance_id.in_([seat.id for seat in seats]),
        one.cancelled_at.is_(None),
        or_(one.month.is_not(None), said),
    )
    return set(db.session.scalars(query))


def _of_seats(seat_ids: Sequence[int]) -> dict[int, RatingInvitation]:
    ratings = db.metadata.tables["ratings"]
    lost = select(ratings.c.id).where(ratings.c.invitation_id == RatingInvitation.id, not_(takes_its_line()))
    query = (
        select(RatingInvitation)
        .where(RatingInvitation.attendance_id.in_(seat_ids), ~lost.exists())
        .order_by(RatingInvitation.id)
    )
    return {one.attendance_id or 0: one for one in db.session.scalars(query)}


def _tell_invited(invited: Mapping[int, set[int]]) -> None:
    for project_id, people in invited.items():
        project = Project.get(project_id)
        tell(project, INVITED, people=people, community_id=project.community_id, followers=False,
             title=project.title)  # fmt: skip
