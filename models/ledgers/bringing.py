"""The way of a ledger: read line by line, brought in by short transactions, shown by the last, taken back for a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from models import sheets, vault
from models.base import Refused, db, now
from models.events import Doer, Nobody, record
from models.ledgers import looking
from models.ledgers.keepers import allowed, keeper_of
from models.ledgers.kinds import UNDO_WITHIN, Keeper, LedgerKind, LedgerState, Reading
from models.ledgers.recognizing import Recognized, entries, lacking, recognize
from models.places import Place
from models.sheets import RowError, Sheet

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.ledgers.row import Ledger


class Bringing:
    """The steps of the job, and the verb that takes a ledger back."""

    def _read(self, actor: Actor | Nobody) -> tuple[Sheet, Recognized, Keeper, Reading]:
        """Read the kept file as it is understood now, compared with what the community has now."""
        one: Any = self
        if one.file is None:
            raise Refused("ledger_file_gone")
        sheet = sheets.read(one.file_name, vault.store().get(one.file, sealed=True))
        hand = one.by_hand or {}
        # What was looked at is what comes in, and only while whoever gave it may still bring it in.
        kind = hand.get("kind") or (one.kind if one.state != LedgerState.RECEIVED else None)
        keepers = [keeper for keeper in allowed(one.community_id, actor) if kind in (None, keeper.kind)]
        if not keepers:
            raise Refused("ledger_not_yours")
        columns = hand.get("columns")
        found = recognize(
            sheet, keepers, hint=one.file_name, remembered=type(one).remembered(one.community_id),
            header_line=hand.get("line"), chosen={int(at): field for at, field in columns.items()} if columns else None,
        )  # fmt: skip
        keeper = keeper_of(found.kind)
        rows = entries(sheet, found)
        if len(rows) > keeper.most:
            raise Refused("ledger_too_long", most=keeper.most)
        broken = {fault.line for fault in sheet.errors if not keeper.is_note(fault)}
        one.rows = len(rows) + len(broken - {row.line for row in rows})
        if lacking(keeper, found.fields):
            return sheet, found, keeper, Reading()
        reading = keeper.read(Place.get(one.community_id), [row for row in rows if row.line not in broken])
        # What concerns a line above the entries, or none of them, needs nobody's eyes.
        shown = [fault for fault in sheet.errors if fault.line in broken or fault.line in {row.line for row in rows}]
        return sheet, found, keeper, _with(reading, shown)

    def check(self, actor: Actor | Nobody) -> None:
        """Read every line and keep what would come in and what is wrong; nothing else changes.

        A file that cannot be read at all fails with the reason. The actor is whoever gave the file.
        """
        one: Any = self
        one._expect(LedgerState.RECEIVED)
        try:
            sheet, found, keeper, reading = self._read(actor)
        except Refused as refusal:
            one.failure = refusal.key
            looking.write_refusal(one, refusal.key, refusal.values)
            one._move(LedgerState.FAILED)
            return
        one.kind = found.kind
        one.added, one.changed, one.unchanged = len(reading.new), len(reading.changed), reading.unchanged
        looking.write(one, sheet, found, keeper, reading)
        one._move(LedgerState.CHECKED)

    def bring_in(self, *, by: Actor | Nobody) -> Iterator[int]:
        """Bring the ledger in, at most 2,000 rows and about 2 s a step; the caller commits each step.

        What comes in is unseen until the last step, which shows it and writes the ledger's one event.
        Errors: Refused("ledger_not_now", "ledger_running", …). Source: decisions.md 8.
        """
        one: Any = self
        one._expect(LedgerState.WAITING)
        if _another_runs(one):
            raise Refused("ledger_running")
        sheet, found, keeper, reading = self._read(by)
        looking.write(one, sheet, found, keeper, reading)
        one.done, one.unchanged = reading.unchanged, reading.unchanged
        one._move(LedgerState.RUNNING)
        work = keeper.begin(one, by=by)
        yield 0
        for count in work.add(reading.new):
            one.done += count
            one._move(LedgerState.RUNNING)
            yield count
        outcome = work.show(reading)
        looking.remember_filled(one, outcome.filled)
        one.added, one.changed, one.done = len(reading.new), len(reading.changed), one.rows - one.outside
        one.finished_at = now()
        one._move(LedgerState.DONE)
        one.event_id = record(
            "ledger.bring_in", by=by, about=[one, *outcome.about], community_id=one.community_id,
            details={"kind": LedgerKind(one.kind), "rows": one.rows, "added": one.added, "changed": one.changed,
                     "unchanged": one.unchanged, "outside": one.outside, "sha256": one.sha256, **outcome.details},
        )  # fmt: skip
        yield one.added + one.changed

    def give_up(self, key: str, *, by: Doer) -> None:
        """Remove what a ledger that broke off has put in; nobody ever saw it."""
        one: Any = self
        keeper_of(one.kind).give_up(one)
        one.failure, one.done, one.added, one.changed = key, 0, 0, 0
        looking.write_refusal(one, key, {})
        one._move(LedgerState.FAILED)
        record("ledger.give_up", by=by, about=[one], community_id=one.community_id, details={"why": key})

    def undo(self, *, by: Actor) -> int:
        """Take back within 24 hours what nobody has touched. Returns how many.

        Errors: Refused("ledger_not_now", "undo_too_late", "only_the_importer_undoes").
        Source: domain/states.md _undo_import.
        """
        one: Any = self
        one._expect(LedgerState.DONE)
        if one.finished_at is None or now() - one.finished_at > UNDO_WITHIN:
            raise Refused("undo_too_late")
        if one.account_id is not None and one.account_id != by.account_id:
            raise Refused("only_the_importer_undoes")
        taken, kept = keeper_of(one.kind).take_back(one)
        one.undone_at, one.done = now(), kept
        one._move(LedgerState.UNDONE)
        record(
            "ledger.undo", by=by, about=[one, *taken], community_id=one.community_id,
            details={"taken": len(taken), "kept": kept},
        )  # fmt: skip
        return len(taken)


def _with(reading: Reading, more: list[RowError]) -> Reading:
    return replace(reading, faults=[*more, *reading.faults])


def _another_runs(ledger: Ledger) -> bool:
    model = type(ledger)
    query = select(model.id).where(model.community_id == ledger.community_id, model.state == LedgerState.RUNNING)
    return db.session.scalar(query.limit(1)) is not None
