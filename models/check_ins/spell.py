"""From the lines of the book to one stay: when somebody came, was last seen, and left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from models.check_ins.row import Deed
from models.check_ins.turning import Way


class Line(Protocol):
    """What of a line decides."""

    id: int
    deed: Deed
    way: Way
    at: datetime
    corrects_id: int | None
    struck: bool


@dataclass(frozen=True)
class Stay:
    """When somebody came, was last seen and left; each is None where nobody noted it."""

    came_at: datetime | None = None
    seen_at: datetime | None = None
    left_at: datetime | None = None
    left_by: Way | None = None


def standing(lines: Sequence[Line]) -> list[Line]:
    """Return the lines that count: those that no further line puts right, and not those that strike one."""
    corrected = {one.corrects_id for one in lines}
    return [one for one in lines if one.id not in corrected and not one.struck]


def stay(lines: Sequence[Line]) -> Stay:
    """Return the stay that the lines tell. Whoever came several times came first and left last.

    Every line is a sign of presence. Source: domain/formulas.md D8.
    """
    counted = standing(lines)
    came = min((one.at for one in counted if one.deed == Deed.IN), default=None)
    left = max((one for one in counted if one.deed == Deed.OUT), key=lambda one: one.at, default=None)
    signs = [one.at for one in counted if one.deed != Deed.OUT]
    if came is None:
        return Stay()
    return Stay(came, max(signs), max(came, left.at) if left else None, Way(left.way) if left else None)
