"""Words of activities."""

from flask_babel import lazy_gettext as _l

REFUSALS = {
    "activity_cancelled": _l("This activity was called off."),
    "activity_over": _l("This activity is over."),
    "activity_too_long": _l("One activity lasts at most 24 hours; please announce each day by itself."),
    "activity_in_the_past": _l("This time is already past."),
    "project_of_another_community": _l("This project belongs to another community."),
}

NEWS = {
    "activity_cancelled": _l("An activity you signed up for was called off."),
    "activity_tomorrow": _l("Tomorrow you are expected: %(what)s, %(at)s, %(place)s."),
}

DEEDS = {
    "activity.announce": _l("Activity announced"),
    "activity.cancel": _l("Activity called off"),
    "activity.remind": _l("Reminded those who signed up"),
}
