"""Words of the totals by day."""

from flask_babel import lazy_gettext as _l

LABELS = {
    "Count": {
        "RECEIVED": _l("Came in (needs)"),
        "ACCEPTED": _l("Accepted (needs)"),
        "ANSWERED": _l("Answered (needs)"),
        "RESOLVED": _l("Settled (needs)"),
        "CLOSED": _l("Came to rest (needs)"),
        "LATE": _l("Late (needs)"),
    },
}
