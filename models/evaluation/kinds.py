"""The words of an evaluation: what is scored beside the residents' voice, and with whose eyes a page is read."""

from __future__ import annotations

from enum import StrEnum


class Indicator(StrEnum):
    """The four other indicators: 运行质量 实现情况 组织管理 预算考核. Source: domain/formulas.md D7."""

    OPERATION = "OPERATION"
    ACHIEVEMENT = "ACHIEVEMENT"
    ORGANIZATION = "ORGANIZATION"
    BUDGET = "BUDGET"


USUAL_WEIGHTS = {Indicator.OPERATION: 30, Indicator.ACHIEVEMENT: 30, Indicator.ORGANIZATION: 20, Indicator.BUDGET: 20}


class SchemeState(StrEnum):
    """A draft may change; what was published stays as it is."""

    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"


class Eyes(StrEnum):
    """With whose eyes figures are read: weekly (public, organization), live (committee, street), all (auditor)."""

    WEEKLY = "WEEKLY"
    LIVE = "LIVE"
    ALL = "ALL"
