"""What a decider looks at twice: sums that hug a limit, work cut into small pieces, a project that nobody surveyed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select

from models.base import SHANGHAI, db
from models.packages.kinds import SMALL_LIMIT, Paper, Track
from models.packages.row import BudgetLine, Package
from models.states import PackageState

# Amounts within five percent below the limit. Source: domain/abuse.md F12.
HUGGING = SMALL_LIMIT * 95 // 100
ALIKE = 0.7
COUNTED = (PackageState.SUBMITTED, PackageState.APPROVED, PackageState.RETURNED, PackageState.DRAFT)


class CautionKey(StrEnum):
    """What may be behind it; never a refusal."""

    HUGS_LIMIT = "HUGS_LIMIT"
    LOOKS_SPLIT = "LOOKS_SPLIT"
    SAME_TITLE = "SAME_TITLE"
    NO_SURVEY = "NO_SURVEY"


@dataclass(frozen=True)
class Caution:
    """One thing to look at twice, with the numbers and the other package behind it."""

    key: CautionKey
    fen: int = 0
    n: int = 0
    title: str = ""
    public_id: str = ""


def trigrams(text: str) -> set[str]:
    """Return the runs of three letters of a title. Pure."""
    bare = "".join(one for one in text.casefold() if one.isalnum())
    return {bare[at : at + 3] for at in range(len(bare) - 2)} or {bare}


def alike(one: str, other: str) -> float:
    """Return 0..1: the share of runs of three letters that two titles have in common. Pure."""
    left, right = trigrams(one), trigrams(other)
    return len(left & right) / len(left | right)


def cautions(package: Package) -> tuple[Caution, ...]:
    """Return what a decider should look at twice. Source: domain/abuse.md F11, F12; formulas.md D1."""
    own = package.total()
    found = [Caution(CautionKey.HUGS_LIMIT, fen=own)] if HUGGING <= own <= SMALL_LIMIT else []
    others = _others(package)
    small = [row for row in others if row.track == Track.SMALL and row.field == package.field]
    total = own + sum(int(row.fen) for row in small)
    if package.track == Track.SMALL and small and total > SMALL_LIMIT:
        found.append(Caution(CautionKey.LOOKS_SPLIT, fen=total, n=len(small) + 1))
    nearest = max(others, key=lambda row: alike(package.title, row.title), default=None)
    if nearest is not None and alike(package.title, nearest.title) > ALIKE:
        found.append(Caution(CautionKey.SAME_TITLE, title=nearest.title, public_id=nearest.public_id))
    # A project is built on what was asked at the doors; where nobody asked, the problem says why (R9).
    if package.track == Track.PROJECT and Paper.SURVEY not in package.papers():
        found.append(Caution(CautionKey.NO_SURVEY))
    return tuple(found)


def _others(package: Package) -> list[Any]:
    """Return the other packages of the community in the same fiscal year, which is the calendar's."""
    year = package.created_at.astimezone(SHANGHAI).year
    fen = (
        select(func.coalesce(func.sum(BudgetLine.amount), 0))
        .where(BudgetLine.package_id == Package.id)
        .correlate(Package)
        .scalar_subquery()
        .label("fen")
    )
    query = select(Package.public_id, Package.title, Package.track, Package.field, fen).where(
        Package.community_id == package.community_id,
        Package.id != package.id,
        Package.state.in_(COUNTED),
        Package.created_at >= datetime(year, 1, 1, tzinfo=SHANGHAI),
        Package.created_at < datetime(year + 1, 1, 1, tzinfo=SHANGHAI),
    )
    return list(db.session.execute(query.order_by(Package.id)))
