"""A need as its author reads it: where it is on its thread, what was answered, and what the author may do now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, and_, or_, select

from models import attachments, awaited_photos, events, states, tellings
from models.base import db, now
from models.deadlines import Escalation
from models.events import Line
from models.needs.answering import EVIDENCE
from models.needs.row import OPEN, Need
from models.people import MandateKind, Person, kind_of
from models.permissions import Permission
from models.places import Place
from models.states import NeedState

if TYPE_CHECKING:
    from models.accounts import Actor

REOPEN_WITHIN = timedelta(days=30)
SPLIT_WITHIN = timedelta(days=7)


@dataclass(frozen=True)
class Step:
    """One knot of a need's thread; the page puts words to its key."""

    key: str
    state: str  # done, now, next or stopped
    at: datetime | None = None
    detail: str = ""


@dataclass(frozen=True)
class NeedLine:
    """A need in one's own list."""

    public_id: str
    ticket_no: str
    title: str
    state: NeedState
    raised_at: datetime
    next_step: str | None
    next_step_at: datetime | None
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class NeedPage:
    """Everything that the author's page shows."""

    line: NeedLine
    need_id: int
    version: int
    text: str
    public_title: str | None
    tile: str | None
    acted_as: MandateKind | None
    acted_for: str
    place: str
    community_name: str
    community_phone: str
    due: datetime | None
    due_kind: str
    late: Escalation | None
    question: str | None
    answer_text: str | None
    answer_kind: str | None
    evidence: tuple[str, ...]
    reason: str | None
    reason_code: str | None
    channel: str | None
    handover_no: str | None
    merged_into: tuple[str, str | None] | None
    photos: tuple[str, ...]
    photos_coming: int
    timeline: tuple[Line, ...]
    households: int
    followed: bool
    emergency: bool
    may: frozenset[str]


def _path(need: Need) -> tuple[str, ...]:
    """Return the knots that a need in its present state passes through."""
    state = NeedState(need.state)
    if state in (NeedState.REJECTED, NeedState.REDIRECTED, NeedState.WITHDRAWN, NeedState.MERGED):
        return ("SUBMITTED", state.value)
    if need.answer_text and need.served_at is None and state not in (NeedState.PLANNED, NeedState.IN_SERVICE):
        return ("SUBMITTED", "ACCEPTED", "ANSWERED", "CONFIRMED")
    return ("SUBMITTED", "ACCEPTED", "PLANNED", "IN_SERVICE", "CONFIRMED")


_REACHED = {
    NeedState.SUBMITTED: 0,
    NeedState.NEED_INFO: 0,
    NeedState.ACCEPTED: 1,
    NeedState.REOPENED: 1,
    NeedState.PLANNED: 2,
    NeedState.IN_SERVICE: 3,
}


def steps_of(need: Need) -> tuple[Step, ...]:
    """Return the thread of a need: what is done, where it is now, what is still to come."""
    state, path = NeedState(need.state), _path(need)
    times = {"SUBMITTED": need.raised_at, "ACCEPTED": need.accepted_at, "ANSWERED": need.answered_at,
             "PLANNED": need.answered_at, "IN_SERVICE": need.served_at, "CONFIRMED": need.closed_at}  # fmt: skip
    over = state in (NeedState.CONFIRMED, NeedState.AUTO_CLOSED)
    stopped = len(path) == 2
    here = len(path) - 1 if over or stopped or state == NeedState.RESOLVED else _REACHED[state]
    found = []
    for place, key in enumerate(path):
        mark = "done" if place < here or over else "now" if place == here else "next"
        mark = "stopped" if stopped and place == here else mark
        found.append(Step(key, mark, times.get(key) if place <= here else None))
    return tuple(found)


def line_of(need: Need) -> NeedLine:
    """Return a need as a line."""
    title = need.public_title or need.title or (need.text if len(need.text) <= 40 else need.text[:39] + "…")
    return NeedLine(
        need.public_id,
        need.ticket_no,
        title.replace("\n", " "),
        NeedState(need.state),
        need.raised_at,
        need.next_step,
        need.next_step_at,
        steps_of(need),
    )


def my_needs(actor: Actor, limit: int = 20, before: int | None = None) -> tuple[list[NeedLine], int | None]:
    """Return one's own needs, newest first, and the number to continue from."""
    query = Need.visible_to(actor, Permission.OWN).order_by(Need.id.desc()).limit(limit + 1)
    if before is not None:
        query = query.where(Need.id < before)
    needs = list(db.session.scalars(query))
    more = needs[limit - 1].id if len(needs) > limit else None
    return [line_of(need) for need in needs[:limit]], more


def own_need(public_id: str, actor: Actor, opened: frozenset[str] = frozenset()) -> Need:
    """Return one's own need, or one that this browser opened with its receipt. Errors: NotFound."""
    if public_id in opened:
        return Need.find(public_id, select(Need).where(Need.hidden.is_(False)))
    return Need.find(public_id, Need.visible_to(actor, Permission.OWN))


