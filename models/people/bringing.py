"""The list by which people came into the register as a whole; ledgers read its lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import CHAR, JSON, BigInteger, ForeignKey, Integer, String, insert
from sqlalchemy.orm import Mapped, mapped_column

from models import ciphers
from models.base import PublicRow, Utc, db, now
from models.people.kinds import PersonState
from models.people.lines import Newcomer
from models.people.papers import PersonTag
from models.people.row import Person

BATCH = 500


class PeopleImport(PublicRow):
    """One file of people, and how many of it were new."""

    __tablename__ = "people_imports"
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"), index=True)
    file_name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(CHAR(64))
    file: Mapped[str | None] = mapped_column(String(80))
    added: Mapped[int | None] = mapped_column(Integer)
    unchanged: Mapped[int | None] = mapped_column(Integer)
    errors: Mapped[list[list[Any]]] = mapped_column(JSON, default=list)
    finished_at: Mapped[Utc | None]


def enter(
    import_id: int, community_id: int, newcomers: Iterable[Newcomer], state: PersonState = PersonState.ACTIVE
) -> list[int]:
    """Put newcomers into the register and return their numbers; a part of the verb that brings a file in."""
    book, at = ciphers.book(), now()
    people, entered = list(newcomers), list[int]()
    for begin in range(0, len(people), BATCH):
        some = people[begin : begin + BATCH]
        values = [
            {
                "community_id": community_id, "import_id": import_id, "name": p.name, "gender": p.gender,
                "birth_year": p.birth_year, "courtyard_id": p.courtyard_id, "grid_id": p.grid_id,
                "building": p.building, "unit": p.unit, "room": p.room, "state": state, "created_at": at,
                "phone_cipher": book.seal(p.phone) if p.phone else None,
                "phone_lookup": book.lookup(p.phone) if p.phone else None,
            }
            for p in some
        ]  # fmt: skip
        numbers = list(db.session.scalars(insert(Person).returning(Person.id, sort_by_parameter_order=True), values))
        entered += numbers
        tags = [
            {"person_id": number, "tag": tag, "basis": p.basis, "basis_on": p.basis_on}
            for number, p in zip(numbers, some, strict=True)
            for tag in p.tags
        ]
        if tags:
            db.session.execute(insert(PersonTag), tags)
    return entered
