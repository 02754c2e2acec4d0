"""Words of the talk among colleagues."""

from flask_babel import lazy_gettext as _l

REFUSALS = {
    "not_your_words": _l("Only whoever said it can take it back."),
    "taken_back": _l("This was taken back already."),
    "nothing_calls_you": _l("Nothing here calls you any more."),
}

LABELS = {
    "About": {"needs": _l("Need"), "service-logs": _l("Service record"), "projects": _l("Project")},
}

DEEDS = {
    "comment.say": _l("Said something to colleagues"),
    "comment.take_back": _l("Took words to colleagues back"),
    "comment.see": _l("Read what colleagues said"),
}
