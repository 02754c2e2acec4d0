"""How soon each need should be looked at, weighed for a whole list at once from marks, households and repetition."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, exists, or_, select

from models.asking import Among
from models.base import UtcTime, ask, now
from models.needs import Need, clocks
from models.people import Tag, consented_tags
from models.priority import Mark, Priority, first_in_line, priority
from models.supports import households as households_behind

REPEAT_DAYS = 90
DAY = timedelta(days=1)
MARK_OF_TAG = {
    Tag.LONELY_ELDER: Mark.LONELY_ELDER,
    Tag.DISABLED: Mark.DISABLED,
    Tag.HARDSHIP: Mark.HARDSHIP,
    Tag.ELDER: Mark.ELDERLY,
    Tag.CHILD: Mark.CHILD,
    Tag.MIGRANT: Mark.MIGRANT,
}


class Weighed(NamedTuple):
    """What a need weighs, and of what: households behind it, marks with consent, whether it was reported before."""

    priority: Priority
    households: int
    marks: tuple[Mark, ...]
    repeated: bool
    first_in_line: bool


def person_of(need: Need) -> int | None:
    """Return whom the need is about: the person it was raised for, else its author."""
    return need.for_person_id or need.author_person_id


@functools.cache
def _repeated_query() -> Select[Any]:
    """Return the query of `_repeated`, built once: building it takes longer than asking it."""
    this, other = Need.__table__.alias("this"), Need.__table__.alias("other")
    same = or_(
        and_(this.c.field.is_not(None), other.c.field == this.c.field),
        and_(this.c.field.is_(None), this.c.tile.is_not(None), other.c.tile == this.c.tile),
    )
    before = and_(
        other.c.courtyard_id == this.c.courtyard_id, other.c.id < this.c.id,
        other.c.raised_at >= bindparam("since", type_=UtcTime), same,
    )  # fmt: skip
    wanted = Among(this.c.id, "ids")
    return select(this.c.id).where(wanted, exists().where(before))


def _repeated(needs: Sequence[Need]) -> set[int]:
    """Return those whose place and field were reported before within the last 90 days (D6)."""
    ids = [need.id for need in needs if need.courtyard_id is not None]
    if not ids:
        return set()
    return set(ask(_repeated_query(), ids=ids, since=now() - timedelta(days=REPEAT_DAYS)).scalars())


def weigh(needs: Sequence[Need]) -> dict[int, Weighed]:
    """Return the priority of many needs with three queries. Source: domain/formulas.md D6."""
    if not needs:
        return {}
    ids = [need.id for need in needs]
    tags = consented_tags([one for need in needs if (one := person_of(need)) is not None])
    households, repeated, moment = households_behind(ids), _repeated(needs), now()
    weighed = {}
    for need in needs:
        held = tags.get(person_of(need) or 0)
        marks = tuple(MARK_OF_TAG[tag] for tag in sorted(held)) if held else ()
        urgency = clocks.urgency_of(need)
        days = max((moment - need.raised_at) / DAY, 0.0)
        count = households.get(need.id, 0)
        total = priority(urgency, count, marks, days, repeated=need.id in repeated)
        weighed[need.id] = Weighed(total, count, marks, need.id in repeated, first_in_line(urgency, marks))
    return weighed
