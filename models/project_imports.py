"""Lists of projects that run already: read from an office's sheet, looked at, then entered in one act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CHAR, JSON, BigInteger, ForeignKey, Integer, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from models import sheets
from models.base import PublicRow, Refused, Utc, db, now
from models.events import digest, record
from models.needs import Field
from models.organizations import Organization
from models.places import Place
from models.projects import Existing, Project

if TYPE_CHECKING:
    from sqlalchemy import Select

    from models.accounts import Actor
    from models.permissions import Permission

MOST_ROWS = 500
# What offices call the columns, the likeliest name first.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "title": ("项目名称", "名称", "项目", "title"),
    "contract_no": ("合同编号", "合同号", "协议编号", "contract_no"),
    "organization": ("承接机构", "承接单位", "社会组织", "机构", "organization"),
    "field": ("服务领域", "领域", "类别", "field"),
    "starts_on": ("开始日期", "起始日期", "开始时间", "starts_on"),
    "ends_on": ("结束日期", "截止日期", "结束时间", "ends_on"),
    "budget": ("预算", "合同金额", "金额", "budget"),
    "problem": ("要解决的问题", "问题", "项目简介", "内容", "problem"),
    "change": ("预期变化", "预期成效", "目标", "change"),
    "how_checked": ("怎么检验", "检验方式", "how_checked"),
    "supervision_phone": ("监督电话", "supervision_phone"),
}
NEEDED = ("title", "contract_no", "organization", "field", "starts_on", "ends_on")
FIELDS: Mapping[str, Field] = {
    "扶贫救助": Field.POVERTY_RELIEF, "扶老助残": Field.ELDERLY_DISABLED, "医疗卫生": Field.HEALTH,
    "文体科普": Field.CULTURE_SPORT_SCIENCE, "妇幼保护": Field.WOMEN_CHILDREN, "服务三农": Field.RURAL,
    "法律援助": Field.LEGAL_AID, "支教助学": Field.EDUCATION, "生态环境": Field.ENVIRONMENT,
    "促进就业": Field.EMPLOYMENT, "其他": Field.OTHER,
}  # fmt: skip


@dataclass(frozen=True)
class ReadRow:
    """One line of the sheet as it would be entered, or what is wrong with it."""

    line: int
    title: str
    contract_no: str
    organization: str
    organization_id: int | None
    what: Existing | None
    errors: tuple[sheets.RowError, ...]
    known: bool

    @property
    def new(self) -> bool:
        """Tell whether entering the list would make a project of it."""
        return self.what is not None and not self.errors and not self.known


@dataclass(frozen=True)
class Preview:
    """A list as it would be entered now."""

    public_id: str
    filename: str
    community: str
    missing: tuple[str, ...]
    entered_at: datetime | None
    entered: int
    rows: tuple[ReadRow, ...]

    @property
    def new(self) -> int:
        """Return how many projects entering would make."""
        return sum(row.new for row in self.rows)

    @property
    def wrong(self) -> int:
        """Return how many lines have errors."""
        return sum(bool(row.errors) for row in self.rows)


class ProjectImport(PublicRow):
    """A sheet that somebody is looking at before its projects are entered; the same file twice is the same sheet."""

    __tablename__ = "project_imports"
    __table_args__ = (UniqueConstraint("community_id", "digest"),)
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    account_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    filename: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(CHAR(64))
    cells: Mapped[list[Any]] = mapped_column(JSON)
    missing: Mapped[list[str]] = mapped_column(JSON)
    entered_at: Mapped[Utc | None]
    entered: Mapped[int] = mapped_column(Integer, default=0)

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the sheets of the communities in reach."""
        return select(cls).where(actor.reach(permission).communities(cls.community_id))

    @classmethod
    def receive(cls, community: Place, filename: str, data: bytes, *, by: Actor) -> ProjectImport:
        """Read a sheet and keep its cells for the preview. The same file again is the same sheet.

        Errors: Refused of sheets.read, Refused("too_many_lines", most=…).
        """
        mark = digest(data.decode("latin-1"))
        known = db.session.scalars(
            select(cls).where(cls.community_id == community.id, cls.digest == mark)
        ).one_or_none()
        if known is None:
            known = cls._read(community, filename, data, mark, by)
        record("project_import.receive", by=by, about=[known], community_id=community.id, details={"sha256": mark})
        return known

    @classmethod
    def _read(cls, community: Place, filename: str, data: bytes, mark: str, by: Actor) -> ProjectImport:
        sheet = sheets.read(filename, data)
        header = sheets.find_header(sheet.lines, COLUMNS)
        rows = sheet.under(header)
        if len(rows) > MOST_ROWS:
            raise Refused("too_many_lines", most=MOST_ROWS)
        cells: list[tuple[int, dict[str, str]]] = [
            (row.line, {name: row.cells.get(name, "") for name in COLUMNS}) for row in rows
        ]
        return cls(
            community_id=community.id, account_id=by.account_id, filename=filename[-200:], digest=mark,
            cells=[one for one in cells if any(one[1].values())],
            missing=[name for name in NEEDED if name in header.missing],
        ).save()  # fmt: skip

    def rows(self) -> list[ReadRow]:
        """Return the lines as they would be entered now, each with its errors."""
        named = {sheets.fold(name): number for number, name in db.session.execute(
            select(Organization.id, Organization.name).where(Organization.is_support.is_(False)))}  # fmt: skip
        contracts: set[tuple[int | None, str | None]] = {
            (number, sheets.fold(contract or ""))
            for number, contract in db.session.execute(select(Project.organization_id, Project.contract_no))
        }
        read: list[ReadRow] = []
        for line, cells in self.cells:
            row = read_row(line, cells, named, contracts)
            if row.new:
                contracts.add((row.organization_id, row.contract_no))
            read.append(row)
        return read

    def preview(self) -> Preview:
        """Return the list as it would be entered now."""
        return Preview(
            self.public_id, self.filename, Place.get(self.community_id).name, tuple(self.missing), self.entered_at,
            self.entered, tuple(self.rows()),
        )  # fmt: skip

    def enter_all(self, *, by: Actor) -> int:
        """Enter every line that is new and without error, in one act; the same sheet again changes nothing.

        Returns how many were entered. Source: decisions.md 8.
        """
        community = Place.get(self.community_id)
        new = [row for row in self.rows() if row.new and row.what is not None]
        made = [
            Project._enter(community, Organization.get(row.organization_id or 0), row.what) for row in new if row.what
        ]
        self.entered_at, self.entered = self.entered_at or now(), self.entered + len(made)
        record(
            "project_import.enter_all", by=by, about=[self, *made], community_id=community.id,
            details={"rows": len(self.cells), "entered": len(made)},
        )  # fmt: skip
        return len(made)


