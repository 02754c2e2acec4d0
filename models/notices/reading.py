"""What hangs on the boards, and what those who write notices keep: found by place, kind and words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, or_, select

from models import attachments
from models.base import SHANGHAI, NotFound, db, today
from models.notices.row import WRITE_AT, Notice, NoticeKind, NoticeState
from models.permissions import Permission
from models.places import Place, PlaceKind

if TYPE_CHECKING:
    from models.accounts import Actor

PAGE = 20


@dataclass(frozen=True)
class Wanted:
    """What the reader looks for: a kind, the level of the place that speaks, and words of title or text."""

    kind: NoticeKind | None = None
    level: PlaceKind | None = None
    words: str = ""


@dataclass(frozen=True)
class NoticeLine:
    """A notice in a list; `hangs` tells whether the public reads it now."""

    id: int
    public_id: str
    title: str
    place: str
    state: NoticeState
    expires_on: date
    published_on: date | None
    hangs: bool
    kind: NoticeKind = NoticeKind.NOTICE


@dataclass(frozen=True)
class NoticePage:
    """One notice with its text, signed by the place."""

    line: NoticeLine
    text: str
    version: int
    phone: str | None
    place_public_id: str


def _hanging() -> Any:
    return (Notice.state == NoticeState.PUBLISHED) & (Notice.expires_on >= today())


def _line(one: Notice, place: str) -> NoticeLine:
    hangs = one.state == NoticeState.PUBLISHED and one.expires_on >= today()
    day = one.published_at.astimezone(SHANGHAI).date() if one.published_at else None
    return NoticeLine(one.id, one.public_id, one.title, place, NoticeState(one.state), one.expires_on, day, hangs,
                      NoticeKind(one.kind))  # fmt: skip


def _lines(condition: Any, before: int | None, limit: int) -> tuple[list[NoticeLine], int | None]:
    query = select(Notice, Place.name).join(Place, Place.id == Notice.place_id).where(condition)
    if before is not None:
        query = query.where(Notice.id < before)
    found = db.session.execute(query.order_by(Notice.id.desc()).limit(limit + 1)).all()
    return [_line(one, place) for one, place in found[:limit]], found[limit - 1][0].id if len(found) > limit else None


def _as_wanted(wanted: Wanted) -> Any:
    conditions: list[Any] = [Notice.id.is_not(None)]
    if wanted.kind:
        conditions.append(Notice.kind == wanted.kind)
    if wanted.level:
        conditions.append(Place.kind == wanted.level)
    if wanted.words:
        conditions.append(
            or_(
                Notice.title.contains(wanted.words, autoescape=True),
                Notice.text.contains(wanted.words, autoescape=True),
            )
        )
    return and_(*conditions)


def public_notices(
    community_id: int | None = None, *, wanted: Wanted = Wanted(), before: int | None = None, limit: int = PAGE
) -> tuple[list[NoticeLine], int | None]:
    """Return what hangs now, newest first: of a community with its street and district, or of all."""
    condition = _hanging() & _as_wanted(wanted)
    if community_id is not None:
        home = select(Place.id, Place.street_id, Place.district_id).where(Place.id == community_id).subquery()
        above = or_(*(Notice.place_id == select(column).scalar_subquery() for column in home.c))
        condition = condition & above
    return _lines(condition, before, limit)


def hanging(public_id: str) -> Notice:
    """Return a notice that hangs. Errors: NotFound."""
    return Notice.find(public_id, select(Notice).where(_hanging()))


def public_notice(public_id: str) -> NoticePage:
    """Return the page of a notice that hangs. Errors: NotFound."""
    return page_of(hanging(public_id))


def paper_of(public_id: str, paper_id: str, actor: Actor) -> attachments.Attachment:
    """Return a paper of a notice that hangs, or of one that the reader writes. Errors: NotFound."""
    mine = Notice.place_id.in_(select(Place.id).where(actor.reach(Permission.WRITE_NOTICE).places()))
    one = Notice.find(public_id, select(Notice).where(or_(_hanging(), mine)))
    found = next((paper for paper in attachments.of(one) if paper.public_id == paper_id), None)
    if found is None:
        raise NotFound(paper_id)
    return found


def page_of(one: Notice) -> NoticePage:
    """Return a notice in any state, for those who write notices."""
    return _page(one, Place.get(one.place_id))


def _page(one: Notice, place: Place) -> NoticePage:
    return NoticePage(_line(one, place.name), one.text, one.version, place.phone, place.public_id)


def notices_for(actor: Actor, *, before: int | None = None, limit: int = PAGE) -> tuple[list[NoticeLine], int | None]:
    """Return the notices of the places for which somebody writes, drafts first to be seen by their date."""
    ours = select(Place.id).where(actor.reach(Permission.WRITE_NOTICE).places())
    return _lines(Notice.place_id.in_(ours), before, limit)


def places_of(actor: Actor) -> list[tuple[str, str]]:
    """Return the places for which somebody may write, the nearest first."""
    reach = actor.reach(Permission.WRITE_NOTICE)
    query = select(Place.public_id, Place.name).where(reach.places(), Place.kind.in_(WRITE_AT))
    own = reach.district_ids | reach.street_ids | reach.community_ids
    rows = db.session.execute(query.order_by(Place.id.not_in(own), Place.code).limit(300)).all()
    return [(public_id, name) for public_id, name in rows]
