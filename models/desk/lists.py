"""The heaps on the desk: what is to be accepted, what is due, and what waits for a resident, a receipt or the head."""

from __future__ import annotations

import functools
from collections import namedtuple
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Select, and_, bindparam, exists, func, or_, select

from models import deadlines
from models.asking import in_these
from models.base import OPAQUE, NotFound, UtcTime, ask, db, now
from models.deadlines import Color, Escalation
from models.desk.priorities import Weighed, weigh
from models.needs import Channel, Field, Kind, Need, Tile, Urgency, clocks, search, suggestions
from models.needs.escalating import WAITING
from models.people import PersonTag, Tag
from models.permissions import Permission
from models.places import Place, Reach
from models.states import NeedState
from models.tellings import Telling, TellingState

if TYPE_CHECKING:
    from models.accounts import Actor

ROWS = 25
FIRST = 6
# What came to rest leaves the desk after so many days; nothing is deleted.
SHOWN_DAYS = 30
# What a line, its clock and its weight are made of; the other half of a need's columns is for its own page.
LISTED: list[Any] = [
    Need.id, Need.public_id, Need.ticket_no, Need.title, Need.text, Need.public_title, Need.state, Need.state_before,
    Need.state_at, Need.tile, Need.field, Need.kind, Need.urgency, Need.suggested_urgency, Need.community_id,
    Need.courtyard_id, Need.grid_id, Need.author_person_id, Need.for_person_id, Need.raised_at, Need.created_at,
    Need.accepted_at, Need.answer_from, Need.answered_at, Need.extended_until, Need.extended_at, Need.next_step_at,
    Need.promised_at, Need.served_at, Need.resolved_at, Need.closed_at, Need.channel, Need.handover_no, Need.import_id,
]  # fmt: skip
# A named tuple gives its values in a fraction of the time that a row of the database takes, and each is read often.
Listed: Any = namedtuple("Listed", tuple(column.key for column in LISTED))  # type: ignore[misc]  # Named just above.
FIRST_TAGS = (Tag.LONELY_ELDER, Tag.DISABLED, Tag.HARDSHIP)


class Tab(StrEnum):
    """The heaps on the desk."""

    NEW = "new"
    DUE = "due"
    WORKING = "working"
    ASKED = "asked"
    PETITIONS = "petitions"
    OBJECTIONS = "objections"
    ALL = "all"


# The heaps of open needs; petitions lie there when they have come to rest.
RARE = (Tab.PETITIONS, Tab.OBJECTIONS)
IN_LINE = frozenset({Tab.NEW, Tab.DUE, Tab.WORKING, Tab.ASKED, Tab.OBJECTIONS})


@dataclass(frozen=True)
class Filters:
    """What the reader narrows the list to; None and "" leave it open."""

    tile: Tile | None = None
    field: Field | None = None
    kind: Kind | None = None
    color: Color | None = None
    place: str = ""
    words: str = ""
    older: bool = False


class Line(NamedTuple):
    """A need on a list of the desk."""

    public_id: str
    ticket_no: str
    title: str
    state: NeedState
    tile: Tile | None
    field: Field
    field_is_suggested: bool
    kind: Kind
    urgency: Urgency
    place: str | None
    raised_at: datetime
    clock: deadlines.Clock | None
    weighed: Weighed
    acceptable: bool
    receipt_waits: bool


@dataclass(frozen=True)
class Page:
    """One page of a list, and the id after which the next one begins."""

    lines: list[Line]
    after: str | None


@dataclass(frozen=True)
class Counts:
    """How many lie on each heap, and how many people are still to be phoned."""

    by_tab: dict[Tab, int]
    to_phone: int


def _petitions() -> ColumnElement[bool]:
    return and_(Need.state == NeedState.REDIRECTED, Need.channel == Channel.PETITION.value, Need.handover_no.is_(None))


def _objections() -> ColumnElement[bool]:
    return and_(Need.state == NeedState.REOPENED, Need.objected_at.is_not(None), Need.heard_at.is_(None))


@functools.cache
def _heap(tab: Tab) -> ColumnElement[bool]:
    heaps: dict[Tab, ColumnElement[bool]] = {
        Tab.NEW: Need.state == NeedState.SUBMITTED,
        Tab.DUE: and_(in_these(Need.state, WAITING), Need.escalated.is_not(None)),
        Tab.WORKING: in_these(Need.state, [*clocks.ANSWERING, *clocks.PROMISED]),
        Tab.ASKED: Need.state == NeedState.NEED_INFO,
        Tab.PETITIONS: _petitions(),
        Tab.OBJECTIONS: _objections(),
    }
    return heaps.get(tab, Need.id.is_not(None))