def read_row(
    line: int, cells: Mapping[str, str], named: Mapping[str, int], contracts: set[tuple[int | None, str | None]]
) -> ReadRow:
    """Read one line of a sheet; every fault is named with its column. Pure."""
    errors: list[sheets.RowError] = []

    def fault(field: str, key: str) -> None:
        errors.append(sheets.RowError(line, field, key, cells[field][:60]))

    for name in NEEDED:
        if not cells[name].strip():
            fault(name, "cell_empty")
    # The same contract is typed with wide figures in one sheet and with narrow ones in the next.
    title, contract_no = sheets.one_line(cells["title"])[:80], sheets.fold(cells["contract_no"])[:60]
    organization = sheets.one_line(cells["organization"])
    organization_id = named.get(sheets.fold(organization))
    if organization and organization_id is None:
        fault("organization", "organization_unknown")
    field = FIELDS.get(sheets.clean(cells["field"]))
    if field is None and cells["field"].strip():
        fault("field", "field_unknown")
    days: dict[str, date | None] = {name: sheets.parse_day(cells[name]) for name in ("starts_on", "ends_on")}
    for name, day in days.items():
        if day is None and cells[name].strip():
            fault(name, "day_unreadable")
    fen = sheets.parse_sum(cells["budget"]) if cells["budget"].strip() else 0
    if fen is None:
        fault("budget", "sum_unreadable")
    starts_on, ends_on = days["starts_on"], days["ends_on"]
    if starts_on and ends_on and starts_on >= ends_on:
        fault("ends_on", "period_backwards")
    what = None
    if not errors and field and starts_on and ends_on:
        what = Existing(
            title, contract_no, field, starts_on, ends_on, fen or 0, sheets.clean(cells["problem"]),
            sheets.clean(cells["change"])[:400], sheets.clean(cells["how_checked"])[:400],
            sheets.clean(cells["supervision_phone"])[:40] or None,
        )  # fmt: skip
    known = (organization_id, contract_no) in contracts
    return ReadRow(line, title, contract_no, organization, organization_id, what, tuple(errors), known)
