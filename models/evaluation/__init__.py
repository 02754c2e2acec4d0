"""What a project's service was worth: the residents' voice and the other indicators, with the arithmetic shown."""

from models.evaluation.formula import PRIVATE_BELOW, Explanation, NextStep, Status, Term, explain, mean_of
from models.evaluation.scheme import USUAL_SCHEME, Grade, Scheme, base_score, grade, next_weights
from models.rates import half_up

__all__ = [
    "PRIVATE_BELOW",
    "USUAL_SCHEME",
    "Explanation",
    "Grade",
    "NextStep",
    "Scheme",
    "Status",
    "Term",
    "base_score",
    "explain",
    "grade",
    "half_up",
    "mean_of",
    "next_weights",
]