def _narrowed(query: Select[Any], filters: Filters) -> Select[Any]:
    colors = {
        Color.YELLOW: Need.escalated == Escalation.CLERK,
        Color.RED: Need.escalated.in_([Escalation.HEAD, Escalation.STREET, Escalation.PUBLIC]),
        Color.GREEN: Need.escalated.is_(None),
    }
    if filters.tile:
        query = query.where(Need.tile == filters.tile)
    if filters.field:
        query = query.where(Need.field == filters.field)
    if filters.kind:
        query = query.where(Need.kind == filters.kind)
    if filters.color:
        query = query.where(colors[filters.color])
    if filters.words:
        query = query.where(search.matching(filters.words))
    if filters.place:
        place = select(Place.id).where(Place.public_id == filters.place).scalar_subquery()
        query = query.where(or_(Need.courtyard_id == place, Need.grid_id == place, Need.community_id == place))
    return query


def _reached(actor: Actor) -> Select[Any]:
    return Need.visible_to(actor, Permission.READ_NEEDS)


def selected(actor: Actor, tab: Tab, filters: Filters, permission: Permission) -> Select[Any]:
    """Return all needs of a heap that the filters leave and the permission reaches."""
    return _narrowed(Need.visible_to(actor, permission).where(_heap(tab)), filters)


def page(actor: Actor, tab: Tab, filters: Filters, *, after: str | None = None, size: int = ROWS) -> Page:
    """Return one page of a heap, what is due first at the top; closed ones of the last 30 days with Tab.ALL."""
    reached = _reached(actor)
    values: dict[str, Any] = {}
    if tab == Tab.ALL and not filters.older:
        values["recent"] = now() - timedelta(days=SHOWN_DAYS)
    if after:
        last = Need.find(after, reached)
        values |= {"number": last.id} if tab == Tab.ALL else {"number": last.id, "at": _place_in_line(last)}
    if wanted := search.wanted(filters.words):
        # Words that the index alone finds are given with the question, so that its query is built once.
        values["wanted"], filters = wanted, replace(filters, words="")
    # What somebody typed is not kept.
    build = _in_order.__wrapped__ if filters.words or filters.place else _in_order
    needs = _asked(build(reached, tab, filters, size + 1, begins=not after, by_index=bool(wanted)), **values)
    more = len(needs) > size
    return Page(_lines(needs[:size]), needs[size - 1].public_id if more else None)


def _asked(query: Select[Any], **values: Any) -> list[Any]:
    return list(map(Listed._make, ask(query, **values)))


@functools.lru_cache(maxsize=1000)
def _in_order(
    reached: Select[Any], tab: Tab, filters: Filters, size: int, *, begins: bool, by_index: bool = False
) -> Select[Any]:
    """Return the query of a page of a heap, built once: building it takes longer than asking it."""
    query = _narrowed(reached.where(_heap(tab)), filters).with_only_columns(*LISTED).limit(size)
    if by_index:
        query = query.where(search.found_by_index())
    number = bindparam("number", type_=BigInteger)
    if tab == Tab.ALL:
        # Newest first: this heap is for finding, not for working through.
        if not filters.older:
            query = query.where(or_(in_these(Need.state, WAITING), Need.state_at >= bindparam("recent", type_=UtcTime)))
        return (query if begins else query.where(Need.id < number)).order_by(Need.id.desc())
    due, at = clocks.due_column(), bindparam("at", type_=UtcTime)
    if not begins:
        query = query.where(or_(due > at, and_(due == at, Need.id > number)))
    if tab in IN_LINE:
        query = query.where(clocks.in_line())
    return query.order_by(due, Need.id)


def _place_in_line(need: Need) -> datetime:
    at = db.session.scalar(select(clocks.due_column()).where(Need.id == need.id))
    if at is None:
        raise NotFound("Need")
    return at


def first(actor: Actor) -> list[Line]:
    """Return 先办: hardship, living alone or disability with basic life or an emergency, not yet settled (D6)."""
    return _lines(_asked(_first(_reached(actor))))


