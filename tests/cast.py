"""The people of the tests: two communities of one street, two organizations, and everybody who has a part."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from models.accounts import Account, Role
from models.organizations import Organization
from models.people import Person
from models.places import Place
from tests import builders


@dataclass
class Cast:
    """Who is there; `other_…` belongs to the neighbouring community or organization and must not see ours."""

    district: Place
    street: Place
    community: Place
    other_community: Place
    grid: Place
    courtyard: Place
    organization: Organization
    other_organization: Organization
    neighbor: Person
    resident: Account
    other_resident: Account
    clerk: Account
    head: Account
    other_clerk: Account
    other_head: Account
    grid_worker: Account
    street_officer: Account
    finance: Account
    district_officer: Account
    manager: Account
    worker: Account
    supervisor: Account
    other_worker: Account
    supporter: Account
    evaluator: Account
    expert: Account
    auditor: Account
    administrator: Account
    two_hats: Account

    def everybody(self) -> dict[str, Account]:
        """Return all accounts by their part."""
        return {name: one for name, one in vars(self).items() if isinstance(one, Account)}


def assemble() -> Cast:
    """Call the cast together."""
    district = builders.district()
    street = builders.street(district)
    community, other = builders.community(street, "晋阳社区"), builders.community(street, "春熙里社区")
    grid = builders.grid(community)
    courtyard = builders.courtyard(grid)
    organization, rival = builders.organization(), builders.organization(f"同行服务中心{builders.number()}")
    neighbor = builders.person(community, "王桂兰", courtyard_id=courtyard.id, grid_id=grid.id, building="5", unit="1")
    stranger = builders.person(other, "赵建国")

    def has(name: str, role: Role, place: Place | None = None, of: Organization | None = None) -> Account:
        return builders.account(name, role=role, place=place, organization=of)

    two_hats = has("何双", Role.CLERK, community)
    two_hats.grant(Role.AUDITOR, by=builders.JOB, place=other)
    return Cast(
        district, street, community, other, grid, courtyard, organization, rival, neighbor,
        resident=builders.account("王桂兰", person=neighbor),
        other_resident=builders.account("赵建国", person=stranger),
        clerk=has("李晓梅", Role.CLERK, community),
        head=has("周志强", Role.HEAD, community),
        other_clerk=has("吴敏", Role.CLERK, other),
        other_head=has("郑书记", Role.HEAD, other),
        grid_worker=has("孙网格", Role.GRID_WORKER, grid),
        street_officer=has("陈科长", Role.STREET_OFFICE, street),
        finance=has("钱会计", Role.FINANCE, street),
        district_officer=has("高主任", Role.DISTRICT, district),
        manager=has("冯总干事", Role.ORG_MANAGER, of=organization),
        worker=has("陈社工", Role.SOCIAL_WORKER, of=organization),
        supervisor=has("林督导", Role.SUPERVISOR, of=organization),
        other_worker=has("许社工", Role.SOCIAL_WORKER, of=rival),
        supporter=has("邻里协力", Role.SUPPORT_ORG, district),
        evaluator=has("评估员", Role.EVALUATOR, street),
        expert=has("专家", Role.EXPERT, street),
        auditor=has("审计", Role.AUDITOR, street),
        administrator=has("管理员", Role.SYSADMIN, district),
        two_hats=two_hats,
    )  # fmt: skip


@pytest.fixture
def cast(db: object) -> Cast:
    """Return the cast inside the test's own transaction."""
    return assemble()
