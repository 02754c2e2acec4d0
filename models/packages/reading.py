"""Reading packages: the list of an office and one package with everything it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, func, select

from models.accounts import Account
from models.attachments import Attachment
from models.base import db
from models.needs import Field
from models.packages.carried import NeedLine, needs_in
from models.packages.cautions import Caution, cautions
from models.packages.drafting import EDITABLE
from models.packages.kinds import DECIDES, BudgetCategory, Measure, Paper, Track
from models.packages.row import BudgetLine, Package, PackageNeed, PackagePaper
from models.packages.wording import Hint, vague
from models.permissions import Permission
from models.places import Place
from models.states import PackageState

if TYPE_CHECKING:
    from models.accounts import Actor

PAGE = 30


@dataclass(frozen=True)
class PackageLine:
    """A package in a list."""

    public_id: str
    title: str
    community: str
    track: Track
    field: Field
    state: PackageState
    state_at: datetime
    drafted_by: str
    needs: int
    fen: int


@dataclass(frozen=True)
class Page:
    """One page of a list, and the public id after which the next one begins."""

    lines: list[Any]
    older: str | None


def page_of(rows: Sequence[Any], lines: list[Any]) -> Page:
    """Cut a list that was read one row too far."""
    more = len(rows) > PAGE
    return Page(lines[:PAGE], lines[PAGE - 1].public_id if more else None)


def after(kind: Any, public_id: str | None) -> list[Any]:
    """Return the condition that a row comes after the one with this public id; an unknown one leaves nothing."""
    if public_id is None:
        return []
    return [kind.id < select(kind.id).where(kind.public_id == public_id).scalar_subquery()]


def lines(
    within: Select[Any], *, state: PackageState | None = None, track: Track | None = None, before: str | None = None
) -> Page:
    """Return the packages in reach, newest first, in one query."""
    needs = (
        select(func.count())
        .where(PackageNeed.package_id == Package.id, PackageNeed.left_at.is_(None))
        .correlate(Package)
        .scalar_subquery()
    )
    fen = (
        select(func.coalesce(func.sum(BudgetLine.amount), 0))
        .where(BudgetLine.package_id == Package.id)
        .correlate(Package)
        .scalar_subquery()
    )
    query = (
        within.join(Place, Place.id == Package.community_id)
        .outerjoin(Account, Account.id == Package.drafted_by_id)
        .where(*after(Package, before))
        .add_columns(Place.name, Account.name, needs, fen)
        .order_by(Package.id.desc())
        .limit(PAGE + 1)
    )
    query = query.where(Package.state == state) if state else query
    query = query.where(Package.track == track) if track else query
    rows = db.session.execute(query).all()
    return page_of(rows, [
        PackageLine(
            one.public_id, one.title, community, Track(one.track), Field(one.field), PackageState(one.state),
            one.state_at, drafted_by or "", count, int(total),
        )
        for one, community, drafted_by, count, total in rows
    ])  # fmt: skip


@dataclass(frozen=True)
class Money:
    """One line of a budget as a page shows it."""

    category: BudgetCategory
    label: str
    fen: int


@dataclass(frozen=True)
class Sheet:
    """A paper of the package: a photo to be looked at, or a PDF to be opened."""

    public_id: str
    paper: Paper
    document: bool
    size: int
    at: datetime


@dataclass(frozen=True)
class PackageCard:
    """One package with everything its page shows."""

    public_id: str
    version: int
    title: str
    community: str
    track: Track
    field: Field
    state: PackageState
    state_at: datetime
    problem: str
    output: str
    output_target: int | None
    output_measure: Measure | None
    output_unit: str | None
    change: str
    how_checked: str
    persons: int | None
    households: int | None
    activities: tuple[str, ...]
    starts_on: date | None
    ends_on: date | None
    drafted_by: str
    decided_by: str
    decided_at: datetime | None
    decision: str | None
    budget: tuple[Money, ...]
    papers: tuple[Sheet, ...]
    needs: tuple[NeedLine, ...]
    hints: tuple[tuple[str, Hint], ...]
    cautions: tuple[Caution, ...]
    project: tuple[str, str] | None
    own: bool
    may_draft: bool
    may_decide: bool

    @property
    def fen(self) -> int:
        """Return the sum of the budget in fen."""
        return sum(line.fen for line in self.budget)

    @property
    def asking_households(self) -> int:
        """Return the households behind the needs."""
        return sum(need.households for need in self.needs)


def hints_of(output: str, change: str, how_checked: str) -> tuple[tuple[str, Hint], ...]:
    """Return what of the three promises could not be checked by somebody else, by the name of the text."""
    texts = {"output": output, "change": change, "how_checked": how_checked}
    found = ((name, vague(text, about=name)) for name, text in texts.items() if text.strip())
    return tuple((name, hint) for name, hint in found if hint is not None)


def card(package: Package, actor: Actor) -> PackageCard:
    """Return one package as the reader may see it, with what a decider should look at twice."""
    projects = db.metadata.tables["projects"]
    place = Place.get(package.community_id)
    names: dict[int | None, str] = dict(
        db.session.execute(
            select(Account.id, Account.name).where(Account.id.in_([package.drafted_by_id, package.decided_by_id]))
        ).all()  # type: ignore[arg-type]
    )
    project = db.session.execute(
        select(projects.c.public_id, projects.c.project_no).where(projects.c.package_id == package.id)
    ).first()
    sheets = db.session.execute(
        select(
            Attachment.public_id, PackagePaper.paper, Attachment.document, Attachment.received_bytes,
            Attachment.created_at,
        )
        .join(PackagePaper, PackagePaper.attachment_id == Attachment.id)
        .where(PackagePaper.package_id == package.id)
        .order_by(PackagePaper.id)
    )  # fmt: skip
    own = actor.account_id in package._writers()
    return PackageCard(
        public_id=package.public_id, version=package.version, title=package.title, community=place.name,
        track=Track(package.track), field=Field(package.field), state=PackageState(package.state),
        state_at=package.state_at, problem=package.problem, output=package.output,
        output_target=package.output_target,
        output_measure=Measure(package.output_measure) if package.output_measure else None,
        output_unit=package.output_unit, change=package.change, how_checked=package.how_checked,
        persons=package.persons, households=package.households, activities=tuple(package.activities),
        starts_on=package.starts_on, ends_on=package.ends_on,
        drafted_by=names.get(package.drafted_by_id, ""), decided_by=names.get(package.decided_by_id, ""),
        decided_at=package.decided_at, decision=package.decision,
        budget=tuple(Money(BudgetCategory(one.category), one.label, one.amount) for one in package.lines()),
        papers=tuple(Sheet(one[0], Paper(one[1]), *one[2:]) for one in sheets),
        needs=tuple(needs_in(actor, PackageNeed.package_id == package.id)),
        hints=hints_of(package.output, package.change, package.how_checked),
        cautions=cautions(package),
        project=(project[0], project[1]) if project else None,
        own=own,
        may_draft=package.state in EDITABLE and actor.reach(Permission.DRAFT_PACKAGE).covers(place),
        may_decide=package.state == PackageState.SUBMITTED
        and not own
        and actor.reach(DECIDES[Track(package.track)]).covers(place),
    )  # fmt: skip
