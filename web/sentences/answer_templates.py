"""Words of the sentences that are written again and again."""

from flask_babel import lazy_gettext as _l

REFUSALS = {"template_is_gone": _l("This sentence is no longer offered.")}

LABELS = {
    "TemplateStep": {
        "ASK_INFO": _l("Asking for more"),
        "ANSWER_DONE": _l("Answer: it is done"),
        "ANSWER_CANNOT": _l("Answer: it cannot be done"),
        "REJECT": _l("Not accepting"),
        "REDIRECT": _l("Sending on"),
        "EXTEND": _l("Asking for more time"),
    }
}

DEEDS = {
    "template.write": _l("Ready sentence written"),
    "template.edit": _l("Ready sentence rewritten"),
    "template.retire": _l("Ready sentence taken away"),
}
