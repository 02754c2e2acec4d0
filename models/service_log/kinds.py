"""The words of a log: methods, stages of a case, and what a worker writes down about one service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.activities import Activity
    from models.attendance import NameLine, Presence
    from models.needs import Need
    from models.projects import Goal
    from models.service_lists import ServiceList


class ServiceMethod(StrEnum):
    """走访, 小组, 社区活动, 个案 (number and stage only), 名单式服务 (door after door, once)."""

    VISIT = "VISIT"
    GROUP = "GROUP"
    EVENT = "EVENT"
    CASE = "CASE"
    LIST = "LIST"


class Lasting(StrEnum):
    """Whether service goes on with the same people, or happens once (R93): the two are counted apart everywhere."""

    CONTINUING = "CONTINUING"
    ONE_OFF = "ONE_OFF"


# What a worker begins by itself; a list is recorded from where it was ticked.
BY_HAND = (ServiceMethod.VISIT, ServiceMethod.GROUP, ServiceMethod.EVENT, ServiceMethod.CASE)
# Rounds of visits, series of sessions and cases go on; whatever else is written down happened once.
CONTINUING = frozenset({ServiceMethod.VISIT, ServiceMethod.GROUP, ServiceMethod.CASE})


def lasting(method: ServiceMethod | str | None) -> Lasting:
    """Return whether a service of this method goes on; help at something without a log happened once."""
    return Lasting.CONTINUING if method in CONTINUING else Lasting.ONE_OFF


class CaseStage(StrEnum):
    """The six stages of case work. Source: domain/norms.md 1.8."""

    INTAKE = "INTAKE"
    ASSESSMENT = "ASSESSMENT"
    PLANNING = "PLANNING"
    INTERVENTION = "INTERVENTION"
    EVALUATION = "EVALUATION"
    CLOSURE = "CLOSURE"


@dataclass(frozen=True)
class Entry:
    """What is written about one service. `people` None leaves the list as it stands; `names` and `helpers` are added to
    it, matched by name and building.
    """

    method: ServiceMethod
    title: str
    place: str
    started_at: datetime
    ended_at: datetime
    public_summary: str = ""
    internal: str = ""
    needs: tuple[Need, ...] = ()
    goal: Goal | None = None
    scale_before: int | None = None
    scale_after: int | None = None
    case_no: str = ""
    case_stage: CaseStage | None = None
    activity: Activity | None = None
    from_list: ServiceList | None = None
    people: tuple[Presence, ...] | None = None
    names: tuple[NameLine, ...] = ()
    helpers: tuple[NameLine, ...] = ()
    walk_ins: int = 0
    late_reason: str = ""
    photos: tuple[str, ...] = ()
    photo_owner: str = ""
    done_at: datetime | None = None
    clock_off: bool = False
    key: str = ""
    photos_coming: int = 0
