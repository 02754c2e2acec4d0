"""The ledger of 12345 work orders: each line is a need, brought in by the same steps as every file of needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from models import ciphers
from models.base import db, now
from models.events import Doer
from models.ledgers.kinds import SHOWN, Keeper, LedgerKind, Outcome, Reading, Work
from models.need_exports import AT_ONCE, masked, masked_code, people_of
from models.need_imports import ImportState, NeedImport, bringing, undoing
from models.need_imports.reading import COLUMNS, NOTES, Draft, Known, read_drafts_of
from models.needs import Need
from models.permissions import Permission
from models.places import Place
from models.sheets import Cell, Row, RowError

if TYPE_CHECKING:
    from models.ledgers.row import Ledger

SAMPLE = 8


class WorkOrders(Keeper):
    """Work orders of the hotline or of another office."""

    kind = LedgerKind.WORK_ORDERS
    permission = Permission.IMPORT_NEEDS
    columns = COLUMNS
    hints = {
        "id": ("工单", "编号", "单号"), "text": ("内容", "详情", "描述", "诉求"), "title": ("标题", "主题"),
        "created_at": ("来电时间", "受理时间", "登记时间", "时间", "日期"), "due": ("时限", "截止", "到期"),
        "phone": ("电话", "手机", "号码"), "user": ("来电人", "诉求人", "反映人", "姓名"),
        "address": ("地址", "地点"), "kind": ("类型", "类别"), "field": ("领域",),
    }  # fmt: skip
    needed = (("id",), ("text", "title"))
    signs = ("12345", "工单", "热线", "诉求", "派单", "留言", "work orders")
    words = "ImportColumn"
    most = 50_000
    leaving = ("id", "title", "text", "created_at", "user", "phone", "kind", "field", "address", "due")

    def is_note(self, fault: RowError) -> bool:
        """Tell whether a line comes in in spite of a fault."""
        return fault.key in NOTES

    def read(self, community: Place, rows: Sequence[Row]) -> Reading:
        """Read the lines and compare them with the needs of the same numbers."""
        drafts, faults = read_drafts_of(rows, Known(now(), bringing.places_of(community.id)))
        found = bringing.sort(community.id, drafts)
        sample = [(one.line, _shown(one)) for one in drafts[:SAMPLE]]
        return Reading(found.new, found.changed, found.unchanged, [*faults, *found.left], sample)

    def begin(self, ledger: Ledger, *, by: Doer) -> Work:
        """Open the import to which the needs belong; a part of the verb that brings a ledger in."""
        one = NeedImport(
            community_id=ledger.community_id, account_id=ledger.account_id, file_name=ledger.file_name,
            sha256=ledger.sha256, state=ImportState.RUNNING, rows=ledger.rows,
        ).save()  # fmt: skip
        ledger.import_id = one.id
        return Taking(one, Place.get(ledger.community_id), by)

    def give_up(self, ledger: Ledger) -> None:
        """Remove the needs that nobody has ever seen."""
        one = db.session.get(NeedImport, ledger.import_id or 0)
        if one is not None:
            undoing.remove_hidden(one.id, one.created_at)
            one._move(ImportState.FAILED)

    def take_back(self, ledger: Ledger) -> tuple[list[tuple[str, int]], int]:
        """Withdraw the needs that nobody has touched; their numbers are free again."""
        one = NeedImport.get(ledger.import_id or 0)
        ids = undoing.withdraw_untouched(one.id)
        one.undone_at = now()
        one._move(ImportState.UNDONE)
        return [("needs", number) for number in ids], ledger.added - len(ids)

    def leaves(self, community: Place, *, hidden: bool = True) -> Iterable[Sequence[Cell]]:
        """Return what came from other offices, whoever called and numbers in the texts blotted out."""
        query = select(Need).where(
            Need.community_id == community.id, Need.external_no.is_not(None), Need.hidden.is_(False)
        )
        row = _leaving_masked if hidden else _leaving
        orders = query.order_by(Need.id).execution_options(yield_per=AT_ONCE)
        for needs in db.session.scalars(orders).partitions():
            people = people_of([need.author_person_id for need in needs if need.author_person_id])
            yield from (row(need, *people.get(need.author_person_id or 0, ("", ""))) for need in needs)


class Taking(bringing.Bringing):
    """The needs of one ledger on their way in."""

    def __init__(self, one: NeedImport, community: Place, by: Doer) -> None:
        super().__init__(one.id, community, by)
        self.one = one

    def show(self, reading: Reading) -> Outcome:  # type: ignore[override]
        """Show everything at once, and close the import to which it belongs."""
        about, texts = super().show(reading.changed)
        self.one.added, self.one.updated, self.one.unchanged = len(self.ids), len(reading.changed), reading.unchanged
        self.one.finished_at = now()
        self.one._move(ImportState.DONE)
        return Outcome(about, {"texts": texts})


def _leaving(need: Need, name: str, phone: str) -> Sequence[Cell]:
    return (
        need.external_no, need.title, need.text, need.raised_at, need.author_code or name, phone, need.kind, need.field,
        need.place_detail, need.external_due_at,
    )  # fmt: skip


def _leaving_masked(need: Need, name: str, phone: str) -> Sequence[Cell]:
    name = name or need.author_code or ""
    return (
        need.external_no, masked(need.title, name), masked(need.text, name), need.raised_at,
        masked_code(need.author_code or name), ciphers.mask_phone(phone), need.kind, need.field,
        ciphers.mask_address(need.place_detail), need.external_due_at,
    )  # fmt: skip


def _shown(one: Draft) -> dict[str, str]:
    return {"id": one.external_no, "title": one.title or "", "text": one.text[:SHOWN], "address": one.detail or ""}
