"""The ledger of projects that run already: one line a contract, entered as a clerk would enter it by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import exists, select

from models import project_imports, sheets
from models.base import db
from models.events import JOB, Doer, Event, EventSubject
from models.ledgers.kinds import Keeper, LedgerKind, Outcome, Reading, Work
from models.need_exports import masked
from models.organizations import Organization
from models.permissions import Permission
from models.places import Place
from models.project_imports import ReadRow, read_row
from models.projects import Project
from models.sheets import Cell, Row, RowError
from models.states import ProjectState

if TYPE_CHECKING:
    from models.ledgers.row import Ledger

SAMPLE = 8


class RunningProjects(Keeper):
    """Projects with their contracts."""

    kind = LedgerKind.PROJECTS
    permission = Permission.ENTER_PROJECT
    columns = project_imports.COLUMNS
    hints = {
        "title": ("项目名",), "contract_no": ("合同", "协议"), "organization": ("承接", "机构", "单位", "社会组织"),
        "field": ("领域", "类别"), "starts_on": ("开始", "起始", "起"), "ends_on": ("结束", "截止", "止"),
        "budget": ("金额", "预算", "经费"), "problem": ("问题", "简介", "内容"), "change": ("成效", "变化", "目标"),
        "how_checked": ("检验", "验收"), "supervision_phone": ("监督",),
    }  # fmt: skip
    needed = tuple((name,) for name in project_imports.NEEDED)
    signs = ("项目", "合同", "projects")
    words = "Column"
    most = project_imports.MOST_ROWS
    leaving = tuple(project_imports.COLUMNS)

    def is_note(self, fault: RowError) -> bool:
        """A contract is right in every cell, or it stays out."""
        return False

    def read(self, community: Place, rows: Sequence[Row]) -> Reading:
        """Read the lines; the same contract of the same organization is the same project."""
        named = {sheets.fold(name): number for number, name in db.session.execute(
            select(Organization.id, Organization.name).where(Organization.is_support.is_(False)))}  # fmt: skip
        contracts: set[tuple[int | None, str | None]] = {
            (number, sheets.fold(contract or ""))
            for number, contract in db.session.execute(select(Project.organization_id, Project.contract_no))
        }
        faults: list[RowError] = []
        new: list[ReadRow] = []
        unchanged = 0
        for row in rows:
            cells = {name: row.cells.get(name, "") for name in project_imports.COLUMNS}
            read = read_row(row.line, cells, named, contracts)
            faults += read.errors
            unchanged += not read.errors and read.known
            if read.new:
                contracts.add((read.organization_id, read.contract_no))
                new.append(read)
        sample = [(one.line, _shown(one)) for one in new[:SAMPLE]]
        return Reading(new, (), unchanged, faults, sample)

    def begin(self, ledger: Ledger, *, by: Doer) -> Work:
        """Prepare to enter the projects; a part of the verb that brings a ledger in."""
        return Founding(Place.get(ledger.community_id))

    def give_up(self, ledger: Ledger) -> None:
        """Do nothing: projects come in by the last transaction alone, whole or not at all."""

    def take_back(self, ledger: Ledger) -> tuple[list[tuple[str, int]], int]:
        """Take back the projects that nobody has worked on; their contracts are free again."""
        mine = select(EventSubject.subject_id).where(
            EventSubject.event_id == ledger.event_id, EventSubject.kind == "projects"
        )
        deed = exists(
            select(Event.id)
            .join(EventSubject, EventSubject.event_id == Event.id)
            .where(
                EventSubject.kind == "projects", EventSubject.subject_id == Project.id,
                Event.verb.not_like("ledger.%"), Event.actor != JOB.label,
            )
        )  # fmt: skip
        query = select(Project).where(Project.id.in_(mine), Project.state == ProjectState.RUNNING, ~deed)
        projects = list(db.session.scalars(query.order_by(Project.id)))
        for project in projects:
            project._take_back()
        return [("projects", one.id) for one in projects], ledger.added - len(projects)

    def leaves(self, community: Place, *, hidden: bool = True) -> Iterable[Sequence[Cell]]:
        """Return the community's projects with their contracts, numbers in the texts blotted out."""
        told = masked if hidden else str
        fields = {field: name for name, field in project_imports.FIELDS.items()}
        query = (
            select(Project, Organization.name)
            .outerjoin(Organization, Organization.id == Project.organization_id)
            .where(Project.community_id == community.id, Project.state != ProjectState.TAKEN_BACK)
            .order_by(Project.id)
        )
        for p, organization in db.session.execute(query):
            yield (
                p.title, p.contract_no, organization, fields[p.field], p.starts_on, p.ends_on,
                Decimal(p.budget).scaleb(-2), told(p.problem), told(p.change), told(p.how_checked), p.supervision_phone,
            )  # fmt: skip


class Founding:
    """The projects of one ledger: few enough for the one transaction that shows them."""

    def __init__(self, community: Place) -> None:
        self.community = community

    def add(self, new: Sequence[ReadRow]) -> Iterator[int]:
        """Leave everything to the last transaction."""
        return iter(())

    def show(self, reading: Reading) -> Outcome:
        """Enter every project."""
        made = [
            Project._enter(self.community, Organization.get(row.organization_id or 0), row.what)
            for row in reading.new
            if row.what is not None
        ]
        return Outcome([("projects", one.id) for one in made])


def _shown(row: ReadRow) -> dict[str, str]:
    what = row.what
    period = {"starts_on": what.starts_on.isoformat(), "ends_on": what.ends_on.isoformat()} if what else {}
    return {"title": row.title, "contract_no": row.contract_no, "organization": row.organization, **period}
