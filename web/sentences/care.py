"""Words of the people served: what is refused, and what was done."""

from flask_babel import lazy_gettext as _l

REFUSALS = {
    "not_of_this_visit": _l("This visit does not name this person. Please choose somebody who was visited."),
    "term_out_of_range": _l("Between two looks there may lie 0 to %(longest)s days."),
}

LABELS = {
    "ConsentNotice": {
        "proxy_entry": _l("A matter was written down for them"),
        "2026-11": _l("Privacy notice of November 2026"),
    },
}

DEEDS = {
    "contact_terms.set": _l("Days between two looks set"),
}
