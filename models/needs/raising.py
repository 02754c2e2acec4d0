"""Raising a need: what a resident, a clerk or a grid worker says, becomes a numbered matter."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import BigInteger, Integer, String, bindparam
from sqlalchemy.dialects import postgresql, sqlite

from models import attachments, awaited_photos, revisions
from models.base import SHANGHAI, Refused, ask, db, now
from models.events import Doer, record
from models.needs import clocks, suggestions
from models.needs.kinds import Kind, Source, Tile
from models.people import Person
from models.places import Place, PlaceKind
from models.states import NeedState
from models.tellings import _follow

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.needs.row import Need

LONGEST = 5000


def next_ticket_nos(community: Place, count: int) -> list[str]:
    """Take the next numbers of the community and month: code, yyyymm and at least four digits (decision 1)."""
    month = now().astimezone(SHANGHAI).strftime("%Y%m")
    take = _take(db.session.get_bind().dialect.name)
    last = ask(take, community=community.id, month=month, count=count).scalar_one()
    return [f"{community.code}-{month}-{number:04d}" for number in range(last - count + 1, last + 1)]


@functools.cache
def _take(database: str) -> Any:
    """Return the statement that takes numbers, built once for a database."""
    counters, dialect = db.metadata.tables["need_counters"], sqlite if database == "sqlite" else postgresql
    count = bindparam("count", type_=Integer)
    values = {
        "community_id": bindparam("community", type_=BigInteger),
        "month": bindparam("month", type_=String),
        "last": count,
    }
    return (
        dialect.insert(counters)
        .values(**values)
        .on_conflict_do_update(index_elements=["community_id", "month"], set_={"last": counters.c.last + count})
        .returning(counters.c.last)
    )


def acts_as_another(by: Doer, person_id: int) -> bool:
    """Tell whether whoever enters a matter speaks for a person whom their account may act for."""
    return getattr(by, "person_id", None) != person_id and person_id in getattr(by, "person_ids", ())


class Raising:
    """The verbs by which a need comes to be and is changed by its author."""

    @classmethod
    def raise_(
        cls: type[Self],
        community: Place,
        text: str,
        *,
        by: Doer,
        author: Person | None = None,
        stranger: tuple[str, str] | None = None,
        source: Source = Source.SELF,
        tile: Tile | None = None,
        title: str | None = None,
        courtyard: Place | None = None,
        place_detail: str | None = None,
        for_whom: str | None = None,
        hide_name: bool = False,
        photos: list[str] | None = None,
        author_account_id: int | None = None,
        photo_owner: str = "",
        entry_key: str = "",
        photos_coming: int = 0,
        proactive: bool = False,
        kind: Kind | None = None,
    ) -> Need:
        """Raise a need in a community, with the time by which it will be looked at.

        `proactive` says that somebody found it without being asked; `kind` is known where the door tells it, as with a
        question from the directory;
        whose account acts for the author, as family or under a mandate, is written beside the author (decision 5);
        `stranger` is the name and phone of somebody without an account: known in the register, or entered unconfirmed.
        Errors: Refused("place_needed", "text_needed", "text_too_long", "photo_not_yours", "courtyard_elsewhere").
        Source: domain/states.md Need raise; D10.
        """
        text = text.strip()
        if community.kind != PlaceKind.COMMUNITY:
            raise Refused("place_needed")
        if not text:
            raise Refused("text_needed")
        if len(text) > LONGEST:
            raise Refused("text_too_long", longest=LONGEST)
        if courtyard is not None and courtyard.community_id != community.id:
            raise Refused("courtyard_elsewhere")
        if author is None and stranger is not None:
            author = Person._known_or_new(community, *stranger, courtyard_id=courtyard.id if courtyard else None)
        acted_for = author is not None and acts_as_another(by, author.id)
        grid_id = courtyard.parent_id if courtyard is not None else None
        model: Any = cls
        moment = now()
        need: Any = model(
            raised_at=moment,
            ticket_no=next_ticket_nos(community, 1)[0],
            community_id=community.id,
            courtyard_id=courtyard.id if courtyard else None,
            grid_id=grid_id,
            place_detail=place_detail,
            author_person_id=author.id if author else None,
            for_person_id=author.id if author is not None and acted_for else None,
            author_account_id=author_account_id,
            entered_by_id=by.account_id,
            for_whom=for_whom,
            hide_name=hide_name,
            source=source,
            tile=tile,
            title=title,
            text=text,
            proactive=proactive,
            kind=kind,
            suggested_urgency=suggestions.urgency_of(text, tile),
        )
        need.acceptance_due_at = clocks.acceptance_due(community, need.suggested_urgency, moment)
        need.save()
        if author_account_id is not None:
            _follow(need, author_account_id)
        attachments.claim(need, photos or [], owner=photo_owner)
        awaited_photos.expect(need, entry_key, photos_coming, owner=photo_owner)
        text_digest = revisions.keep(need, "text", text, by=by)
        record(
            "need.raise",
            by=by,
            about=[need],
            community_id=community.id,
            details={
                "ticket": need.ticket_no,
                "source": source,
                "tile": tile,
                "text": text_digest,
                **({"proactive": True} if proactive else {}),
            },
        )
        return need  # type: ignore[no-any-return]

    def edit(self, text: str, *, by: Actor, seen_version: int | None = None) -> None:
        """Rewrite one's own need until it is accepted; every version is kept.

        Errors: Refused("not_from_here", "text_needed"), Stale("stale_edit").
        """
        need: Any = self
        need._step("edit")
        need.check_version(seen_version, typed=text, stands=need.text)
        if not text.strip():
            raise Refused("text_needed")
        need.text = text.strip()
        text_digest = revisions.keep(need, "text", need.text, by=by)
        record("need.edit", by=by, about=[need], community_id=need.community_id, details={"text": text_digest})

    def withdraw(self, *, by: Doer) -> None:
        """Take one's own need back before it is planned; nothing is deleted.

        Errors: Refused("not_from_here"). Source: domain/states.md Need withdraw.
        """
        need: Any = self
        before = need.state
        need._step("withdraw")
        need.closed_at = now()
        if before == NeedState.NEED_INFO:
            need._stop_waiting()
        record("need.withdraw", by=by, about=[need], community_id=need.community_id, details={"before": before})
