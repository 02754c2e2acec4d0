"""Words of the directory of units in charge."""

from flask_babel import lazy_gettext as _l

REFUSALS = {
    "duties_needed": _l("Please write what the unit is in charge of."),
    "unit_is_gone": _l("This unit was already taken from the directory."),
    "not_a_question": _l("Only a question that was answered in writing is kept here."),
    "kept_question_needed": _l("Please write the question."),
    "kept_answer_needed": _l("Please write the answer."),
    "unit_elsewhere": _l("This unit belongs to another community."),
    "answer_kept": _l("The answer to this question is kept already."),
    "answer_is_gone": _l("This answer was already taken from the directory."),
}

DEEDS = {
    "unit.enter": _l("Unit entered in the directory"),
    "unit.edit": _l("Directory entry rewritten"),
    "kept_answer.lay_down": _l("Answer kept in the directory"),
    "kept_answer.retire": _l("Answer taken from the directory"),
    "unit.retire": _l("Unit taken from the directory"),
}
