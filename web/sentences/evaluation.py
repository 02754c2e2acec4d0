"""Words of evaluations: what is refused, how states and indicators are called, what the timeline says."""

from flask_babel import lazy_gettext as _l

REFUSALS = {
    "weights_total_100": _l("The weights of the four indicators must total 100."),
    "scheme_published": _l("This version is published. It stays as it is; please draft the next one."),
    "scheme_too_late": _l("A version is fixed before its period begins. Please choose a later first day."),
    "score_out_of_range": _l("Scores lie between 0 and 100, with one decimal at most."),
    "evidence_needed": _l("%(indicator)s: please write what you saw, in at least %(least)s characters."),
    "evaluator_conflict": _l("You belong to the provider, its community or the purchaser. Somebody else has to score this."),
}  # fmt: skip

LABELS = {
    "Status": {
        "NOT_EVALUABLE": _l("Too few people served for a figure"),
        "INSUFFICIENT": _l("Not enough evidence yet"),
        "PROVISIONAL": _l("Provisional"),
        "TARGET_MET": _l("Enough ratings"),
    },
    "Grade": {
        "EXCELLENT": _l("Excellent"),
        "GOOD": _l("Good"),
        "PASSED": _l("Passed"),
        "FAILED": _l("Not passed"),
    },
    "Indicator": {
        "OPERATION": _l("Quality of operation"),
        "ACHIEVEMENT": _l("What was achieved"),
        "ORGANIZATION": _l("Organization and management"),
        "BUDGET": _l("Budget"),
    },
    "SchemeState": {
        "DRAFT": _l("Draft of rules"),
        "PUBLISHED": _l("Published rules"),
    },
    "Eyes": {
        "WEEKLY": _l("Figures of last Monday"),
        "LIVE": _l("Figures of this moment"),
        "ALL": _l("Everything, for the auditor"),
    },
}

DEEDS = {
    "evaluation_scheme.draft": _l("Evaluation rules were drafted"),
    "evaluation_scheme.revise": _l("The draft of the evaluation rules was changed"),
    "evaluation_scheme.publish": _l("Evaluation rules were published"),
    "base_score.give": _l("An evaluator scored the four indicators"),
}
