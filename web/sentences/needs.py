"""Words of the resident's side of needs."""

from flask_babel import lazy_gettext as _l

REFUSALS = {
    "picture_unreadable": _l("This picture cannot be opened. Please take it again."),
    "picture_kind_unknown": _l("Please send a photo: JPEG, PNG, WebP or the iPhone's HEIC."),
    "picture_too_large": _l("This picture is too large: 12 MB and 50 million points are the limit."),
    "picture_box_invalid": _l("The covered place lies outside the picture."),
    "document_unreadable": _l("This PDF cannot be read as a whole. Please save it anew, or send photos of the pages."),
    "document_active": _l("This PDF is locked, runs something or carries other files. Please print it to PDF anew."),
    "courtyard_elsewhere": _l("This courtyard belongs to another community."),
    "support_needs_a_person": _l("Your account is not yet tied to the register. Ask your committee to confirm it."),
    "support_own": _l("It is your own matter; you need not support it."),
    "support_twice": _l("Your household already said that it needs this."),
    "support_closed": _l("This matter takes no more voices."),
    "support_none": _l("Your household has not said that it needs this."),
}

DEEDS = {
    "need.raise": _l("Told to the community"),
    "need.edit": _l("The words were changed"),
    "support.give": _l("A household needs it too"),
    "support.withdraw": _l("A household took its voice back"),
    "follow.begin": _l("Follows it"),
    "follow.end": _l("Follows it no more"),
    "news.read": _l("Read the news"),
}