def pictures(actor: Actor, owner: str, opened: frozenset[str] = frozenset()) -> Select[Any]:
    """Return the pictures that a reader may see, with those of needs and answers, one's own and those within reach.

    Who may read a need sees its pictures, a grid worker those of the own grid. An answer to a need counts for all
    that were merged into it.
    """
    mine = select(Need.id).where(or_(Need.own(actor), Need.public_id.in_(opened)), Need.hidden.is_(False))
    joined = select(Need.merged_into_id).where(Need.id.in_(mine), Need.merged_into_id.is_not(None))
    photo = attachments.Attachment
    asked = and_(photo.kind == Need.__tablename__, photo.subject_id.in_(mine))
    answered = and_(photo.kind == EVIDENCE, or_(photo.subject_id.in_(mine), photo.subject_id.in_(joined)))
    read = Need.visible_to(actor, Permission.READ_NEEDS).with_only_columns(Need.id)
    within = and_(photo.kind.in_([Need.__tablename__, EVIDENCE]), photo.subject_id.in_(read))
    return attachments.readable(actor, owner, [asked, answered, within])


def by_receipt(ticket_no: str, last_four: str) -> Need | None:
    """Return the need of a receipt number whose author's phone ends in the four digits."""
    query = select(Need, Person).join(Person, Person.id == Need.author_person_id)
    row = db.session.execute(query.where(Need.ticket_no == ticket_no.strip().upper(), Need.hidden.is_(False))).first()
    if row is None or row.Person.phone is None or row.Person.phone[-4:] != last_four:
        return None
    return row.Need  # type: ignore[no-any-return]


def _may(need: Need, speaks: Need) -> frozenset[str]:
    """Return which of the author's verbs the table and the calendar allow now; a merged need follows its target."""
    state, at = NeedState(need.state), now()
    allowed = {
        verb
        for verb in ("edit", "inform", "confirm", "reopen", "object", "withdraw", "split_out")
        if states.may(states.Kind.NEED, speaks.state if verb in ("confirm", "reopen") else state, verb)
    }
    if speaks.resolved_at is None or at - speaks.resolved_at > REOPEN_WITHIN:
        allowed.discard("reopen")
    if need.objected_at is not None or need.closed_at is None or at - need.closed_at > REOPEN_WITHIN:
        allowed.discard("object")
    if need.merged_at is None or at - need.merged_at > SPLIT_WITHIN:
        allowed.discard("split_out")
    if state in (NeedState.ACCEPTED, NeedState.PLANNED, NeedState.IN_SERVICE) and "withdraw" not in allowed:
        allowed.add("ask_to_withdraw")
    return frozenset(allowed)


def _due(need: Need) -> tuple[datetime | None, str]:
    if need.state in (NeedState.SUBMITTED,):
        return need.acceptance_due_at, "ACCEPTANCE"
    if need.state in (NeedState.ACCEPTED, NeedState.REOPENED):
        return need.answer_due_at, "ANSWER"
    return need.next_step_at, "PROMISE"


def late_by(need: Need) -> Escalation | None:
    """Return up to whom a need has come that nobody has looked at or answered in time; None where it is not late.

    NONE and CLERK say that it is late and nobody above knows yet: the job that tells them has not come round.
    Source: domain/formulas.md D10.
    """
    due, kind = _due(need)
    if kind == "PROMISE" or due is None or due > now():
        return None
    return Escalation(need.escalated or Escalation.NONE)


def acted_as(need: Need) -> MandateKind | None:
    """Return how whoever entered the need acts for the person whose it is; None where nobody acts for anybody."""
    return kind_of(need.entered_by_id, need.for_person_id) if need.for_person_id is not None else None


def _shown(row: Any) -> tuple[str, ...]:
    return tuple(photo.public_id for photo in attachments.of(row) if photo.display)


def need_page(need: Need, actor: Actor, households: int) -> NeedPage:
    """Return the author's page of a need."""
    community = Place.get(need.community_id)
    courtyard = Place.get(need.courtyard_id).name if need.courtyard_id else ""
    due, kind = _due(need)
    target = db.session.get(Need, need.merged_into_id) if need.merged_into_id else None
    speaks = target or need
    return NeedPage(
        line=line_of(need),
        need_id=need.id,
        version=need.version,
        text=need.text,
        public_title=need.public_title,
        tile=need.tile,
        acted_as=acted_as(need),
        acted_for=Person.get(need.for_person_id).name if need.for_person_id else "",
        place=" ".join(part for part in (courtyard, need.place_detail) if part),
        community_name=community.name,
        community_phone=community.phone or "",
        due=due if need.state in OPEN else None,
        due_kind=kind,
        late=late_by(need),
        question=need.question if need.state == NeedState.NEED_INFO else None,
        answer_text=speaks.answer_text,
        answer_kind=speaks.answer_kind,
        evidence=_shown((EVIDENCE, speaks.id)),
        reason=need.reason,
        reason_code=need.reason_code,
        channel=need.channel,
        handover_no=need.handover_no,
        merged_into=(target.public_id, target.public_title) if target else None,
        photos=_shown(need),
        photos_coming=awaited_photos.count(need),
        timeline=tuple(events.timeline([need])),
        households=households,
        followed=tellings.follows(need, actor.account_id),
        emergency=need.suggested_urgency == "EMERGENCY",
        may=_may(need, speaks),
    )
