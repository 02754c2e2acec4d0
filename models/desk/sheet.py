"""The working sheet of one need: its words, its people, its clocks with their arithmetic, and what may be done now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from models import attachments, awaited_photos, deadlines, revisions, states
from models.base import db
from models.desk.contact import Author, account_name, author_of
from models.desk.lists import Line, _line, names_of
from models.desk.priorities import weigh
from models.directory import ResponsibleUnit, UnitLine, units_for
from models.events import IMPORT, JOB, digest, timeline
from models.needs import UNIT_TILES, Channel, Kind, Need, Source, Tile, audience, clocks, suggestions
from models.needs.answering import EVIDENCE
from models.needs.escalating import WAITING
from models.needs.own import acted_as
from models.people import MandateKind, Person
from models.permissions import Permission
from models.places import Place
from models.states import NeedState

if TYPE_CHECKING:
    from models.accounts import Actor

# The verbs of the table that the committee does with a button; the page asks for each of them.
COMMITTEE = (
    "accept", "ask_info", "inform", "reject", "redirect", "answer", "extend", "promise", "resolve", "merge",
    "split_out", "withdraw_on_request", "confirm", "reopen",
)  # fmt: skip
ALIKE = 12


@dataclass(frozen=True)
class Entry:
    """One line of the sheet's timeline, with the words that belong to it."""

    at: datetime
    verb: str
    who: str
    role: str
    words: str
    nobody: bool = False  # the clock or a file did it, neither the author nor a clerk


@dataclass(frozen=True)
class Other:
    """Another need, as a choice or a link."""

    public_id: str
    ticket_no: str
    title: str


@dataclass(frozen=True)
class Sheet:
    """Everything that the working page of a need shows."""

    line: Line
    version: int
    text: str
    title: str | None
    community: str
    place_detail: str | None
    source: Source
    proactive: bool
    for_whom: str | None
    acted_as: MandateKind | None
    hide_name: bool
    author: Author
    handler: str | None
    entered_by: str | None
    question: str | None
    answer_text: str | None
    next_step: str | None
    next_step_at: datetime | None
    promise_changes: int
    extended_until: datetime | None
    reason: str | None
    reason_code: str | None
    channel: Channel | None
    handover_no: str | None
    delay_reason: str | None
    public_title: str | None
    offered_title: str
    private: bool
    photos: tuple[str, ...]
    photos_coming: int
    evidence: tuple[str, ...]
    clocks: tuple[deadlines.Clock, ...]
    pause_days_left: int
    days_tried: int
    reopened: int
    waits_for_head: bool
    may: frozenset[str]
    may_reveal: bool
    unit_first: bool
    units: tuple[UnitLine, ...]
    unit: str | None
    merged_into: Other | None
    taken_in: tuple[Other, ...]
    timeline: tuple[Entry, ...]


def _other(need: Need) -> Other:
    return Other(need.public_id, need.ticket_no, need.public_title or suggestions.title_of(need.title, need.text))


def sheet(need: Need, actor: Actor) -> Sheet:
    """Return all about a need for whoever works on it."""
    # The session forgets a row that nobody holds; this one is asked for three times.
    place = Place.get(need.community_id)
    names = _names(need)
    author = db.session.get(Person, need.author_person_id) if need.author_person_id else None
    reading = clocks.read_one(need)
    where = names[need.courtyard_id or need.grid_id or need.community_id]
    line = _line(need, weigh([need])[need.id], reading.running, where)
    target = db.session.get(Need, need.merged_into_id) if need.merged_into_id else None
    unit = db.session.get(ResponsibleUnit, need.unit_id) if need.unit_id else None
    photos, evidence = attachments.of_each([need, (EVIDENCE, need.id)])
    return Sheet(
        line=line,
        version=need.version,
        text=need.text,
        title=need.title,
        community=place.name,
        place_detail=need.place_detail,
        source=Source(need.source),
        proactive=need.proactive,
        for_whom=need.for_whom,
        acted_as=acted_as(need),
        hide_name=need.hide_name,
        author=author_of(need, author),
        handler=account_name(need.first_handler_id),
        entered_by=account_name(need.entered_by_id),
        question=need.question,
        answer_text=need.answer_text,
        next_step=need.next_step,
        next_step_at=need.next_step_at,
        promise_changes=need.promise_changes,
        extended_until=need.extended_until,
        reason=need.reason,
        reason_code=need.reason_code,
        channel=Channel(need.channel) if need.channel else None,
        handover_no=need.handover_no,
        delay_reason=need.delay_reason,
        public_title=need.public_title,
        offered_title=need.public_title or suggestions.title_of(need.title, need.text),
        private=need.private,
        photos=tuple(photo.public_id for photo in photos if photo.display),
        photos_coming=awaited_photos.count(need),
        evidence=tuple(photo.public_id for photo in evidence if photo.display),
        clocks=_clocks(need, reading),
        pause_days_left=deadlines.counted_pauses(reading.pauses, reading.desk.now, reading.desk.calendar)[1],
        days_tried=need._days_tried() if need.question else 0,
        reopened=need.reopened,
        waits_for_head=need.objected_at is not None and need.heard_at is None,
        may=_may(need, actor, reading),
        may_reveal=within(need, actor, Permission.REVEAL_CONTACT),
        unit_first=need.tile in UNIT_TILES,
        units=tuple(units_for(need.community_id, Tile(need.tile) if need.tile else None)),
        unit=unit.name if unit else None,
        merged_into=_other(target) if target else None,
        taken_in=tuple(_other(other) for other in audience.taken_in(need)),
        timeline=_timeline(need),
    )


