"""Reports as pages show them: the figures of any place and period, and the reports that go their way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, or_, select
from sqlalchemy.orm import aliased

from models.accounts import Account
from models.asking import in_these
from models.base import NotFound, db, is_opaque
from models.organizations import Organization
from models.permissions import Permission
from models.places import LEVELS, Place, PlaceKind
from models.reports import freezing
from models.reports.books import HOMES, Scope, Station, alive_in
from models.reports.cells import ReportKind
from models.reports.freezing import Correction, Sheet
from models.reports.periods import Period
from models.reports.row import FROZEN, Report
from models.states import ReportState

if TYPE_CHECKING:
    from models.accounts import Actor

PAGE = 20
MOST_PLACES = 300
_ITS_COMMUNITY = aliased(Place)
_CHOICE = select(Place.id, Place.public_id, Place.name, Place.kind, _ITS_COMMUNITY.name.label("community")).outerjoin(
    _ITS_COMMUNITY, _ITS_COMMUNITY.id == Place.community_id
)


@dataclass(frozen=True)
class PlaceChoice:
    """A place that a reader may have figures of."""

    id: int
    public_id: str
    name: str
    kind: PlaceKind
    community: str = ""

    @property
    def full(self) -> str:
        """Return the name that tells it from others: a grid's or a courtyard's with its community's."""
        return f"{self.community} · {self.name}" if self.kind in HOMES else self.name


def places_of(actor: Actor) -> list[PlaceChoice]:
    """Return the places in reach, the widest first; where they are too many, the narrowest are left out."""
    level = case({kind.value: number for number, kind in enumerate(LEVELS)}, value=Place.kind)
    query = (
        _CHOICE.where(actor.reach(Permission.READ_REPORTS).places())
        .order_by(level, Place.code)
        .limit(MOST_PLACES)
    )  # fmt: skip
    return _choices(query)


def places_below(place: Place) -> list[PlaceChoice]:
    """Return the places directly below one, of which there are figures too."""
    return _choices(_CHOICE.where(Place.parent_id == place.id).order_by(Place.code).limit(MOST_PLACES))


def _choices(query: Any) -> list[PlaceChoice]:
    return [
        PlaceChoice(row.id, row.public_id, row.name, PlaceKind(row.kind), row.community or "")
        for row in db.session.execute(query)
    ]


def find_place(actor: Actor, public_id: str | None) -> Place:
    """Return a place in reach, by default the widest. Errors: NotFound."""
    if public_id:
        return Place.find(public_id, Place.visible_to(actor, Permission.READ_REPORTS))
    here = places_of(actor)
    if not here:
        raise NotFound("Place")
    return Place.get(here[0].id)


def find_station(community: str, organization: str, here: Scope) -> Station:
    """Return the station that an address names, within a scope. Errors: NotFound."""
    if not is_opaque(community) or (organization and not is_opaque(organization)):
        raise NotFound(community)
    place = db.session.scalar(select(Place.id).where(Place.public_id == community, Place.id.in_(here.communities)))
    whom = db.session.scalar(select(Organization.id).where(Organization.public_id == organization))
    if place is None or (organization and whom is None):
        raise NotFound(community)
    return Station(place, whom)


@dataclass(frozen=True)
class ReportLine:
    """A report in a list."""

    id: int
    public_id: str
    place: str
    kind: ReportKind
    period: str
    state: ReportState
    state_at: datetime
    submitted_by_id: int | None
    return_reason: str | None


def lines_for(
    actor: Actor,
    permission: Permission = Permission.READ_REPORTS,
    *,
    states: Sequence[ReportState] = (),
    before: int | None = None,
    limit: int = PAGE,
) -> list[ReportLine]:
    """Return the reports in reach, newest first."""
    query = Report.visible_to(actor, permission).add_columns(Place.name).join(Place, Place.id == Report.place_id)
    if states:
        query = query.where(Report.state.in_(states))
    if before is not None:
        query = query.where(Report.id < before)
    return [
        ReportLine(one.id, one.public_id, place, ReportKind(one.kind), one.period, ReportState(one.state),
                   one.state_at, one.submitted_by_id, one.return_reason)
        for one, place in db.session.execute(query.order_by(Report.id.desc()).limit(limit))
    ]  # fmt: skip


@dataclass(frozen=True)
class Unwritten:
    """A community whose report of a month was not handed in; the draft's address where it was begun."""

    place: str
    place_public_id: str
    report_public_id: str | None


def unwritten(actor: Actor, month: Period, *, limit: int = PAGE) -> list[Unwritten]:
    """Return the own communities whose report of a month was never handed in.

    Where nothing was told, served or given in the month there is nothing to report, unless somebody began.
    """
    ours = actor.reach(Permission.WRITE_REPORT).community_ids
    its_own = and_(
        Report.place_id == Place.id, Report.kind == ReportKind.MONTHLY, Report.period == month.code
    )  # fmt: skip
    query = (
        select(Place.name, Place.public_id, Report.public_id)
        .outerjoin(Report, its_own)
        .where(
            in_these(Place.id, ours), Place.kind == PlaceKind.COMMUNITY,
            or_(Report.state == ReportState.DRAFT, and_(Report.id.is_(None), alive_in(month))),
        )
        .order_by(Place.id)
        .limit(limit)
    )  # fmt: skip
    return [Unwritten(*row) for row in db.session.execute(query)] if ours else []


@dataclass(frozen=True)
class ReportCard:
    """A report with its figures: frozen where it was handed in, of this moment while it is a draft."""

    line: ReportLine
    version: int
    note: str
    scope: Scope
    sheet: Sheet
    corrections: tuple[Correction, ...]
    frozen: bool
    clerk: str
    head: str
    officer: str
    submitted_at: datetime | None
    signed_at: datetime | None
    received_at: datetime | None


def card_of(report: Report) -> ReportCard:
    """Return a report complete, with what changed since it was handed in."""
    here, kind = report.scope, ReportKind(report.kind)
    live = freezing.count(kind, here)
    kept = report.state in FROZEN and report.figures is not None
    sheet = freezing.thawed(kind, report.figures or {}) if kept else live
    ids = {report.submitted_by_id, report.signed_by_id, report.received_by_id} - {None}
    names = dict(db.session.execute(select(Account.id, Account.name).where(Account.id.in_(ids))).all())
    line = ReportLine(
        report.id, report.public_id, here.place.name, kind, report.period, ReportState(report.state), report.state_at,
        report.submitted_by_id, report.return_reason,
    )  # fmt: skip
    return ReportCard(
        line, report.version, report.note, here, sheet, tuple(freezing.corrections(sheet, live)) if kept else (), kept,
        names.get(report.submitted_by_id or 0, ""), names.get(report.signed_by_id or 0, ""),
        names.get(report.received_by_id or 0, ""), report.submitted_at, report.signed_at, report.received_at,
    )  # fmt: skip


def own_of_period(actor: Actor, place: Place, kind: ReportKind, period: Period) -> str | None:
    """Return the address of the report of a community and a period, where it was begun and lies within reach."""
    query = Report.visible_to(actor, Permission.READ_REPORTS).where(
        Report.place_id == place.id, Report.kind == kind, Report.period == period.code
    )
    return db.session.scalar(query.with_only_columns(Report.public_id))
