"""One file of needs on its way in: received, checked line by line, brought in, and for a day to be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import CHAR, JSON, BigInteger, ForeignKey, Integer, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column

from models import sheets, vault
from models.base import PublicRow, Refused, Utc, db, now, once_committed
from models.events import Doer, digest, record
from models.need_imports import bringing, undoing
from models.need_imports.reading import Draft, Known, counted, read_drafts
from models.places import Place, PlaceKind
from models.sheets import RowError
from models.sheets.reading import LIMIT_BYTES

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.permissions import Permission

UNDO_WITHIN = timedelta(hours=24)
# A file that made no step for so long belonged to a process that is gone.
STUCK_AFTER = timedelta(minutes=10)
KEPT_ERRORS, SHOWN_ROWS = 1000, 8


class ImportState(StrEnum):
    """Where a file stands."""

    RECEIVED = "RECEIVED"
    CHECKED = "CHECKED"
    WAITING = "WAITING"
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"
    UNDONE = "UNDONE"


class NeedImport(PublicRow):
    """One file that was brought in, with every line's error."""

    __tablename__ = "need_imports"
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    file_name: Mapped[str] = mapped_column(String(200))
    file: Mapped[str | None] = mapped_column(String(80))
    sha256: Mapped[str] = mapped_column(CHAR(64))
    state: Mapped[ImportState] = mapped_column(String(12), index=True)
    failure: Mapped[str | None] = mapped_column(String(40))
    rows: Mapped[int] = mapped_column(Integer, default=0)
    done: Mapped[int] = mapped_column(Integer, default=0)
    added: Mapped[int] = mapped_column(Integer, default=0)
    updated: Mapped[int] = mapped_column(Integer, default=0)
    unchanged: Mapped[int] = mapped_column(Integer, default=0)
    outside: Mapped[int] = mapped_column(Integer, default=0)
    noted: Mapped[int] = mapped_column(Integer, default=0)
    errors: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    sample: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    moved_at: Mapped[Utc] = mapped_column(default=now)
    finished_at: Mapped[Utc | None]
    undone_at: Mapped[Utc | None]

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the files of the communities in reach."""
        return select(cls).where(actor.reach(permission).communities(cls.community_id))

    @classmethod
    def receive(cls, community: Place, file_name: str, data: bytes, *, by: Doer) -> NeedImport:
        """Take a file in and keep it sealed until it was brought in; the same file again is the same import.

        Errors: Refused("place_needed", "file_empty", "file_too_large", "storage_full").
        """
        if community.kind != PlaceKind.COMMUNITY:
            raise Refused("place_needed")
        if not data.strip():
            raise Refused("file_empty")
        if len(data) > LIMIT_BYTES:
            raise Refused("file_too_large")
        mark = digest(data.decode("latin-1"))
        over = (ImportState.FAILED, ImportState.UNDONE)
        same = select(cls).where(cls.community_id == community.id, cls.sha256 == mark, cls.state.not_in(over))
        one = db.session.scalars(same.order_by(cls.id.desc()).limit(1)).one_or_none()
        if one is None:
            one = cls(
                community_id=community.id, account_id=by.account_id, file_name=file_name[-200:], sha256=mark,
                state=ImportState.RECEIVED, file=vault.store().put(data, sealed=True),
            ).save()  # fmt: skip
        record("need_import.receive", by=by, about=[one], community_id=community.id, details={"sha256": mark})
        return one

    def _move(self, state: ImportState) -> None:
        self.state, self.moved_at = state, now()

    def _expect(self, *states: ImportState) -> None:
        if self.state not in states:
            raise Refused("import_not_now", state=ImportState(self.state))

    def _read(self) -> tuple[list[Draft], list[RowError], int]:
        """Read the kept file; return what can come in, what is wrong, and how many lines it has."""
        if self.file is None:
            raise Refused("import_file_gone")
        sheet = sheets.read(self.file_name, vault.store().get(self.file, sealed=True))
        drafts, faults = read_drafts(sheet, Known(now(), bringing.places_of(self.community_id)))
        return drafts, faults, len(drafts) + counted(faults)[0]

    def check(self) -> None:
        """Read every line and note what is wrong, and what would come in; nothing of the needs changes.

        A file that cannot be read at all fails with the reason.
        """
        self._expect(ImportState.RECEIVED, ImportState.CHECKED)
        try:
            drafts, faults, self.rows = self._read()
            if not self.rows:
                raise Refused("no_lines")
        except Refused as refusal:
            self._note([RowError(0, "", refusal.key, str(refusal.values.get("names", "")))], refusal.key)
            self._move(ImportState.FAILED)
            return
        sorted_ = bringing.sort(self.community_id, drafts)
        self._note(faults + sorted_.left)
        self.added, self.updated, self.unchanged = len(sorted_.new), len(sorted_.changed), sorted_.unchanged
        self.sample = [
            {"line": one.line, "id": one.external_no, "title": one.title or "", "text": one.text[:80],
             "at": one.raised_at.isoformat()}
            for one in drafts[:SHOWN_ROWS]
        ]  # fmt: skip
        self._move(ImportState.CHECKED)

    def _note(self, faults: list[RowError], key: str | None = None) -> None:
        self.failure = key
        self.outside, self.noted = counted(faults)
        kept = sorted(faults, key=lambda fault: fault.line)[:KEPT_ERRORS]
        self.errors = [{"line": f.line, "field": f.field, "key": f.key, "value": f.value[:60]} for f in kept]

    def start(self, *, by: Actor) -> None:
        """Say that the checked file shall come in; the job does it. Errors: Refused("import_not_now")."""
        self._expect(ImportState.CHECKED)
        self._move(ImportState.WAITING)
        record("need_import.start", by=by, about=[self], community_id=self.community_id)

    def discard(self, *, by: Actor) -> None:
        """Put a file away that was not brought in. Errors: Refused("import_not_now")."""
        self._expect(ImportState.RECEIVED, ImportState.CHECKED)
        self._move(ImportState.UNDONE)
        self.undone_at, self.sample = now(), []
        record("need_import.discard", by=by, about=[self], community_id=self.community_id)

    def bring_in(self, *, by: Doer) -> Iterator[int]:
        """Bring the file in, a step of at most 2,000 rows and about 1.2 s at a time; the caller commits each step.

        The rows are hidden until the last step, which shows them and writes the import's one event.
        Errors: Refused("import_not_now", "import_running", …). Source: decisions.md 8, 21.
        """
        self._expect(ImportState.CHECKED, ImportState.WAITING)
        running = select(NeedImport.id).where(
            NeedImport.community_id == self.community_id, NeedImport.state == ImportState.RUNNING
        )
        if db.session.scalar(running) is not None:
            raise Refused("import_running")
        drafts, faults, self.rows = self._read()
        sorted_ = bringing.sort(self.community_id, drafts)
        self._note(faults + sorted_.left)
        self.done, self.unchanged = sorted_.unchanged + len(sorted_.left), sorted_.unchanged
        self._move(ImportState.RUNNING)
        yield 0
        work = bringing.Bringing(self.id, Place.get(self.community_id), by)
        for count in work.add(sorted_.new):
            self.done += count
            self._move(ImportState.RUNNING)
            yield count
        yield self._finish(work, sorted_, by=by)

    def _finish(self, work: bringing.Bringing, sorted_: bringing.Sorted, *, by: Doer) -> int:
        about, texts = work.show(sorted_.changed)
        self.added, self.updated = len(sorted_.new), len(sorted_.changed)
        self.done, self.finished_at, self.sample = self.rows - self.outside, now(), []
        self._move(ImportState.DONE)
        record(
            "need_import.bring_in", by=by, about=[self, *about], community_id=self.community_id,
            details={"rows": self.rows, "added": self.added, "updated": self.updated, "unchanged": self.unchanged,
                     "outside": self.outside, "sha256": self.sha256, "texts": texts},
        )  # fmt: skip
        return self.updated

    def give_up(self, key: str, *, by: Doer) -> None:
        """Remove the rows of an import that broke; none of them was ever seen."""
        undoing.remove_hidden(self.id, self.created_at)
        self.failure, self.done, self.added, self.updated = key, 0, 0, 0
        self._move(ImportState.FAILED)
        record("need_import.give_up", by=by, about=[self], community_id=self.community_id, details={"why": key})

    @property
    def told(self) -> dict[str, str]:
        """Return what the sentence of the failure speaks of."""
        return {"names": self.errors[0]["value"] if self.errors else ""}

    @property
    def undo_until(self) -> Any:
        """Return until when it may be taken back; None where there is nothing to take back."""
        return self.finished_at + UNDO_WITHIN if self.state == ImportState.DONE and self.finished_at else None

    def undo(self, *, by: Doer) -> int:
        """Take back within 24 hours what nobody has touched: withdrawn, not deleted. Returns how many.

        Errors: Refused("import_not_now", "undo_too_late", "only_the_importer_undoes").
        Source: domain/states.md Need _undo_import.
        """
        self._expect(ImportState.DONE)
        if self.finished_at is None or now() - self.finished_at > UNDO_WITHIN:
            raise Refused("undo_too_late")
        if self.account_id is not None and self.account_id != by.account_id:
            raise Refused("only_the_importer_undoes")
        ids = undoing.withdraw_untouched(self.id)
        self.undone_at = now()
        self._move(ImportState.UNDONE)
        record(
            "need_import.undo", by=by, about=[self, *(("needs", one) for one in ids)],
            community_id=self.community_id, details={"withdrawn": len(ids), "kept": self.added - len(ids)},
        )  # fmt: skip
        return len(ids)

    @classmethod
    def stuck(cls) -> list[NeedImport]:
        """Return the imports whose process is gone."""
        old = now() - STUCK_AFTER
        return list(db.session.scalars(select(cls).where(cls.state == ImportState.RUNNING, cls.moved_at < old)))

    @classmethod
    def in_state(cls, *states: ImportState) -> list[NeedImport]:
        """Return the imports that stand there, the oldest first."""
        return list(db.session.scalars(select(cls).where(cls.state.in_(states)).order_by(cls.id)))

    @classmethod
    def sweep(cls) -> int:
        """Remove kept files, samples and cells a day after an import came to its end. Returns how many."""
        over = (ImportState.DONE, ImportState.FAILED, ImportState.UNDONE)
        query = select(cls).where(cls.state.in_(over), cls.file.is_not(None), cls.moved_at < now() - UNDO_WITHIN)
        rows = list(db.session.scalars(query))
        names = [one.file for one in rows if one.file]
        once_committed(lambda: vault.store().remove(*names))
        for one in rows:
            one.file, one.sample, one.errors = None, [], [{**fault, "value": ""} for fault in one.errors]
        return len(rows)
