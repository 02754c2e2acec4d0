"""The book at the door as those in charge read it: every line, how it was proved, and what put it right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from models.accounts import Account
from models.base import db
from models.check_ins.nearby import Near, places_of_lines
from models.check_ins.row import CheckIn, Deed
from models.check_ins.turning import WEAKER, Way
from models.revisions import Revision


@dataclass(frozen=True)
class BookLine:
    """One line of the book, with who wrote it and why."""

    public_id: str
    deed: Deed
    way: Way
    at: datetime
    received_at: datetime
    offline: bool
    clock_off: bool
    struck: bool
    corrects: str | None
    corrected: bool
    by: str | None
    reason: str | None
    near: Near | None

    @property
    def weaker(self) -> bool:
        """Tell whether the way proves little: it hangs at the door, or was pressed without a code."""
        return self.way in WEAKER

    @property
    def stands(self) -> bool:
        """Tell whether the line counts, and may still be put right."""
        return not self.corrected and not self.struck


def book_of(attendance_id: int) -> list[BookLine]:
    """Return the lines of one presence, oldest first, with the reasons of those that put others right."""
    query = (
        select(CheckIn, Account.name, Revision.text)
        .outerjoin(Account, Account.id == CheckIn.account_id)
        .outerjoin(Revision, (Revision.kind == CheckIn.__tablename__) & (Revision.subject_id == CheckIn.id))
        .where(CheckIn.attendance_id == attendance_id)
        .order_by(CheckIn.id)
    )
    rows: list[Any] = list(db.session.execute(query))
    names = {row.id: row.public_id for row, _, _ in rows}
    corrected = {row.corrects_id for row, _, _ in rows}
    places = places_of_lines(list(names))
    return [
        BookLine(
            row.public_id, Deed(row.deed), Way(row.way), row.at, row.received_at, row.offline, row.clock_off,
            row.struck, names.get(row.corrects_id), row.id in corrected, name, reason,
            places.get(row.id),
        )
        for row, name, reason in rows
    ]  # fmt: skip
