"""The dossier as it is read: the tree of the scheme in force, filled from what the office has anyway."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import func, select

from models import attachments
from models.accounts import Account
from models.attachments import Attachment
from models.base import SHANGHAI, db
from models.ciphers import mask_name
from models.dossiers.evidence import Record, calls, operation, records_of
from models.dossiers.kinds import Branch, Dossier, DossierGap, DossierPart, Gap, Node, Proof, numbered
from models.evaluation import (
    PRIVATE_BELOW,
    USUAL_SCHEME,
    Eyes,
    Indicator,
    Scheme,
    explain,
    half_up,
    latest_base,
    satisfaction,
    scheme_for,
    weights_of,
)
from models.needs import Need
from models.organizations import Organization
from models.packages import BudgetCategory, BudgetLine, PackageNeed
from models.places import Place
from models.progress import GoalProgress, progress
from models.projects import Goal, Project, TeamMember, TeamPart
from models.projects.team import dates
from models.ratings import contract_year
from models.service_log import ServiceMethod
from models.states import NeedState

OPEN = (NeedState.ACCEPTED, NeedState.NEED_INFO, NeedState.PLANNED, NeedState.IN_SERVICE, NeedState.REOPENED)
MOST_DATES = 200


def years_of(project: Project) -> list[date]:
    """Return the first days of the contract years that have begun, the latest first."""
    last = contract_year(project)[0]
    return sorted({contract_year(project, date(year, 12, 31))[0] for year in range(project.starts_on.year, last.year)}
                  | {last}, reverse=True)  # fmt: skip


def dossier_of(project: Project, on: date | None = None) -> Dossier:
    """Return the dossier of the contract year that a day lies in; pure reading, at most two questions an indicator.

    The voices are last Monday's, as the public reads them, so that the dossier is the same for each of its readers and
    below five raters tells n and N alone. Source: domain/formulas.md D7; decisions.md 22, 23, 25.
    """
    year = contract_year(project, on)
    community = Place.get(project.community_id)
    version = scheme_for(community.district_id, year[0])
    scheme, weights = (version.scheme if version else USUAL_SCHEME), weights_of(version)
    score = latest_base(project, year[0])
    records = records_of(project, year)
    for at, one in enumerate(records, start=1):
        one.number = f"2.1.{at}"
    leaves = {
        Indicator.OPERATION: operation(project, year, records),
        Indicator.ACHIEVEMENT: [*_goals(project, records), _needs(project)],
        Indicator.ORGANIZATION: [_team(project), calls(records), _dates(project, year)],
        Indicator.BUDGET: [_budget(project), Node("", DossierPart.PAYMENTS, gaps=(Gap(DossierGap.PAPERS_ELSEWHERE),))],
    }
    voice = (_percent(scheme.w_min), _percent(scheme.w_max))
    branches = [Branch("1", None, voice, None, numbered(1, [_voices(project, year, scheme)]))]
    for at, indicator in enumerate(Indicator, start=2):
        weight = Decimal(weights[indicator.value])
        points = half_up(float(score.points(indicator)), 1) if score is not None else None
        branches.append(Branch(str(at), indicator, (weight, weight), points, numbered(at, leaves[indicator])))
    organization = db.session.get(Organization, project.organization_id) if project.organization_id else None
    return Dossier(
        project.public_id, project.project_no, project.title, organization.name if organization else "", community.name,
        year[0], year[1] - timedelta(days=1), version.number if version else 0, tuple(branches),
    )  # fmt: skip


def _percent(share: float) -> Decimal:
    return half_up(float(Fraction(str(share)) * 100), 0)


def _voices(project: Project, year: tuple[date, date], scheme: Scheme) -> Node:
    told = satisfaction(project, eyes=Eyes.WEEKLY, year=year)
    n, served = told.voices.n, told.voices.served
    target = explain(0, served, None, 0, scheme=scheme).target
    gaps = [Gap(DossierGap.FEW_VOICES, n)] if n < PRIVATE_BELOW else []
    if n < target:
        gaps.append(Gap(DossierGap.VOICES_TO_TARGET, target - n))
    return Node("", DossierPart.VOICES, reached=n, target=served, gaps=tuple(gaps))


def _goals(project: Project, records: Sequence[Record]) -> list[Node]:
    goals = progress(project)
    if not goals:
        return [Node("", DossierPart.GOAL, gaps=(Gap(DossierGap.NO_GOALS),))]
    goals_here = select(Goal.id, Goal.public_id).where(Goal.project_id == project.id)
    ids: dict[int, str] = {row.id: row.public_id for row in db.session.execute(goals_here)}
    return [_goal(one, [r for r in records if ids.get(r.log.goal_id or 0) == one.public_id]) for one in goals]


def _goal(goal: GoalProgress, records: Sequence[Record]) -> Node:
    missing = goal.target - goal.reached
    return Node(
        "", DossierPart.GOAL, goal.title, goal.unit, goal.reached, goal.target,
        proofs=tuple(
            Proof(day=r.day, of=r.number, code=ServiceMethod(r.log.method), public_id=r.log.public_id, served=r.people,
                  minutes=r.log.minutes)
            for r in records
        ),
        gaps=(Gap(DossierGap.TO_GOAL, missing, goal.unit),) if missing > 0 else (),
    )  # fmt: skip


def _needs(project: Project) -> Node:
    """Return the needs that the project took on, by number and state: their words are the residents' own."""
    query = (
        select(Need.ticket_no, Need.state, PackageNeed.joined_at)
        .join(PackageNeed, PackageNeed.need_id == Need.id)
        .where(PackageNeed.project_id == project.id, PackageNeed.left_at.is_(None))
        .order_by(PackageNeed.id)
    )
    rows = db.session.execute(query).all()
    open_ = sum(NeedState(state) in OPEN for _, state, _ in rows)
    return Node(
        "", DossierPart.NEEDS, reached=len(rows) - open_, target=len(rows),
        proofs=tuple(
            Proof(day=at.astimezone(SHANGHAI).date(), code=NeedState(state), words=ticket) for ticket, state, at in rows
        ),
        gaps=(Gap(DossierGap.NEEDS_OPEN, open_),) if open_ else (),
    )  # fmt: skip


