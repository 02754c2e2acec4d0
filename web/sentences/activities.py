"""Words of activities."""

from flask_babel import lazy_gettext as _l

REFUSALS = {
    "activity_cancelled": _l("This activity was called off."),
    "activity_over": _l("This activity is over."),
    "activity_too_long": _l("One activity lasts at most 24 hours; please announce each day by itself."),
    "activity_in_the_past": _l("This time is already past."),
    "fewer_than_signed_up": _l("More people have signed up than that."),
    "not_risky": _l("This activity is not marked as risky; it needs no insurance."),
    "insurance_number_needed": _l("Please copy the number from the policy."),
    "insurance_not_that_day": _l("This insurance does not cover the day of the activity."),
    "insurance_needed": _l(
        "This activity is marked as risky. Its insurance has to be entered before anybody can be noted as present."
    ),
    "weekday_needed": _l("Please tick the days of the week on which it takes place."),
    "series_without_days": _l("No such day of the week lies between the first day and the last."),
    "too_many_times": _l("At most %(most)s times in one go, please."),
    "nothing_left_of_the_series": _l("No time of this activity is still to come."),
    "project_of_another_community": _l("This project belongs to another community."),
}

NEWS = {
    "activity_cancelled": _l("An activity you signed up for was called off."),
    "activity_moved": _l("What you signed up for has another time or place now: %(what)s, %(at)s, %(place)s."),
    "activity_tomorrow": _l("Tomorrow you are expected: %(what)s, %(at)s, %(place)s."),
}

DEEDS = {
    "activity.announce": _l("Activity announced"),
    "activity.cancel": _l("Activity called off"),
    "activity.change": _l("Activity changed"),
    "activity.insure": _l("Insurance entered"),
    "activity_series.announce": _l("Weekly activity announced"),
    "activity_series.cancel_rest": _l("Rest of a weekly activity called off"),
    "activity.remind": _l("Reminded those who signed up"),
}
