"""Words of the sheet of the day."""

from flask_babel import lazy_gettext as _l

from web.wording import counted as _n

LABELS = {
    "DayPart": {
        "DUE": _l("Due"),
        "VISITS": _l("To visit"),
        "MATCH": _l("To match and to join"),
        "SIGN": _l("To sign"),
        "REST": _l("Besides"),
    },
}

NEWS = {
    "day_begins": _n("Good morning. %(n)s thing waits today.", "Good morning. %(n)s things wait today."),
}

DEEDS = {
    "day_sheet.ring": _l("The morning told what waits"),
}
