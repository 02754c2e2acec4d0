"""Taking an import back: what nobody has touched is withdrawn, what nobody has seen is removed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, select, update

from models import need_counts, revisions, states
from models.base import db, now
from models.events import JOB, Event, EventSubject
from models.needs import Need
from models.needs.missed import MissedDate
from models.people import Person
from models.states import NeedState

AT_ONCE = 500


def touched(need: Any = Need) -> ColumnElement[bool]:
    """Return the condition that somebody has done something with a need since a file brought it in."""
    return exists(
        select(Event.id)
        .join(EventSubject, EventSubject.event_id == Event.id)
        .where(
            EventSubject.kind == "needs", EventSubject.subject_id == need.id,
            Event.verb.not_like("need_import.%"), Event.verb.not_like("ledger.%"),
            Event.actor != JOB.label,
        )
    )  # fmt: skip


def withdraw_untouched(import_id: int) -> list[int]:
    """Withdraw the untouched needs of an import and free their numbers, so that the file may come again."""
    to = states.step(states.Kind.NEED, NeedState.SUBMITTED, "_undo_import")
    mine = select(Need.id).where(Need.import_id == import_id, Need.state == NeedState.SUBMITTED, ~touched())
    ids = list(db.session.scalars(mine.order_by(Need.id)))
    moment = now()
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        with need_counts.recounted(some):
            # What was never asked for here was never late.
            db.session.execute(delete(MissedDate).where(MissedDate.need_id.in_(some)))
            db.session.execute(
                update(Need)
                .where(Need.id.in_(some))
                .values(
                    state=to, state_at=moment, closed_at=moment, external_no=None, version=Need.version + 1,
                    escalated=None, dates_missed=0,
                )
                .execution_options(synchronize_session=False)
            )  # fmt: skip
    db.session.expire_all()
    return ids


def remove_hidden(import_id: int, since: datetime) -> int:
    """Remove the rows that nobody has ever seen, with the people who were entered for them alone."""
    hidden = select(Need.id).where(Need.import_id == import_id, Need.hidden.is_(True))
    ids = list(db.session.scalars(hidden))
    people = set(
        db.session.scalars(select(Need.author_person_id).where(Need.id.in_(hidden), Need.author_person_id.is_not(None)))
    )
    own = revisions.Revision
    db.session.execute(delete(own).where(own.kind == "needs", own.subject_id.in_(hidden)))
    db.session.execute(delete(Need).where(Need.import_id == import_id, Need.hidden.is_(True)))
    used = set(db.session.scalars(select(Need.author_person_id).where(Need.author_person_id.in_(people))))
    fresh = (Person.confirmed_at.is_(None), Person.created_at >= since)
    db.session.execute(delete(Person).where(Person.id.in_(people - used), *fresh))
    return len(ids)
