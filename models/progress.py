"""How far a project has come: each goal beside what the approved logs amount to, derived whenever it is read."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from models.base import db
from models.packages import Measure
from models.projects import Goal, Project
from models.service_log.counting import Counts, counts_by_goal


@dataclass(frozen=True)
class GoalProgress:
    """One goal: what was promised, what is reached, and the whole percent of it, at most a hundred."""

    public_id: str
    title: str
    measure: Measure
    unit: str
    target: int
    reached: int
    percent: int
    scale: tuple[int, int, str] | None


def reached(measure: Measure, counts: Counts) -> int:
    """Return what a goal's measure counts: different people, turns, sessions or minutes. Pure."""
    return {
        Measure.PERSONS: counts.persons,
        Measure.TURNS: counts.turns,
        Measure.SESSIONS: counts.sessions,
        Measure.MINUTES: counts.minutes,
    }[measure]


def progress(project: Project) -> list[GoalProgress]:
    """Return the goals of a project in the order in which they were set, with what approved logs reached.

    Source: domain/states.md C3, C10; decisions.md 5.
    """
    counted = counts_by_goal(project)
    goals = db.session.scalars(select(Goal).where(Goal.project_id == project.id).order_by(Goal.id))
    return [_of(goal, counted.get(goal.id, Counts())) for goal in goals]


def _of(goal: Goal, counts: Counts) -> GoalProgress:
    measure = Measure(goal.measure)
    so_far = reached(measure, counts)
    scale = None
    if goal.scale_low is not None and goal.scale_high is not None:
        scale = (goal.scale_low, goal.scale_high, goal.scale_label or "")
    percent = min(100, 100 * so_far // goal.target)
    return GoalProgress(goal.public_id, goal.title, measure, goal.unit, goal.target, so_far, percent, scale)
