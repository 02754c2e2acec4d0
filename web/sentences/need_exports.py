"""Words of sheets that are taken along."""

from flask_babel import lazy_gettext as _l

REFUSALS = {
    "nothing_to_export": _l("No matter fits, so there is nothing to take along."),
    "export_too_large": _l("A sheet holds at most %(most)s rows. Please narrow the list on the desk."),
}

LABELS = {
    "ExportColumn": {
        "ticket_no": _l("Number"),
        "external_no": _l("Number at the sender"),
        "community": _l("Community"),
        "place": _l("Place"),
        "title": _l("Heading"),
        "text": _l("Words"),
        "tile": _l("Tile"),
        "kind": _l("Kind"),
        "field": _l("Field"),
        "urgency": _l("Urgency"),
        "state": _l("State"),
        "source": _l("How it came"),
        "author": _l("Who said it"),
        "phone": _l("Phone"),
        "raised_at": _l("When it was said"),
        "accepted_at": _l("Accepted on"),
        "answer_due_at": _l("Answer due"),
        "external_due_at": _l("Due at the sender"),
        "answered_at": _l("Answered on"),
        "answer_text": _l("Answer"),
    },
}

DEEDS = {"need_export.take": _l("Needs taken along as a sheet")}
