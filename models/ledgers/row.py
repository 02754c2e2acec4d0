"""One ledger that an office drops in: received, understood, looked at, brought in, and for a day to be taken back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CHAR, JSON, BigInteger, ForeignKey, Index, Integer, Select, String, UniqueConstraint, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from models import vault
from models.base import PublicRow, Refused, Row, Utc, db, now, once_committed
from models.events import Nobody, digest, record
from models.ledgers import looking
from models.ledgers.bringing import Bringing
from models.ledgers.keepers import KEEPERS, allowed
from models.ledgers.kinds import (
    FORGOTTEN_AFTER,
    OVER,
    STUCK_AFTER,
    UNDO_WITHIN,
    LedgerKind,
    LedgerState,
)
from models.permissions import Permission
from models.places import Place, PlaceKind
from models.sheets.reading import LIMIT_BYTES

if TYPE_CHECKING:
    from models.accounts import Actor

LONGEST_NAME = 200


class LedgerTitle(Row):
    """What the title of a column meant the last time that a community brought in a ledger of a kind."""

    __tablename__ = "ledger_titles"
    __table_args__ = (UniqueConstraint("community_id", "kind", "title", name="uq_ledger_titles_community_id"),)
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    kind: Mapped[LedgerKind] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(String(80))
    # Empty where the column is passed over.
    field: Mapped[str] = mapped_column(String(40))


class Ledger(Bringing, PublicRow):
    """One file of a community. What it says lies sealed in the vault; here stand only numbers."""

    __tablename__ = "ledgers"
    __table_args__ = (
        Index("ix_ledgers_community_id_id", "community_id", "id"),
        Index("ix_ledgers_state", "state"),
    )
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    account_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    kind: Mapped[LedgerKind | None] = mapped_column(String(16))
    state: Mapped[LedgerState] = mapped_column(String(12), default=LedgerState.RECEIVED)
    file_name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    sha256: Mapped[str] = mapped_column(CHAR(64))
    file: Mapped[str | None] = mapped_column(String(80))
    look: Mapped[str | None] = mapped_column(String(80))
    # What a person chose by hand: the kind, the line of the titles, and the field of each column by its place.
    by_hand: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    failure: Mapped[str | None] = mapped_column(String(40))
    rows: Mapped[int] = mapped_column(Integer, default=0)
    done: Mapped[int] = mapped_column(Integer, default=0)
    added: Mapped[int] = mapped_column(Integer, default=0)
    changed: Mapped[int] = mapped_column(Integer, default=0)
    unchanged: Mapped[int] = mapped_column(Integer, default=0)
    outside: Mapped[int] = mapped_column(Integer, default=0)
    noted: Mapped[int] = mapped_column(Integer, default=0)
    import_id: Mapped[int | None] = mapped_column(BigInteger)
    event_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("events.id"))
    moved_at: Mapped[Utc] = mapped_column(default=now)
    finished_at: Mapped[Utc | None]
    undone_at: Mapped[Utc | None]

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the ledgers in reach: of kinds that one may bring in there; of no kind yet, one's own alone."""
        reach = actor.reach(permission)
        kinds = [
            (cls.kind == keeper.kind) & actor.reach(keeper.permission).communities(cls.community_id)
            for keeper in KEEPERS
        ]
        own = cls.kind.is_(None) & (cls.account_id == actor.account_id)
        return select(cls).where(reach.communities(cls.community_id), or_(own, *kinds))

    @classmethod
    def receive(
        cls, community: Place, file_name: str, data: bytes, kind: LedgerKind | None = None, *, by: Actor | Nobody
    ) -> Ledger:
        """Take a file in and keep it sealed; the job reads it. The same file while it is looked at is the same ledger.

        Errors: Refused("place_needed", "ledger_not_yours", "file_empty", "file_too_large", "storage_full").
        """
        if community.kind != PlaceKind.COMMUNITY:
            raise Refused("place_needed")
        _check_kind(kind, community.id, by)
        if not data.strip():
            raise Refused("file_empty")
        if len(data) > LIMIT_BYTES:
            raise Refused("file_too_large")
        mark = digest(data.decode("latin-1"))
        one = cls._open_one(community.id, mark, by.account_id)
        if one is None:
            one = cls(
                community_id=community.id, account_id=by.account_id, file_name=file_name[-LONGEST_NAME:], sha256=mark,
                file=vault.store().put(data, sealed=True), by_hand={"kind": kind} if kind else {}, kind=kind,
            ).save()  # fmt: skip
        elif one.state == LedgerState.CHECKED:
            # It is compared with what the community has now, not with what it had then.
            one._move(LedgerState.RECEIVED)
        record("ledger.receive", by=by, about=[one], community_id=community.id, details={"sha256": mark})
        return one

    @classmethod
    def _open_one(cls, community_id: int, mark: str, account_id: int | None) -> Ledger | None:
        same = select(cls).where(
            cls.community_id == community_id, cls.sha256 == mark, cls.account_id == account_id,
            cls.state.not_in(OVER), cls.file.is_not(None),
        )  # fmt: skip
        return db.session.scalars(same.order_by(cls.id.desc()).limit(1)).one_or_none()

    def same_before(self) -> datetime | None:
        """Return when this very file was brought in before, if that stands."""
        query = select(Ledger.finished_at).where(
            Ledger.community_id == self.community_id, Ledger.sha256 == self.sha256, Ledger.kind == self.kind,
            Ledger.state == LedgerState.DONE, Ledger.id != self.id,
        )  # fmt: skip
        return db.session.scalars(query.order_by(Ledger.id.desc()).limit(1)).one_or_none()

    def _move(self, state: LedgerState) -> None:
        self.state, self.moved_at = state, now()

    def _expect(self, *states: LedgerState) -> None:
        if self.state not in states:
            raise Refused("ledger_not_now", state=LedgerState(self.state))

    def read_by_hand(self, kind: LedgerKind, header_line: int | None, fields: dict[int, str], *, by: Actor) -> None:
        """Say what the file is and what its columns mean; the job reads it again.

        Errors: Refused("ledger_not_now", "ledger_not_yours", "column_twice").
        """
        self._expect(LedgerState.CHECKED)
        _check_kind(kind, self.community_id, by)
        chosen = [field for field in fields.values() if field]
        if len(chosen) != len(set(chosen)):
            raise Refused("column_twice")
        # Columns of another kind have other meanings: they are guessed anew.
        columns = {str(at): field for at, field in fields.items()} if kind == self.kind else None
        self.by_hand = {"kind": kind, "line": header_line, "columns": columns}
        self.kind = kind
        self._move(LedgerState.RECEIVED)
        record("ledger.read_by_hand", by=by, about=[self], community_id=self.community_id, details={"kind": kind})

    def start(self, *, by: Actor | Nobody) -> None:
        """Say that what can come in shall come in, and keep in mind what the columns meant; the job does it.

        Errors: Refused("ledger_not_now", "ledger_columns_lack", "ledger_brings_nothing").
        """
        self._expect(LedgerState.CHECKED)
        seen = looking.look_of(self)
        if seen["lacking"]:
            raise Refused("ledger_columns_lack")
        if not self.added + self.changed:
            raise Refused("ledger_brings_nothing")
        self._remember(seen["columns"])
        self._move(LedgerState.WAITING)
        record("ledger.start", by=by, about=[self], community_id=self.community_id)

    def _remember(self, columns: list[dict[str, Any]]) -> None:
        known = {row.title: row for row in db.session.scalars(_titles(self.community_id, self.kind))}
        for column in columns:
            title = column["key"]
            if title and title in known:
                known[title].field = column["field"]
            elif title:
                known[title] = LedgerTitle(
                    community_id=self.community_id, kind=self.kind, title=title, field=column["field"]
                ).save()

    @classmethod
    def remembered(cls, community_id: int) -> dict[LedgerKind, dict[str, str]]:
        """Return what titles meant in a community, by kind of ledger."""
        found: dict[LedgerKind, dict[str, str]] = {}
        for row in db.session.scalars(_titles(community_id, None)):
            found.setdefault(LedgerKind(row.kind), {})[row.title] = row.field
        return found

    def put_away(self, *, by: Actor | Nobody) -> None:
        """Put a file away that was not brought in. Errors: Refused("ledger_not_now")."""
        self._expect(LedgerState.RECEIVED, LedgerState.CHECKED, LedgerState.FAILED)
        self._move(LedgerState.PUT_AWAY)
        self._shred()
        record("ledger.put_away", by=by, about=[self], community_id=self.community_id)

    def _shred(self) -> None:
        names = [name for name in (self.file, self.look) if name is not None]
        self.file = self.look = None
        once_committed(lambda: vault.store().remove(*names))

    @property
    def undo_until(self) -> datetime | None:
        """Return until when it may be taken back; None where there is nothing to take back."""
        return self.finished_at + UNDO_WITHIN if self.state == LedgerState.DONE and self.finished_at else None

    @classmethod
    def stuck(cls) -> list[Ledger]:
        """Return the ledgers whose process is gone."""
        old = now() - STUCK_AFTER
        return list(db.session.scalars(select(cls).where(cls.state == LedgerState.RUNNING, cls.moved_at < old)))

    @classmethod
    def in_state(cls, *states: LedgerState) -> list[Ledger]:
        """Return the ledgers that stand there, the oldest first."""
        return list(db.session.scalars(select(cls).where(cls.state.in_(states)).order_by(cls.id)))

    @classmethod
    def sweep(cls) -> int:
        """Shred files and previews a day after a ledger came to its end, a week after it was left lying."""
        over = cls.state.in_(OVER) & (cls.moved_at < now() - UNDO_WITHIN)
        left = (cls.state == LedgerState.CHECKED) & (cls.moved_at < now() - FORGOTTEN_AFTER)
        rows = list(db.session.scalars(select(cls).where(or_(over, left), cls.file.is_not(None))))
        for one in rows:
            if one.state == LedgerState.CHECKED:
                one._move(LedgerState.PUT_AWAY)
            one._shred()
        return len(rows)


def _check_kind(kind: LedgerKind | None, community_id: int, by: Actor | Nobody) -> None:
    kinds = [keeper.kind for keeper in allowed(community_id, by)]
    if not kinds or (kind is not None and kind not in kinds):
        raise Refused("ledger_not_yours")


def _titles(community_id: int, kind: LedgerKind | None) -> Select[Any]:
    query = select(LedgerTitle).where(LedgerTitle.community_id == community_id)
    return query if kind is None else query.where(LedgerTitle.kind == kind)
