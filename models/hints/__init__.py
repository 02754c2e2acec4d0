"""Hints (提示): what many records tell together that one alone does not; a person looks, a person decides."""

from models.hints.finding import Hint, HintKind, histogram
from models.hints.judging import HintComment, HintDecision, HintLine, HintVerdict, find, lines

__all__ = [
    "Hint", "HintComment", "HintDecision", "HintKind", "HintLine", "HintVerdict", "find", "histogram", "lines",
]  # fmt: skip