def within(need: Need, actor: Actor, permission: Permission) -> bool:
    """Tell whether a need lies within the reach of a permission."""
    reach = actor.reach(permission)
    here = need.grid_id in reach.grid_ids or reach.covers(Place.get(need.community_id))
    return actor.may(permission) and here and not need.hidden


def _names(need: Need) -> dict[int, str]:
    return names_of({one for one in (need.community_id, need.courtyard_id, need.grid_id) if one is not None})


def _clocks(need: Need, reading: clocks.Reading) -> tuple[deadlines.Clock, ...]:
    read = [reading.acceptance]
    if need.accepted_at is not None:
        read.append(reading.answer)
    return (*read, reading.promise) if reading.promise is not None else tuple(read)


def _may(need: Need, actor: Actor, reading: clocks.Reading) -> frozenset[str]:
    """Return the names of what this reader may do with the need now; the page shows a button for each."""
    if not within(need, actor, Permission.TRIAGE):
        return frozenset()
    may = {verb for verb in COMMITTEE if states.may(states.Kind.NEED, need.state, verb)} | {"publish_title"}
    if need.kind == Kind.PETITION:
        may -= {"answer", "reject", "merge"}
    head = audience.heads(actor, need)
    if need.objected_at is not None and need.heard_at is None and need.state == NeedState.REOPENED:
        may -= set() if head else {"answer", "redirect", "merge"}
        may |= {"hear"} if head else set()
    if need.state == NeedState.REDIRECTED and need.channel == Channel.PETITION.value:
        may.add("hand_over")
    if need.state in (NeedState.NEED_INFO, NeedState.RESOLVED):
        may.add("note_call")
    if need.extended_at is not None or not may & {"extend"} or need.accepted_at is None:
        may.discard("extend")
    if reading.running is not None and reading.running.missed:
        may.add("explain_delay")
    return frozenset(may)


def _timeline(need: Need) -> tuple[Entry, ...]:
    """Return what happened, oldest first; each event carries the digest of the words that belong to it."""
    kept = {digest((salt or "") + text): text for salt, text in revisions.texts(need)}
    entries = []
    for line in timeline([need]):
        words = [kept[value] for value in line.details.values() if isinstance(value, str) and value in kept]
        own = line.account_id is not None and line.account_id == need.author_account_id
        who, nobody = "" if own else line.account_name or "", line.actor in (JOB.label, IMPORT.label)
        entries.append(Entry(line.at, line.verb, who, line.actor, " ".join(words), nobody))
    return tuple(entries)


def mergeable(need: Need) -> list[Other]:
    """Return open needs of the community that this one may join: the same place or field first, newest first."""
    query = (
        select(Need)
        .where(Need.community_id == need.community_id, Need.id != need.id, Need.state.in_(WAITING))
        .where(Need.hidden.is_(False))
    )
    near = or_(Need.courtyard_id == need.courtyard_id, Need.field == need.field, Need.tile == need.tile)
    return [_other(other) for other in db.session.scalars(query.order_by(near.desc(), Need.id.desc()).limit(ALIKE))]
