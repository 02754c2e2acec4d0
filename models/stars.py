"""Stars of volunteers (星级): applied for one after the other, approved by somebody else, publicly noticed, then awarded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Text,
    func,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from models import ciphers, hours, revisions, states
from models.base import PublicRow, Refused, Utc, db, now
from models.calendar import calendar_of
from models.events import Doer, record
from models.people import Person
from models.permissions import Permission
from models.places import Place, PlaceKind
from models.states import StarState
from models.tellings import tell
from models.volunteer_rules import STARS, rules_of
from models.volunteering import counted_minutes
from models.working_time import add_working_days

if TYPE_CHECKING:
    from models.accounts import Actor

_STANDS = "state IN ('APPLIED', 'NOTICED', 'AWARDED')"
SHOWN_FOR = timedelta(days=365)


class Star(PublicRow):
    """One star of one volunteer, from the application to the award. Source: domain/formulas.md D8; norms.md 1.3."""

    __tablename__ = "stars"
    __table_args__ = (
        Index("uq_stars_person_id_level", "person_id", "level", unique=True,
              sqlite_where=text(_STANDS), postgresql_where=text(_STANDS)),
        Index("ix_stars_community_id_state", "community_id", "state"),
        CheckConstraint("level BETWEEN 1 AND 5", name="one_of_five"),
        CheckConstraint("minutes >= line", name="the_line_was_reached"),
    )  # fmt: skip
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("people.id"))
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    level: Mapped[int] = mapped_column(Integer)
    # What counted when it was applied for, and the line that held then.
    minutes: Mapped[int] = mapped_column(Integer)
    line: Mapped[int] = mapped_column(Integer)
    # Whether the volunteer agreed to the full name on the public notice.
    full_name: Mapped[bool] = mapped_column(default=False)
    state: Mapped[StarState] = mapped_column(String(9), default=StarState.APPLIED)
    state_at: Mapped[Utc] = mapped_column(default=now)
    judged_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    notice_until: Mapped[Utc | None]
    reason: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def apply(cls, person: Person, community: Place, *, by: Actor, full_name: bool = False) -> Star:
        """Apply for one's next star: none is skipped, and none comes by itself.

        Errors: Refused("not_your_hours", "stars_off", "star_not_reached", "star_waits").
        """
        if person.id not in by.person_ids:
            raise Refused("not_your_hours")
        rules = rules_of(community)
        if not rules.stars_on:
            raise Refused("stars_off")
        held, waiting = _held(person.id)
        if waiting:
            raise Refused("star_waits")
        minutes = counted_minutes([person.id]).get(person.id, 0)
        level = hours.next_star(held, minutes, rules.star_lines)
        if level is None:
            raise Refused("star_not_reached")
        one = cls(
            person_id=person.id, community_id=community.id, level=level, minutes=minutes,
            line=rules.star_lines[level - 1], full_name=full_name,
        ).save()  # fmt: skip
        details = {"level": level, "minutes": minutes, "named": full_name}
        record("star.apply", by=by, about=[one], community_id=community.id, details=details)
        return one

    def approve(self, *, by: Actor) -> None:
        """Agree: the notice stands from now on for the days of the rules.

        Errors: Refused("own_star", "star_not_yours", "star_not_reached", "not_from_here").
        """
        self._check_judge(by)
        if counted_minutes([self.person_id]).get(self.person_id, 0) < self.line:
            raise Refused("star_not_reached")
        self._step("approve", by)
        place = Place.get(self.community_id)
        self.notice_until = add_working_days(now(), rules_of(place).notice_days, calendar_of(place))
        tell(self, "star_noticed", people={self.person_id}, community_id=self.community_id, followers=False)
        details = {"level": self.level, "until": self.notice_until}
        record("star.approve", by=by, about=[self], community_id=self.community_id, details=details)

    def decline(self, reason: str, *, by: Actor) -> None:
        """Turn an application down, or take a notice back after an objection; the volunteer reads why.

        Errors: Refused("reason_needed", "own_star", "star_not_yours", "not_from_here").
        """
        if len(reason.strip()) < 2:
            raise Refused("reason_needed")
        self._check_judge(by)
        self._step("decline", by)
        self.reason = reason.strip()
        kept = revisions.keep(self, "reason", self.reason, by=by)
        tell(self, "star_declined", people={self.person_id}, community_id=self.community_id, followers=False)
        record("star.decline", by=by, about=[self], community_id=self.community_id, details={"reason": kept})

    @classmethod
    def award_all(cls, *, by: Doer) -> int:
        """Award every star whose notice has stood for its days, and return how many."""
        due = select(cls).where(cls.state == StarState.NOTICED, cls.notice_until <= now()).order_by(cls.id)
        stars = list(db.session.scalars(due))
        for one in stars:
            one.award(by=by)
        return len(stars)

    def award(self, *, by: Doer) -> None:
        """Award the star after its notice. Errors: Refused("notice_stands", "not_from_here")."""
        if self.notice_until is not None and self.notice_until > now():
            raise Refused("notice_stands")
        self.state = states.step(states.Kind.STAR, StarState(self.state), "award")
        self.state_at = now()
        tell(self, "star_awarded", people={self.person_id}, community_id=self.community_id, followers=False)
        record("star.award", by=by, about=[self], community_id=self.community_id, details={"level": self.level})

    def _step(self, verb: str, by: Actor) -> None:
        self.state = states.step(states.Kind.STAR, StarState(self.state), verb)
        self.state_at, self.judged_by_id = now(), by.account_id

    def _check_judge(self, by: Actor) -> None:
        if self.person_id in by.person_ids:
            raise Refused("own_star")
        if self.community_id not in by.reach(Permission.APPROVE_STARS).community_ids:
            raise Refused("star_not_yours")

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the stars of the communities in reach."""
        return select(cls).where(actor.reach(permission).communities(cls.community_id))