def _team(project: Project) -> Node:
    query = (
        select(Account.name, TeamMember.part, TeamMember.since)
        .join(TeamMember, TeamMember.account_id == Account.id)
        .where(TeamMember.project_id == project.id, TeamMember.until.is_(None))
        .order_by(TeamMember.id)
    )
    rows = db.session.execute(query).all()
    parts = {part for _, part, _ in rows}
    missing = {TeamPart.WORKER: DossierGap.NO_WORKER, TeamPart.SUPERVISOR: DossierGap.NO_SUPERVISOR}
    return Node(
        "", DossierPart.TEAM,
        proofs=tuple(
            Proof(day=since.astimezone(SHANGHAI).date(), code=TeamPart(part), words=mask_name(name))
            for name, part, since in rows
        ),
        gaps=tuple(Gap(gap) for part, gap in missing.items() if part not in parts),
    )  # fmt: skip


def _dates(project: Project, year: tuple[date, date]) -> Node:
    told = [(one.at.astimezone(SHANGHAI).date(), one) for one in dates(project.id, MOST_DATES)]
    due = sorted(
        (day, one.public_id, one) for day, one in told
        if year[0] <= day < year[1] and one.state != "COMING"
    )  # fmt: skip
    kept = sum(one.kept_at is not None for _, _, one in due)
    return Node(
        "", DossierPart.DATES, reached=kept, target=len(due),
        proofs=tuple(Proof(day=day, words=one.what, served=int(one.kept_at is not None)) for day, _, one in due),
        gaps=(Gap(DossierGap.NOT_KEPT, len(due) - kept),) if kept < len(due) else (),
    )  # fmt: skip


def _budget(project: Project) -> Node:
    query = (
        select(BudgetLine.category, func.sum(BudgetLine.amount))
        .where(BudgetLine.project_id == project.id)
        .group_by(BudgetLine.category)
    )
    amounts = {BudgetCategory(category): int(amount) for category, amount in db.session.execute(query)}
    proofs = tuple(Proof(code=one, fen=amounts[one]) for one in BudgetCategory if one in amounts)
    return Node("", DossierPart.BUDGET, proofs=proofs, gaps=() if proofs else (Gap(DossierGap.NO_BUDGET),))


def pictures(dossier: Dossier, size: str, most: int) -> Iterator[tuple[str, bytes | None]]:
    """Yield the photos of a dossier by their numbers, at most so many; None where the file is gone from the vault."""
    wanted = {one.public_id: one.number for one in dossier.part(DossierPart.PHOTOS).proofs[:most]}
    query = select(Attachment).where(Attachment.public_id.in_(wanted), Attachment.sheet.is_(False))
    for photo in db.session.scalars(query.order_by(Attachment.id)):
        try:
            yield wanted[photo.public_id], attachments.bytes_of(photo, size)
        except FileNotFoundError:
            yield wanted[photo.public_id], None
