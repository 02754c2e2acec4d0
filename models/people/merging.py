"""Two entries that were one person all along become one, with a reason; everything they did stays theirs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Table, select, update
from sqlalchemy.exc import IntegrityError

from models import revisions
from models.base import Refused, db
from models.events import Doer, record
from models.people.kinds import PersonState

if TYPE_CHECKING:
    from models.people.row import Person

SHORTEST_REASON = 10


def pointing_at(table: str) -> Iterator[tuple[Table, Column[Any]]]:
    """Yield every column of the house that points to a table, whichever area it belongs to."""
    target = db.metadata.tables[table].c.id
    for one in db.metadata.sorted_tables:
        for key in sorted(one.foreign_keys, key=lambda key: key.parent.name):
            if key.references(db.metadata.tables[table]) and key.column is target:
                yield one, key.parent


class Merging:
    """The verb of the committee."""

    def merge_into(self, other: Person, reason: str, *, by: Doer) -> None:
        """Merge this entry into another one of the same community; all references are pointed there.

        Where both stand in one list already (the same visit, the same mark), the other's row counts, this one's rests.
        Errors: Refused("with_oneself", "other_community", "person_not_here", "merge_reason_needed").
        Source: decisions.md 5.
        """
        person: Any = self
        reason = reason.strip()
        if len(reason) < SHORTEST_REASON:
            raise Refused("merge_reason_needed", least=SHORTEST_REASON)
        person._check_pair(other)
        reason_digest = revisions.keep(person, "merge_reason", reason, by=by)
        resting = sum(_point(table, column, person.id, other.id) for table, column in pointing_at("people"))
        if other.phone_cipher is None:
            other.phone_cipher, other.phone_lookup = person.phone_cipher, person.phone_lookup
        for field in ("building", "unit", "room", "courtyard_id", "grid_id", "gender", "birth_year", "confirmed_at"):
            if getattr(other, field) is None:
                setattr(other, field, getattr(person, field))
        person.state, person.merged_into_id = PersonState.MERGED, other.id
        record(
            "person.merge_into",
            by=by,
            about=[person, other],
            community_id=person.community_id,
            details={"reason": reason_digest, "into": other.id, "resting": resting},
        )


def _point(table: Table, column: Column[Any], old: int, new: int) -> int:
    """Point the rows of one column from an old person to a new one; return how many had to stay."""
    if (table.name, column.name) == ("people", "merged_into_id"):
        db.session.execute(update(table).where(column == old).values({column: new}))
        return 0
    if table.name == "people":
        # Nobody is their own contact.
        db.session.execute(update(table).where(column == old, table.c.id != new).values({column: new}))
        return 0
    rows = list(db.session.scalars(select(table.c.id).where(column == old)))
    return sum(not _moved(table, column, row, new) for row in rows)


def _moved(table: Table, column: Column[Any], row: int, new: int) -> bool:
    try:
        with db.session.begin_nested():
            db.session.execute(update(table).where(table.c.id == row).values({column: new}))
    except IntegrityError:
        return False
    return True


def merged_people() -> dict[int, int]:
    """Return who was entered twice and became whom; they are few."""
    people = db.metadata.tables["people"]
    query = select(people.c.id, people.c.merged_into_id).where(people.c.merged_into_id.is_not(None))
    return dict(db.session.execute(query).all())