@functools.lru_cache(maxsize=1000)
def _first(reached: Select[Any]) -> Select[Any]:
    person = func.coalesce(Need.for_person_id, Need.author_person_id)
    marked = exists().where(
        PersonTag.person_id == person,
        PersonTag.tag.in_(FIRST_TAGS),
        PersonTag.basis.is_not(None),
        PersonTag.ended_at.is_(None),
    )
    urgent = func.coalesce(Need.urgency, Need.suggested_urgency).in_([Urgency.EMERGENCY, Urgency.BASIC_LIFE])
    still = in_these(Need.state, [NeedState.SUBMITTED, *clocks.ANSWERING])
    query = reached.with_only_columns(*LISTED).where(still, clocks.in_line(), urgent, marked)
    return query.order_by(clocks.due_column(), Need.id).limit(FIRST)


def counts(actor: Actor) -> Counts:
    """Return how many lie on each heap and how many are to be phoned, with one query where anything is open."""
    rare = _rest(actor.reach(Permission.TRIAGE), _reached(actor))
    rows = ask(_by_state(_reached(actor), rare)).all()
    found = {state: (n, late) for state, n, late, *_ in rows}
    to_phone, petitions, objections = rows[0][3:] if rows else ask(rare).one()

    def of(*states: NeedState) -> int:
        return sum(found[state][0] for state in states if state in found)

    by_tab = {
        Tab.NEW: of(NeedState.SUBMITTED),
        Tab.DUE: sum(late for _, late in found.values()),
        Tab.WORKING: of(*clocks.ANSWERING, *clocks.PROMISED),
        Tab.ASKED: of(NeedState.NEED_INFO),
        Tab.PETITIONS: petitions,
        Tab.OBJECTIONS: objections,
    }
    return Counts(by_tab, to_phone)


@functools.lru_cache(maxsize=1000)
def _by_state(reached: Select[Any], rare: Select[Any]) -> Any:
    """Return the query that counts open needs, and those that are late, state by state from an index alone.

    What no state alone makes stands beside every state: it is counted once.
    """
    counted = reached.with_only_columns(Need.state, func.count(), func.count(Need.escalated), *rare.selected_columns)
    return counted.where(in_these(Need.state, WAITING)).group_by(Need.state)


@functools.lru_cache(maxsize=1000)
def _rest(triaged: Reach, reached: Select[Any]) -> Select[Any]:
    """Return the query that counts the people to be phoned, and the heaps that no state alone makes."""
    to_phone = Telling.state == TellingState.TO_PHONE, triaged.communities(Telling.community_id)
    calls = select(func.count()).select_from(Telling).where(*to_phone).scalar_subquery()
    rare = [reached.with_only_columns(func.count()).where(_heap(tab)).scalar_subquery() for tab in RARE]
    return select(calls, *rare)


def _lines(needs: Sequence[Need]) -> list[Line]:
    wheres = {need.id: need.courtyard_id or need.grid_id or need.community_id for need in needs}
    places = clocks.places_of({*wheres.values(), *(need.community_id for need in needs)})
    weighed, read = weigh(needs), clocks.read(needs, places)
    return [_line(need, weighed[need.id], read.get(need.id), places[wheres[need.id]].name) for need in needs]


def names_of(ids: set[int]) -> dict[int, str]:
    """Return the names of places."""
    return {one: place.name for one, place in clocks.places_of(ids).items()}


def _line(need: Need, weighed: Weighed, clock: deadlines.Clock | None, place: str) -> Line:
    tile = Tile(need.tile) if need.tile else None
    return Line(
        public_id=need.public_id,
        ticket_no=need.ticket_no,
        title=need.public_title or suggestions.title_of(need.title, need.text),
        state=NeedState(need.state),
        tile=tile,
        field=Field(need.field) if need.field else suggestions.field_of(need.text, tile),
        field_is_suggested=need.field is None,
        kind=Kind(need.kind) if need.kind else suggestions.kind_of(need.text),
        urgency=clocks.urgency_of(need),
        place=place,
        raised_at=need.raised_at,
        clock=clock,
        weighed=weighed,
        acceptable=need.state == NeedState.SUBMITTED,
        receipt_waits=need.channel == Channel.PETITION.value and need.handover_no is None,
    )


def chosen(actor: Actor, public_ids: Sequence[str]) -> list[Need]:
    """Return the needs of a choice, all within reach of whoever triages, or raise NotFound."""
    wanted = [one for one in dict.fromkeys(public_ids) if OPAQUE.fullmatch(one)]
    if len(wanted) != len(set(public_ids)):
        raise NotFound("Need")
    query = Need.visible_to(actor, Permission.TRIAGE).where(Need.public_id.in_(wanted)).order_by(Need.id)
    found = list(db.session.scalars(query))
    if len(found) != len(wanted):
        raise NotFound("Need")
    return found
