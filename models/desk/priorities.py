"""How soon each need should be looked at, weighed for a whole list at once from marks, households and repetition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from models.base import db, now
from models.needs import Need, clocks
from models.people import Tag, consented_tags
from models.priority import Mark, Priority, first_in_line, priority
from models.supports import households as households_behind

REPEAT_DAYS = 90
MARK_OF_TAG = {
    Tag.LONELY_ELDER: Mark.LONELY_ELDER,
    Tag.DISABLED: Mark.DISABLED,
    Tag.HARDSHIP: Mark.HARDSHIP,
    Tag.ELDER: Mark.ELDERLY,
    Tag.CHILD: Mark.CHILD,
    Tag.MIGRANT: Mark.MIGRANT,
}


@dataclass(frozen=True)
class Weighed:
    """What a need weighs, and of what: households behind it, marks with consent, whether it was reported before."""

    priority: Priority
    households: int
    marks: tuple[Mark, ...]
    repeated: bool
    first_in_line: bool


def person_of(need: Need) -> int | None:
    """Return whom the need is about: the person it was raised for, else its author."""
    return need.for_person_id or need.author_person_id


def _repeated(ids: Sequence[int]) -> set[int]:
    """Return those whose place and field were reported before within the last 90 days (D6)."""
    this, other = aliased(Need), aliased(Need)
    since = now() - timedelta(days=REPEAT_DAYS)
    same = or_(
        and_(this.field.is_not(None), other.field == this.field),
        and_(this.field.is_(None), this.tile.is_not(None), other.tile == this.tile),
    )
    query = (
        select(this.id)
        .join(other, and_(other.courtyard_id == this.courtyard_id, other.id < this.id, other.raised_at >= since, same))
        .where(this.id.in_(ids))
        .distinct()
    )
    return set(db.session.scalars(query))


def weigh(needs: Sequence[Need]) -> dict[int, Weighed]:
    """Return the priority of many needs with three queries. Source: domain/formulas.md D6."""
    if not needs:
        return {}
    ids = [need.id for need in needs]
    tags = consented_tags([one for need in needs if (one := person_of(need)) is not None])
    households, repeated, moment = households_behind(ids), _repeated(ids), now()
    weighed = {}
    for need in needs:
        marks = tuple(MARK_OF_TAG[tag] for tag in sorted(tags.get(person_of(need) or 0, set())))
        urgency = clocks.urgency_of(need)
        days = max((moment - need.raised_at) / timedelta(days=1), 0.0)
        count = households.get(need.id, 0)
        total = priority(urgency, count, marks, days, repeated=need.id in repeated)
        weighed[need.id] = Weighed(total, count, marks, need.id in repeated, first_in_line(urgency, marks))
    return weighed
