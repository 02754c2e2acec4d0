"""What a thread is made of: its knots, how far each is, and what it leads to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from models.base import SHANGHAI
from models.projects import Project


class Step(StrEnum):
    """The knots a thread may have, from what was asked to what it was worth."""

    NEEDS = "NEEDS"
    RAISED = "RAISED"
    ACCEPTED = "ACCEPTED"
    TURNED_AWAY = "TURNED_AWAY"
    MERGED = "MERGED"
    PACKAGE = "PACKAGE"
    PROJECT = "PROJECT"
    ASSIGNED = "ASSIGNED"
    SERVICE = "SERVICE"
    ANSWER = "ANSWER"
    CONFIRMED = "CONFIRMED"
    RATING = "RATING"
    EVALUATION = "EVALUATION"


class KnotState(StrEnum):
    """How far a knot is; the values are the classes of the drawing."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Knot:
    """One knot: its title by key, one line below by key with values, when, and the thing it leads to."""

    key: Step
    state: KnotState
    at: datetime | None = None
    detail: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    kind: str | None = None
    public_id: str | None = None


def began(project: Project) -> datetime:
    """Return the first instant of a project's first day."""
    return datetime.combine(project.starts_on, time(), SHANGHAI)


def founded(project: Project) -> datetime:
    """Return when a project was there: approved from its package; one that was entered, by the end of its first day."""
    if project.package_id is not None:
        return project.created_at
    return min(project.created_at, began(project) + timedelta(days=1))
