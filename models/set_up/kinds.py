"""The steps of a community's first days, and what each of them may still lack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class SetUpStep(StrEnum):
    """The steps, in the order in which they are taken."""

    HOURS = "HOURS"
    PLACES = "PLACES"
    STAFF = "STAFF"
    POSTERS = "POSTERS"
    LEDGER = "LEDGER"
    TRIAL = "TRIAL"


class Missing(StrEnum):
    """What a step lacks."""

    NAME = "NAME"
    HOURS = "HOURS"
    PHONE = "PHONE"
    DUTY_PHONE = "DUTY_PHONE"
    GRIDS = "GRIDS"
    EMPTY_GRIDS = "EMPTY_GRIDS"
    HOUSEHOLDS = "HOUSEHOLDS"
    KINDS = "KINDS"
    CLERK = "CLERK"
    GRID_WORKERS = "GRID_WORKERS"
    POSTERS = "POSTERS"
    LEDGER = "LEDGER"
    TRIAL = "TRIAL"


@dataclass(frozen=True)
class Check:
    """One step: what is missing with how many of it, and why it was put aside where it was. Nothing missing is done."""

    step: SetUpStep
    missing: tuple[tuple[Missing, int], ...]
    aside: str | None = None

    @property
    def done(self) -> bool:
        """Tell whether the records lack nothing."""
        return not self.missing

    @property
    def open(self) -> bool:
        """Tell whether it still waits for somebody."""
        return not self.done and self.aside is None


@dataclass(frozen=True)
class Checklist:
    """The first days of one community, with its trial run; `unused` counts slips that colleagues have not used yet."""

    public_id: str
    name: str
    checks: tuple[Check, ...]
    unused: int
    trial_until: datetime | None
    on_trial: bool
    extended: bool = False
    reasons: tuple[str, ...] = ()

    @property
    def done(self) -> int:
        """Return how many steps wait no more."""
        return sum(not one.open for one in self.checks)

    @property
    def over(self) -> bool:
        """Tell whether every step is done or put aside."""
        return self.done == len(self.checks)

    @property
    def next(self) -> Check | None:
        """Return the first step that waits."""
        return next((one for one in self.checks if one.open), None)

    @property
    def last_day(self) -> datetime | None:
        """Return an instant of the last day of the trial run."""
        return self.trial_until - timedelta(seconds=1) if self.trial_until else None
