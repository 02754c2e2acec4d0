"""Words of what volunteers did before: how hours are to be read, and what cannot be known."""

from flask_babel import lazy_gettext as _l

LABELS = {
    "HoursTold": {
        "TOGETHER": _l("of all together"),
        "EACH": _l("of each"),
        "UNCLEAR": _l("of each or of all: cannot be told"),
        "NONE": _l("not written"),
    },
    "VolunteeringColumn": {
        "day": _l("Day of the activity"),
        "year": _l("Year"),
        "month": _l("Month"),
        "title": _l("Activity"),
        "sort": _l("Sort of activity"),
        "place": _l("Place"),
        "volunteers": _l("Volunteers"),
        "hours": _l("Hours (of each or of all is not said)"),
        "hours_together": _l("Hours of all together"),
        "hours_each": _l("Hours of each"),
        "served": _l("Services given"),
        "child_n": _l("Volunteers: children"),
        "parent_n": _l("Volunteers: parents"),
        "student_n": _l("Volunteers: students"),
        "teacher_n": _l("Volunteers: teachers"),
        "public_n": _l("Volunteers: others"),
        "child_h": _l("Hours: children"),
        "parent_h": _l("Hours: parents"),
        "student_h": _l("Hours: students"),
        "teacher_h": _l("Hours: teachers"),
        "public_h": _l("Hours: others"),
    },
    "VolunteeringFault": {
        "month_missing": _l("Neither day nor month is written: nobody can say when this was."),
        "month_wrong": _l("There is no such month."),
        "month_differs": _l("Day and month contradict each other; the day was taken."),
        "day_missing": _l("No day is written; only the month is kept."),
        "hours_missing": _l("No hours are written."),
        "hours_unclear": _l(
            "Several volunteers: whether the hours are of each or of all together is not said. They are kept as written and not added up; if you know, say it by hand under the columns."
        ),
        "parts_missing": _l("The hours are given in sum only, not by group."),
        "parts_differ": _l("The groups do not add up to the sum; the sum was taken."),
    },
}
