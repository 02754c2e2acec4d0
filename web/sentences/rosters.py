"""Words of the lists of people served and of volunteers."""

from flask_babel import lazy_gettext as _l

from web.sentences import people

LABELS = {
    "Roster": {"SERVED": _l("People served"), "VOLUNTEERS": _l("Volunteers")},
    "RosterColumn": {
        **people.LABELS["PersonColumn"],
        "project": _l("Project"),
        "number": _l("Number on the list"),
        "since": _l("On the list since"),
        "last_seen_on": _l("Seen last"),
        "skills": _l("Skills"),
        "times": _l("Free times"),
        "minutes_before": _l("Hours before (as told)"),
        "note": _l("Remark"),
    },
}
