"""How an organization came to a project, who works on it, and what is known of a project that ran before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.base import Refused
from models.needs import Field
from models.packages.kinds import LARGEST


class Method(StrEnum):
    """How the organization came to the project; procurement adds its own later."""

    ASSIGNED = "ASSIGNED"
    SELF = "SELF"
    EXISTING = "EXISTING"


class TeamPart(StrEnum):
    """What somebody does in a project's team."""

    WORKER = "WORKER"
    SUPERVISOR = "SUPERVISOR"


# What it is called where nothing but projects is spoken of.
Part = TeamPart


@dataclass(frozen=True)
class Existing:
    """A project that was running before anybody wrote it down here (在执行项目)."""

    title: str
    contract_no: str
    field: Field
    starts_on: date
    ends_on: date
    budget: int = 0
    problem: str = ""
    change: str = ""
    how_checked: str = ""
    supervision_phone: str | None = None

    def check(self) -> None:
        """Refuse what cannot be. Errors: Refused("title_needed", "contract_no_needed", "period_backwards",
        "amount_refused").
        """
        if not self.title.strip():
            raise Refused("title_needed")
        if not self.contract_no.strip():
            raise Refused("contract_no_needed")
        if self.starts_on >= self.ends_on:
            raise Refused("period_backwards")
        if not 0 <= self.budget <= LARGEST:
            raise Refused("amount_refused")
