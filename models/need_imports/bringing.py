"""The needs of a file, put in by short transactions: hidden at first, shown all at once by the last one."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from models import ciphers, deadlines, need_counts, revisions, sheets
from models.base import db, now, opaque
from models.calendar import calendar_of
from models.deadlines import Urgency
from models.events import Doer
from models.need_exports import masked, masked_code
from models.need_imports import undoing
from models.need_imports.reading import SHOWN, Draft
from models.needs import Need, Source, search, suggestions
from models.needs.raising import next_ticket_nos
from models.people import Person, PersonState
from models.places import Place, PlaceKind
from models.sheets import RowError
from models.states import NeedState

# Short steps and a small count at once: a step keeps to two seconds on a crowded machine too.
MOST, SECONDS, AT_ONCE = 2000, 1.2, 125
# What a line of the file decides; a repeated number with other values changes a row that nobody has touched.
SAID = ("title", "text", "raised_at", "author_code", "kind", "field", "place_detail", "external_due_at")


@dataclass(frozen=True)
class Sorted:
    """The lines of a file: those that are new, those that change a row, and those that differ from a touched one."""

    new: list[Draft] = field(default_factory=list)
    changed: list[tuple[int, Draft]] = field(default_factory=list)
    left: list[RowError] = field(default_factory=list)
    unchanged: int = 0


def places_of(community_id: int) -> dict[str, tuple[int, bool]]:
    """Return the yards and grids of a community by folded name and code."""
    query = select(Place.id, Place.kind, Place.name, Place.code).where(
        Place.community_id == community_id, Place.kind.in_([PlaceKind.GRID, PlaceKind.COURTYARD])
    )
    found = {}
    for number, kind, name, code in db.session.execute(query):
        found[sheets.fold(name)] = found[sheets.fold(code)] = (number, kind == PlaceKind.GRID)
    return found


def said(draft: Draft) -> dict[str, Any]:
    """Return what a line says, in the columns of a need."""
    return {
        "title": draft.title, "text": draft.text, "raised_at": draft.raised_at, "author_code": draft.author_code,
        "kind": draft.kind, "field": draft.field, "place_detail": draft.detail, "external_due_at": draft.due,
    }  # fmt: skip


def sort(community_id: int, drafts: Sequence[Draft]) -> Sorted:
    """Compare the lines with what the community has under the same numbers."""
    result, same = Sorted(), 0
    for start in range(0, len(drafts), AT_ONCE):
        some = drafts[start : start + AT_ONCE]
        query = select(
            Need.external_no, Need.id, Need.state, undoing.touched().label("touched"), *(getattr(Need, n) for n in SAID)
        ).where(Need.community_id == community_id, Need.external_no.in_([draft.external_no for draft in some]))
        known = {row.external_no: row for row in db.session.execute(query)}
        for draft in some:
            row = known.get(draft.external_no)
            if row is not None:
                draft = _as_it_stood(draft, row)
            values = said(draft)
            if row is None:
                result.new.append(draft)
            elif row.touched or row.state != NeedState.SUBMITTED:
                # Triage may have changed kind and field since; what counts is what the resident said.
                if row.text == draft.text and row.title == draft.title:
                    same += 1
                else:
                    result.left.append(RowError(draft.line, "id", "row_was_touched", draft.external_no[:SHOWN]))
            elif all(getattr(row, name) == value for name, value in values.items() if name != "raised_at") and (
                row.raised_at == draft.raised_at or not draft.dated
            ):
                same += 1
            else:
                result.changed.append((row.id, draft))
    return Sorted(result.new, result.changed, result.left, same)


def _as_it_stood(draft: Draft, row: Any) -> Draft:
    """Return a line of a sheet that left here masked with what stands behind the mask: nothing is lost by it."""
    stood: dict[str, Any] = {}
    for name, column in (
        ("title", "title"),
        ("text", "text"),
        ("author_code", "author_code"),
        ("detail", "place_detail"),
    ):
        told, stands = getattr(draft, name) or "", getattr(row, column) or ""
        mask = ciphers.mask_address(stands) if name == "detail" else masked_code(stands)
        if stands and told != stands and told in (mask, masked(stands), masked(stands, row.author_code)):
            stood[name] = stands
    return replace(draft, **stood) if stood else draft


class Bringing:
    """One import at work, between its transactions."""

    def __init__(self, import_id: int, community: Place, by: Doer) -> None:
        self.import_id, self.community, self.by = import_id, community, by
        self.calendar = calendar_of(community)
        grids = select(Place.id, Place.parent_id).where(
            Place.community_id == community.id, Place.kind == PlaceKind.COURTYARD
        )
        self.grid_of: dict[int, int | None] = {row[0]: row[1] for row in db.session.execute(grids)}
        self.texts = hashlib.sha256()
        # What the last step needs is gathered on the way, so that it is as short as the others.
        self.ids: list[int] = []
        self.counts: Counter[need_counts.Key] = Counter()

    def add(self, drafts: Sequence[Draft]) -> Iterator[int]:
        """Add the new needs, hidden; yield after at most 2,000 rows or about 1.2 s how many were added since."""
        added, began = 0, time.monotonic()
        for start in range(0, len(drafts), AT_ONCE):
            some = drafts[start : start + AT_ONCE]
            self._insert(some)
            added += len(some)
            if added + AT_ONCE > MOST or time.monotonic() - began > SECONDS:
                yield added
                added, began = 0, time.monotonic()
        if added:
            yield added

    def _insert(self, drafts: Sequence[Draft]) -> None:
        tickets = next_ticket_nos(self.community, len(drafts))
        people, moment = self._people(drafts), now()
        due = {urgency: deadlines.acceptance_due(moment, urgency, self.calendar) for urgency in Urgency}
        rows = [
            self._row(draft, ticket, people.get((draft.phone, draft.author_code)))
            for draft, ticket in zip(drafts, tickets, strict=True)
        ]
        for row in rows:
            # The clock of what came with a file begins when it came.
            row |= {"created_at": moment, "acceptance_due_at": due[row["suggested_urgency"]]}
        connection = db.session.connection()
        connection.execute(insert(Need.__table__), rows)
        query = select(Need.ticket_no, Need.id).where(Need.ticket_no.in_(tickets))
        ids = {row[0]: row[1] for row in connection.execute(query)}
        search.keep(connection, [{**row, "id": ids[row["ticket_no"]], "public_title": None} for row in rows])
        self._keep_texts([(ids[row["ticket_no"]], row["text"]) for row in rows])
        self.ids += ids.values()
        for row in rows:
            self.counts.update(need_counts.keys_of({**need_counts.NOTHING, **row, "hidden": False}))

    def _row(self, draft: Draft, ticket: str, person: int | None) -> dict[str, Any]:
        yard = None if draft.place_is_grid else draft.place
        return {
            **said(draft), "ticket_no": ticket, "public_id": opaque(), "community_id": self.community.id,
            "courtyard_id": yard, "grid_id": draft.place if draft.place_is_grid else self.grid_of.get(yard or 0),
            "author_person_id": person, "entered_by_id": self.by.account_id, "source": Source.IMPORT,
            "suggested_urgency": suggestions.urgency_of(f"{draft.title or ''} {draft.text}"),
            "state": NeedState.SUBMITTED, "external_no": draft.external_no, "import_id": self.import_id, "hidden": True,
        }  # fmt: skip

    def _people(self, drafts: Sequence[Draft]) -> dict[tuple[str | None, str | None], int]:
        """Find who has the numbers that were given; who is not in the register is entered, to be confirmed on sight."""
        book = ciphers.book()
        wanted = {(draft.phone, draft.author_code) for draft in drafts}
        lookups = {key: book.lookup(key[0]) for key in wanted if key[0]}
        query = select(Person.phone_lookup, Person.name, Person.id).where(
            Person.community_id == self.community.id,
            Person.phone_lookup.in_(set(lookups.values())),
            Person.state != PersonState.COMING,
        )
        known = {(lookup, name): number for lookup, name, number in db.session.execute(query)}
        found: dict[tuple[str | None, str | None], int] = {}
        for key, lookup in lookups.items():
            name = (key[1] or "—")[:60]
            if (lookup, name) not in known:
                known[lookup, name] = Person._add(self.community, name, phone=key[0]).id
            found[key] = known[lookup, name]
        return found

    def _keep_texts(self, texts: Sequence[tuple[int, str]]) -> None:
        """Keep the first version of each text, and join its salted digest to the one that the event will hold."""
        moment, rows = now(), []
        for number, words in texts:
            salt = opaque()
            self.texts.update(hashlib.sha256((salt + words).encode()).digest())
            rows.append(
                {"at": moment, "kind": "needs", "subject_id": number, "field": "text", "text": words, "salt": salt,
                 "account_id": self.by.account_id}
            )  # fmt: skip
        db.session.execute(insert(revisions.Revision.__table__), rows)

    def show(self, changed: Sequence[tuple[int, Draft]]) -> tuple[list[tuple[str, int]], str]:
        """Show everything at once: what is new and what changed. Returns the subjects and the digest of all texts."""
        mine = update(Need).where(Need.import_id == self.import_id, Need.hidden.is_(True)).values(hidden=False)
        db.session.execute(mine, execution_options={"synchronize_session": False})
        need_counts.add(self.counts)
        for start in range(0, len(changed), AT_ONCE):
            self._change(changed[start : start + AT_ONCE])
        touched = [*self.ids, *(number for number, _ in changed)]
        return [("needs", number) for number in touched], self.texts.hexdigest()

    def _change(self, some: Sequence[tuple[int, Draft]]) -> None:
        needs: Any = Need.__table__
        put = (
            update(needs)
            .where(needs.c.id == bindparam("which"))
            .values(**{name: bindparam(f"new_{name}") for name in SAID}, version=needs.c.version + 1)
        )
        values = [
            {"which": number, **{f"new_{name}": value for name, value in said(draft).items()}} for number, draft in some
        ]
        numbers = [number for number, _ in some]
        connection = db.session.connection()
        with need_counts.recounted(numbers):
            connection.execute(put, values)
        columns = [Need.id, *(getattr(Need, name) for name in search.WORDS)]
        rows = connection.execute(select(*columns).where(Need.id.in_(numbers)))
        search.keep(connection, [dict(row._mapping) for row in rows])
        self._keep_texts([(number, draft.text) for number, draft in some])
