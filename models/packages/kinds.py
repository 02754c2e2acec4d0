"""The words a proposal is written in: its track, what it counts, what money is for, and the papers it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.base import Refused
from models.needs import Field
from models.permissions import Permission

# 小额: up to and including 10,000 yuan, in fen. Source: domain/formulas.md D1.
SMALL_LIMIT = 1_000_000
# The largest sum that nine digits of yuan can write, so that a total never leaves BIGINT.
LARGEST = 99_999_999_999


class Track(StrEnum):
    """Three tracks: 自办 costs no money, 小额 at most 10,000 yuan, 项目 goes to the street."""

    SELF_RUN = "SELF_RUN"
    SMALL = "SMALL"
    PROJECT = "PROJECT"


DECIDES: dict[Track, Permission] = {
    Track.SELF_RUN: Permission.SIGN_SELF_RUN,
    Track.SMALL: Permission.APPROVE_PACKAGE,
    Track.PROJECT: Permission.APPROVE_PACKAGE,
}


class BudgetCategory(StrEnum):
    """What money is for. Source: domain/states.md C3."""

    STAFF = "STAFF"
    ACTIVITY = "ACTIVITY"
    MANAGEMENT = "MANAGEMENT"
    SUPERVISION = "SUPERVISION"
    EVALUATION = "EVALUATION"


class Measure(StrEnum):
    """How a goal is counted: different people, turns, sessions, or minutes of service."""

    PERSONS = "PERSONS"
    TURNS = "TURNS"
    SESSIONS = "SESSIONS"
    MINUTES = "MINUTES"


class Paper(StrEnum):
    """The papers that come with a proposal: the record of the meeting, the notice that hung, the survey."""

    MEETING = "MEETING"
    NOTICE = "NOTICE"
    SURVEY = "SURVEY"


@dataclass(frozen=True)
class Line:
    """One line of a budget, in fen."""

    category: BudgetCategory
    label: str
    fen: int


@dataclass(frozen=True)
class Proposal:
    """Everything that is written down in a package beside its needs."""

    title: str
    track: Track
    field: Field
    problem: str
    output: str = ""
    change: str = ""
    how_checked: str = ""
    output_target: int | None = None
    output_measure: Measure | None = None
    output_unit: str | None = None
    persons: int | None = None
    households: int | None = None
    activities: Sequence[str] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    lines: Sequence[Line] = ()

    @property
    def total(self) -> int:
        """Return the sum of the budget in fen."""
        return sum(line.fen for line in self.lines)

    def check(self) -> None:
        """Refuse what no draft may say.

        Errors: Refused("title_needed", "problem_needed", "amount_refused", "self_run_costs_nothing",
        "small_is_too_large", "period_backwards"). Source: domain/formulas.md D1.
        """
        if not self.title.strip():
            raise Refused("title_needed")
        if not self.problem.strip():
            raise Refused("problem_needed")
        if any(line.fen < 0 for line in self.lines) or self.total > LARGEST:
            raise Refused("amount_refused")
        if self.track == Track.SELF_RUN and self.total > 0:
            raise Refused("self_run_costs_nothing")
        if self.track == Track.SMALL and self.total > SMALL_LIMIT:
            raise Refused("small_is_too_large")
        if self.starts_on and self.ends_on and self.starts_on >= self.ends_on:
            raise Refused("period_backwards")
