"""What a project's service was worth: the residents' voice and the other indicators, with the arithmetic shown."""

from models.evaluation.formula import PRIVATE_BELOW, Explanation, NextStep, Status, Term, explain, mean_of
from models.evaluation.kinds import USUAL_WEIGHTS, Eyes, Indicator, SchemeState
from models.evaluation.lists import EvaluationLine, SchemeLine, evaluations, scheme_line, scheme_lines
from models.evaluation.proposals import Proposal, proposal, quality_of
from models.evaluation.reading import (
    Evaluation,
    IndicatorLine,
    Satisfaction,
    WhatIf,
    evaluation_of,
    eyes_of,
    satisfaction,
    single_ratings,
)
from models.evaluation.rows import (
    BaseScore,
    EvaluationScheme,
    check_independent,
    latest_base,
    latest_bases,
    scheme_for,
    weights_of,
)
from models.evaluation.scheme import USUAL_SCHEME, Grade, Scheme, base_score, grade, next_weights
from models.rates import half_up

__all__ = [
    "PRIVATE_BELOW",
    "USUAL_SCHEME",
    "USUAL_WEIGHTS",
    "BaseScore",
    "Evaluation",
    "EvaluationLine",
    "EvaluationScheme",
    "Explanation",
    "Eyes",
    "Grade",
    "Indicator",
    "IndicatorLine",
    "NextStep",
    "Proposal",
    "Satisfaction",
    "Scheme",
    "SchemeLine",
    "SchemeState",
    "Status",
    "Term",
    "WhatIf",
    "base_score",
    "check_independent",
    "evaluation_of",
    "evaluations",
    "explain",
    "eyes_of",
    "grade",
    "half_up",
    "latest_base",
    "latest_bases",
    "mean_of",
    "next_weights",
    "proposal",
    "quality_of",
    "satisfaction",
    "scheme_for",
    "scheme_line",
    "scheme_lines",
    "single_ratings",
    "weights_of",
]
