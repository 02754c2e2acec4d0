"""How a project comes to be: from an approved package, or written down because it was running already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from models.base import Refused, db, today
from models.events import record
from models.needs import Need
from models.packages import BudgetLine, Measure, Package, PackageNeed, Track, authors
from models.places import Place, PlaceKind
from models.projects.kinds import Existing, Method
from models.tellings import tell

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.organizations import Organization
    from models.projects.row import Project


def next_project_no(community: Place) -> str:
    """Take the next number of the community and year: code, P, year and at least three digits."""
    counters = db.metadata.tables["project_counters"]
    year = today().year
    dialect = sqlite if db.session.get_bind().dialect.name == "sqlite" else postgresql
    take = (
        dialect.insert(counters)
        .values(community_id=community.id, year=year, last=1)
        .on_conflict_do_update(index_elements=["community_id", "year"], set_={"last": counters.c.last + 1})
        .returning(counters.c.last)
    )
    return f"{community.code}-P{year}-{db.session.execute(take).scalar_one():03d}"


def needs_of(memberships: Sequence[PackageNeed]) -> list[Need]:
    """Return the needs of memberships, in the order of their numbers."""
    query = select(Need).where(Need.id.in_([row.need_id for row in memberships])).order_by(Need.id)
    return list(db.session.scalars(query))


class Founding:
    """The verbs by which a project comes to be."""

    @classmethod
    def found(
        cls: type[Self], package: Package, *, by: Actor, decision: str = "", organization: Organization | None = None
    ) -> Project:
        """Approve a package: the project is born of it, with its needs, budget and first goal.

        自办 begins at once, by the committee itself (or the organization it names); the others wait to be assigned.
        Errors: Refused("not_your_own_package", "not_yours_to_decide", "not_from_here").
        Source: domain/states.md Package approve, Project.
        """
        package._approve(by, decision)
        community = Place.get(package.community_id)
        new: Any = cls
        project = new(
            project_no=next_project_no(community), package_id=package.id, community_id=package.community_id,
            title=package.title, field=package.field, track=package.track, problem=package.problem,
            change=package.change, how_checked=package.how_checked, starts_on=package.starts_on or today(),
            ends_on=package.ends_on or today() + timedelta(days=365), budget=package.total(),
        )  # fmt: skip
        project.save()
        project._carry(package)
        if package.track == Track.SELF_RUN:
            project._take_up(organization, Method.SELF)
        needs = needs_of(package._memberships())
        authors(needs, "need_project_founded", title=project.title, on=project.starts_on.isoformat())
        tell(package, "package_approved", accounts=package._writers(), community_id=package.community_id,
             title=package.title, number=project.project_no)  # fmt: skip
        record(
            "project.found",
            by=by,
            about=[project, package, *needs],
            community_id=project.community_id,
            details={"number": project.project_no, "track": package.track, "fen": project.budget},
        )
        return project  # type: ignore[no-any-return]

    @classmethod
    def enter(cls: type[Self], community: Place, organization: Organization, what: Existing, *, by: Actor) -> Project:
        """Write down a project that runs already, with its contract; it is RUNNING from the start.

        Errors: Refused of Existing.check, Refused("place_needed"), Refused("contract_entered", project=…).
        """
        project: Any = cls._enter(community, organization, what)
        record(
            "project.enter", by=by, about=[project], community_id=community.id,
            details={"number": project.project_no, "fen": project.budget},
        )  # fmt: skip
        return project  # type: ignore[no-any-return]

    @classmethod
    def _enter(cls, community: Place, organization: Organization, what: Existing) -> Project:
        what.check()
        if community.kind != PlaceKind.COMMUNITY:
            raise Refused("place_needed")
        known = cls._by_contract(organization.id, what.contract_no.strip())
        if known is not None:
            raise Refused("contract_entered", project=known)
        new: Any = cls
        project = new(
            project_no=next_project_no(community), community_id=community.id, title=what.title.strip(),
            field=what.field, track=Track.PROJECT, contract_no=what.contract_no.strip(), problem=what.problem.strip(),
            change=what.change.strip(), how_checked=what.how_checked.strip(), starts_on=what.starts_on,
            ends_on=what.ends_on, budget=what.budget, supervision_phone=what.supervision_phone,
        )  # fmt: skip
        project.save()
        project._take_up(organization, Method.EXISTING)
        db.session.flush()
        return project  # type: ignore[no-any-return]

    @classmethod
    def _by_contract(cls, organization_id: int, contract_no: str) -> str | None:
        table: Any = cls
        return db.session.scalar(
            select(table.title).where(table.organization_id == organization_id, table.contract_no == contract_no)
        )

    def _take_up(self, organization: Organization | None, method: Method) -> None:
        """Begin: the step by which every project leaves APPROVED."""
        project: Any = self
        project._step("assign")
        project.organization_id, project.method = (organization.id if organization else None), method

    def _carry(self, package: Package) -> None:
        project: Any = self
        for table in (PackageNeed, BudgetLine):
            where = [table.package_id == package.id]
            if table is PackageNeed:
                where.append(PackageNeed.left_at.is_(None))
            db.session.execute(update(table).where(*where).values(project_id=project.id))
        if package.output_target:
            project._add_goal(
                package.output[:120], Measure(package.output_measure or Measure.TURNS), package.output_unit or "",
                package.output_target,
            )  # fmt: skip
