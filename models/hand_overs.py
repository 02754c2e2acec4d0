"""Handing over: a colleague's open work goes to another in one step, with a reason, and both are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, CheckConstraint, ColumnElement, ForeignKey, Integer, Select, and_, false, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from models import revisions
from models.accounts import Account, AccountState, Grant
from models.base import NotFound, PublicRow, Refused, db, now
from models.events import record
from models.needs import Need
from models.needs.row import OPEN
from models.permissions import Permission, Role
from models.projects import Project, TeamMember
from models.service_log import ServiceLog
from models.states import NeedState, ServiceLogState
from models.talk import Comment, Mention
from models.tellings import tell

if TYPE_CHECKING:
    from models.accounts import Actor

SHORTEST_REASON = 4
COMMITTEE = (Role.CLERK, Role.HEAD)
SERVING = (Role.SOCIAL_WORKER, Role.SUPERVISOR, Role.ORG_MANAGER)
UNFINISHED = (ServiceLogState.DRAFT, ServiceLogState.RETURNED)


@dataclass(frozen=True)
class Seats:
    """Where somebody works: the communities of a committee, and the organizations."""

    communities: frozenset[int]
    organizations: frozenset[int]

    def __and__(self, other: Seats) -> Seats:
        """Return the seats that both have."""
        return Seats(self.communities & other.communities, self.organizations & other.organizations)

    def __bool__(self) -> bool:
        """Tell whether there is any."""
        return bool(self.communities or self.organizations)


@dataclass(frozen=True)
class Items:
    """What somebody holds open: needs to answer, of them promises told, unfinished records, teams, and calls."""

    needs: tuple[Need, ...]
    logs: tuple[ServiceLog, ...]
    teams: tuple[tuple[TeamMember, Project], ...]
    mentions: tuple[Mention, ...]

    @property
    def promises(self) -> int:
        """Return how many of the needs wait for a date that was told."""
        return sum(one.state == NeedState.PLANNED for one in self.needs)

    @property
    def count(self) -> int:
        """Return how many things there are in all."""
        return len(self.needs) + len(self.logs) + len(self.teams) + len(self.mentions)


class HandOver(PublicRow):
    """One handing over; the diary names every thing that changed hands."""

    __tablename__ = "hand_overs"
    __table_args__ = (CheckConstraint("giver_id <> taker_id", name="to_another"),)
    giver_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("accounts.id"), index=True)
    taker_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("accounts.id"), index=True)
    by_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    needs: Mapped[int] = mapped_column(Integer)
    logs: Mapped[int] = mapped_column(Integer)
    teams: Mapped[int] = mapped_column(Integer)
    mentions: Mapped[int] = mapped_column(Integer)

    @classmethod
    def carry_out(cls, giver: Account, taker: Account, reason: str, *, by: Actor) -> HandOver:
        """Hand everything open over to a colleague of the same committee or organization.

        A record that was begun keeps the name of who began it. Whoever answers for colleagues does it for them;
        everybody does it for themselves. What a desk shares (the to-notify list, names to match, packages) stays there.
        Errors: Refused("hand_over_to_oneself", "not_your_colleague", "hand_over_reason_needed", "nothing_to_hand_over").
        """
        if giver.id == taker.id:
            raise Refused("hand_over_to_oneself")
        if len(reason.strip()) < SHORTEST_REASON:
            raise Refused("hand_over_reason_needed", least=SHORTEST_REASON)
        shared = seats_of(giver.id) & seats_of(taker.id)
        if giver.id != by.account_id:
            shared = shared & _led_by(by)
        if not shared:
            raise Refused("not_your_colleague")
        items = items_of(giver.id, shared)
        if not items.count:
            raise Refused("nothing_to_hand_over")
        one = cls(
            giver_id=giver.id, taker_id=taker.id, by_id=by.account_id, needs=len(items.needs), logs=len(items.logs),
            teams=len(items.teams), mentions=len(items.mentions),
        ).save()  # fmt: skip
        _move(items, giver, taker)
        community_id = min(shared.communities, default=None)
        projects = [project for _, project in items.teams]
        record(
            "hand_over.carry_out", by=by, about=[one, giver, taker, *items.needs, *items.logs, *projects],
            community_id=community_id,
            details={
                "reason": revisions.keep(one, "reason", reason.strip(), by=by), "needs": one.needs, "logs": one.logs,
                "teams": one.teams, "mentions": one.mentions,
            },
        )  # fmt: skip
        told: dict[str, Any] = {"giver": giver.name, "taker": taker.name, "n": items.count}
        tell(one, "handed_over", accounts={giver.id, taker.id}, community_id=community_id, followers=False, **told)
        return one


def _move(items: Items, giver: Account, taker: Account) -> None:
    for need in items.needs:
        need.first_handler_id = taker.id
    for log in items.logs:
        log.begun_by_id, log.author_id = log.begun_by_id or giver.id, taker.id
    parts = {(one.project_id, one.part): one for one in db.session.scalars(
        select(TeamMember).where(TeamMember.account_id == taker.id)
    )}  # fmt: skip
    for member, project in items.teams:
        member.until = now()
        if (known := parts.get((project.id, member.part))) is not None:
            known.until = None
        else:
            db.session.add(TeamMember(project_id=project.id, account_id=taker.id, part=member.part))
    numbers = [one.comment_id for one in items.mentions]
    query = select(Mention.comment_id).where(Mention.account_id == taker.id, Mention.comment_id.in_(numbers))
    known_calls = set(db.session.scalars(query))
    for mention in items.mentions:
        if mention.comment_id in known_calls:
            mention.seen_at = now()
        else:
            mention.account_id = taker.id
    db.session.flush()


def seats_of(account_id: int) -> Seats:
    """Return where an account works."""
    query = select(Grant.role, Grant.place_id, Grant.organization_id).where(
        Grant.account_id == account_id, or_(Grant.ended_at.is_(None), Grant.ended_at > now())
    )
    rows = list(db.session.execute(query))
    return Seats(
        frozenset(place for role, place, _ in rows if role in COMMITTEE and place),
        frozenset(organization for role, _, organization in rows if role in SERVING and organization),
    )


def _led_by(actor: Actor) -> Seats:
    """Return where somebody answers for colleagues: heads in their community, managers in their organization."""
    reach = actor.reach(Permission.END_GRANTS)
    return Seats(reach.community_ids, reach.organization_ids)


def items_of(account_id: int, seats: Seats) -> Items:
    """Return what an account holds open within some seats."""
    needs = select(Need).where(
        Need.first_handler_id == account_id, Need.state.in_(OPEN), Need.hidden.is_(False),
        Need.community_id.in_(seats.communities),
    )  # fmt: skip
    ours = or_(
        ServiceLog.organization_id.in_(seats.organizations),
        and_(ServiceLog.organization_id.is_(None), ServiceLog.community_id.in_(seats.communities)),
    )
    logs = select(ServiceLog).where(ServiceLog.author_id == account_id, ServiceLog.state.in_(UNFINISHED), ours)
    teams = (
        select(TeamMember, Project)
        .join(Project, Project.id == TeamMember.project_id)
        .where(
            TeamMember.account_id == account_id, TeamMember.until.is_(None),
            Project.organization_id.in_(seats.organizations),
        )
    )  # fmt: skip
    calls = (
        select(Mention)
        .join(Comment, Comment.id == Mention.comment_id)
        .where(Mention.account_id == account_id, Mention.seen_at.is_(None))
    )
    return Items(
        tuple(db.session.scalars(needs.order_by(Need.id))), tuple(db.session.scalars(logs.order_by(ServiceLog.id))),
        tuple((member, project) for member, project in db.session.execute(teams.order_by(TeamMember.id))),
        tuple(db.session.scalars(calls.order_by(Mention.id))),
    )  # fmt: skip


def givers(actor: Actor) -> Select[Any]:
    """Return those whose open work somebody may hand over: oneself, and the colleagues one answers for."""
    led = _led_by(actor)
    seats: list[ColumnElement[bool]] = [false()]
    if led.communities:
        seats.append(and_(Grant.role.in_(COMMITTEE), Grant.place_id.in_(led.communities)))
    if led.organizations:
        seats.append(and_(Grant.role.in_(SERVING), Grant.organization_id.in_(led.organizations)))
    standing = or_(Grant.ended_at.is_(None), Grant.ended_at > now())
    held = select(Grant.account_id).where(or_(*seats), standing)
    return select(Account).where(or_(Account.id == actor.account_id, Account.id.in_(held)))


@dataclass(frozen=True)
class Open:
    """What one colleague holds open, as the page shows it, and who could take it."""

    public_id: str
    name: str
    own: bool
    needs: tuple[tuple[str, str], ...]
    promises: int
    logs: tuple[str, ...]
    teams: tuple[str, ...]
    mentions: int
    takers: tuple[tuple[str, str], ...]

    @property
    def count(self) -> int:
        """Return how many things there are in all."""
        return len(self.needs) + len(self.logs) + len(self.teams) + self.mentions


def open_work(giver: Account, actor: Actor) -> Open:
    """Return what would change hands, and the colleagues who could take it."""
    seats = seats_of(giver.id)
    if giver.id != actor.account_id:
        seats = seats & _led_by(actor)
    items = items_of(giver.id, seats)
    return Open(
        giver.public_id, giver.name, giver.id == actor.account_id,
        tuple((one.ticket_no, one.public_title or one.title or one.text[:30]) for one in items.needs), items.promises,
        tuple(one.title for one in items.logs), tuple(project.title for _, project in items.teams),
        len(items.mentions), tuple(_takers(giver.id, seats)),
    )  # fmt: skip


def _takers(giver_id: int, seats: Seats) -> list[tuple[str, str]]:
    near = or_(
        and_(Grant.role.in_(COMMITTEE), Grant.place_id.in_(seats.communities)),
        and_(Grant.role.in_(SERVING), Grant.organization_id.in_(seats.organizations)),
    )
    query = (
        select(Account.public_id, Account.name)
        .where(
            Account.id != giver_id, Account.state == AccountState.CONFIRMED,
            Account.id.in_(
                select(Grant.account_id).where(near, or_(Grant.ended_at.is_(None), Grant.ended_at > now()))
            ),
        )
        .order_by(Account.name, Account.id)
    )  # fmt: skip
    return [(public_id, name) for public_id, name in db.session.execute(query)]


def colleagues(actor: Actor) -> list[tuple[str, str]]:
    """Return those whose work somebody may hand over, oneself first."""
    query = givers(actor).order_by(Account.id != actor.account_id, Account.name, Account.id)
    return [(one.public_id, one.name) for one in db.session.scalars(query)]


def giver_of(public_id: str, actor: Actor) -> Account:
    """Return a colleague whose work somebody may hand over, oneself where nobody is named, or raise NotFound."""
    if not public_id:
        return Account.get(actor.account_id or 0)
    return Account.find(public_id, givers(actor))


def taker_of(public_id: str, giver: Account) -> Account:
    """Return a colleague of the giver, or raise NotFound."""
    if public_id not in {one for one, _ in _takers(giver.id, seats_of(giver.id))}:
        raise NotFound("Account")
    return Account.find(public_id)
