"""A list of people from an office's file: looked through first, line by line, and brought in as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from sqlalchemy import CHAR, JSON, BigInteger, ForeignKey, Integer, String, insert
from sqlalchemy.orm import Mapped, mapped_column

from models import ciphers, sheets, vault
from models.base import PublicRow, Refused, Utc, db, now, once_committed
from models.events import Doer, record
from models.people.kinds import PersonState
from models.people.lines import Newcomer
from models.people.papers import PersonTag
from models.people.row import Person
from models.people.sheet import Found, read
from models.places import Place, PlaceKind

BATCH = 500


class PeopleImport(PublicRow):
    """One file of people: kept under seal until it is brought in."""

    __tablename__ = "people_imports"
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"), index=True)
    file_name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(CHAR(64))
    file: Mapped[str | None] = mapped_column(String(80))
    added: Mapped[int | None] = mapped_column(Integer)
    unchanged: Mapped[int | None] = mapped_column(Integer)
    errors: Mapped[list[list[Any]]] = mapped_column(JSON, default=list)
    finished_at: Mapped[Utc | None]

    @classmethod
    def look_through(cls, community: Place, file_name: str, data: bytes, *, by: Doer) -> PeopleImport:
        """Take a file to be looked through; nobody is entered yet.

        Errors: those of sheets.read(), Refused("place_needed", "names_missing", "no_lines", "too_many_people").
        """
        if community.kind != PlaceKind.COMMUNITY:
            raise Refused("place_needed")
        found = read(community, file_name, data)
        one = cls(
            community_id=community.id, file_name=sheets.clean(file_name)[-200:] or "file",
            sha256=hashlib.sha256(data).hexdigest(), file=vault.store().put(data, sealed=True),
            errors=[[fault.line, fault.field, fault.key] for fault in found.errors],
        ).save()  # fmt: skip
        record(
            "people_import.look_through", by=by, about=[one], community_id=community.id,
            details={"new": len(found.new), "known": found.known, "errors": len(found.errors)},
        )  # fmt: skip
        return one

    def contents(self) -> Found:
        """Return what the file says, compared with the register as it is now. Errors: Refused("import_is_over")."""
        if self.file is None:
            raise Refused("import_is_over")
        return read(Place.get(self.community_id), self.file_name, vault.store().get(self.file, sealed=True))

    def bring_in(self, *, by: Doer) -> None:
        """Enter everybody who is new, all in one transaction; lines without a name stay out, and every fault is listed.

        The same file twice changes nothing. Errors: Refused("import_is_over"). Source: checklist.md 133; decision 5.
        """
        found = self.contents()
        enter(self.id, self.community_id, found.new)
        self.added, self.unchanged, self.finished_at = len(found.new), found.known, now()
        self.errors = [[fault.line, fault.field, fault.key] for fault in found.errors]
        record(
            "people_import.bring_in", by=by, about=[self], community_id=self.community_id,
            details={"added": self.added, "unchanged": self.unchanged, "errors": len(self.errors)},
        )  # fmt: skip
        self._shred()

    def _shred(self) -> None:
        """Forget the file, and take it out of the vault once that is kept: until then the row must find it."""
        name, self.file = self.file, None
        if name is not None:
            once_committed(lambda: vault.store().remove(name))


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