def _held(person_id: int) -> tuple[int, bool]:
    """Return how many stars somebody holds, and whether one is on its way."""
    query = select(Star.level, Star.state).where(Star.person_id == person_id, text(_STANDS))
    rows = db.session.execute(query).all()
    held = [level for level, state in rows if state == StarState.AWARDED]
    return max(held, default=0), len(held) < len(rows)


@dataclass(frozen=True)
class MyStars:
    """What a volunteer reads of the own stars: held, on the way, next, and how the lines run."""

    on: bool
    held: int
    minutes: int
    lines: tuple[int, ...]
    waiting: StarLine | None
    declined: str | None

    @property
    def next_level(self) -> int | None:
        """Return the star that may be applied for now."""
        return None if self.waiting else hours.next_star(self.held, self.minutes, self.lines)

    @property
    def missing(self) -> int | None:
        """Return how many minutes the next star lacks; None where all are held."""
        return max(0, self.lines[self.held] - self.minutes) if self.held < STARS else None


@dataclass(frozen=True)
class StarLine:
    """One star as desks and notices show it."""

    public_id: str
    name: str
    level: int
    minutes: int
    line: int
    state: StarState
    state_at: datetime
    until: datetime | None
    full_name: bool = False


def _lines(query: Any, *, public: bool) -> list[StarLine]:
    rows = db.session.execute(query.join(Person, Person.id == Star.person_id).add_columns(Person.name))
    return [
        StarLine(one.public_id, name if one.full_name or not public else ciphers.mask_name(name), one.level,
                 one.minutes, one.line, StarState(one.state), one.state_at, one.notice_until, one.full_name)
        for one, name in rows
    ]  # fmt: skip


def mine(person: Person | None) -> MyStars | None:
    """Return one's own stars, or None where the community has none and one holds none."""
    if person is None:
        return None
    rules = rules_of(Place.get(person.community_id))
    own = list(db.session.scalars(select(Star).where(Star.person_id == person.id).order_by(Star.id.desc())))
    held = max((one.level for one in own if one.state == StarState.AWARDED), default=0)
    if not rules.stars_on and not held:
        return None
    coming = [one.id for one in own if one.state in (StarState.APPLIED, StarState.NOTICED)]
    waiting = _lines(select(Star).where(Star.id.in_(coming)), public=False)
    last = own[0] if own else None
    reason = last.reason if last is not None and last.state == StarState.DECLINED else None
    minutes = counted_minutes([person.id]).get(person.id, 0)
    return MyStars(rules.stars_on, held, minutes, rules.star_lines, waiting[0] if waiting else None, reason)


def desk(community: Place) -> list[StarLine]:
    """Return what waits for a decision or stands on the notice, oldest first."""
    coming = Star.state.in_([StarState.APPLIED, StarState.NOTICED])
    return _lines(select(Star).where(Star.community_id == community.id, coming).order_by(Star.id), public=False)


def _shown() -> ColumnElement[bool]:
    """Return the condition of what stands on a notice."""
    return (Star.state == StarState.NOTICED) | ((Star.state == StarState.AWARDED) & (Star.state_at > now() - SHOWN_FOR))


def noticed(community: Place) -> list[StarLine]:
    """Return the public notice of a community: who is to get a star, and who got one within a year; names masked.

    A full name stands there only where the volunteer agreed to it.
    """
    query = (
        select(Star).where(Star.community_id == community.id, _shown()).order_by(Star.state_at.desc(), Star.id.desc())
    )
    return _lines(query.limit(100), public=True)


@dataclass(frozen=True)
class PublicNotice:
    """The public notice of one community."""

    community: str
    public_id: str
    on: bool
    lines: tuple[StarLine, ...]


def notice_of(public_id: str | None, community_id: int | None) -> PublicNotice | None:
    """Return the notice of the community that was named, else of the reader's own; None where neither is known."""
    named = select(Place).where(Place.kind == PlaceKind.COMMUNITY)
    if public_id is None:
        place = db.session.get(Place, community_id) if community_id is not None else None
    else:
        place = Place.find(public_id, named)
    if place is None:
        return None
    return PublicNotice(place.name, place.public_id, rules_of(place).stars_on, tuple(noticed(place)))


def noticing() -> list[tuple[str, str]]:
    """Return name and public id of each community on whose notice somebody stands, for readers who belong to none."""
    query = select(Place.name, Place.public_id).where(Place.id.in_(select(Star.community_id).where(_shown())))
    return [(row.name, row.public_id) for row in db.session.execute(query.order_by(Place.id))]


def count_applied(actor: Actor) -> int:
    """Return how many applications wait for this pair of eyes."""
    waiting = Star.visible_to(actor, Permission.APPROVE_STARS).where(Star.state == StarState.APPLIED)
    return db.session.scalar(waiting.with_only_columns(func.count())) or 0
