"""Words of the directory of units in charge."""

from flask_babel import lazy_gettext as _l

REFUSALS = {
    "duties_needed": _l("Please write what the unit is in charge of."),
    "unit_is_gone": _l("This unit was already taken from the directory."),
}

DEEDS = {
    "unit.enter": _l("Unit entered in the directory"),
    "unit.edit": _l("Directory entry rewritten"),
    "unit.retire": _l("Unit taken from the directory"),
}
