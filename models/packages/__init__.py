"""Packages: needs gathered into a proposal, until somebody who may decide has decided."""

from models.packages.kinds import DECIDES, SMALL_LIMIT, BudgetCategory, Line, Measure, Paper, Proposal, Track
from models.packages.members import authors, take_in, with_merged
from models.packages.row import BudgetLine, Package, PackageNeed, PackagePaper
from models.packages.wording import Hint, vague

__all__ = [
    "DECIDES",
    "SMALL_LIMIT",
    "BudgetCategory",
    "BudgetLine",
    "Hint",
    "Line",
    "Measure",
    "Package",
    "PackageNeed",
    "PackagePaper",
    "Paper",
    "Proposal",
    "Track",
    "authors",
    "take_in",
    "vague",
    "with_merged",
]
