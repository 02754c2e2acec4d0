"""Words of sheets in which nothing is masked: who asks, who agrees, and what the diary calls it."""

from flask_babel import lazy_gettext as _l

REFUSALS = {
    "unmasked_not_yours": _l("You may not take this along unmasked there."),
    "unmasked_reason_short": _l("Please say why in at least %(least)s characters."),
    "unmasked_own": _l("A second pair of eyes is needed: nobody agrees to what they asked for themselves."),
    "unmasked_of_another": _l("Only whoever asked may do this."),
    "unmasked_over": _l(
        "This file can no longer be taken: its time is over, or it was taken three times. Please ask again."
    ),
}

NEWS = {
    "unmasked_asked": _l("%(who)s asks for an unmasked file (%(place)s). It waits for a second person."),
    "unmasked_approved": _l("The unmasked file that you asked for may be taken."),
    "unmasked_refused": _l("The unmasked file that you asked for was refused."),
}

LABELS = {
    "UnmaskedKind": {
        "NEEDS": _l("Needs"),
        "RESIDENTS": _l("Residents"),
        "SERVED": _l("People served"),
        "VOLUNTEERS": _l("Volunteers"),
        "PROJECTS": _l("Running projects"),
        "WORK_ORDERS": _l("Work orders (12345)"),
    },
    "UnmaskedFileState": {
        "ASKED": _l("Waits for a second person"),
        "APPROVED": _l("Agreed to"),
        "REFUSED": _l("Refused"),
        "WITHDRAWN": _l("Withdrawn"),
    },
    "Heap": {
        "new": _l("Not looked at"),
        "due": _l("Due or late"),
        "working": _l("In work"),
        "asked": _l("Waiting for the resident"),
        "petitions": _l("Waiting for a receipt"),
        "objections": _l("Objections"),
        "all": _l("All that ever came"),
    },
}

DEEDS = {
    "unmasked_file.ask": _l("Unmasked file asked for"),
    "unmasked_file.approve": _l("Unmasked file agreed to"),
    "unmasked_file.refuse": _l("Unmasked file refused"),
    "unmasked_file.withdraw": _l("Unmasked file no longer wanted"),
    "unmasked_file.take": _l("Unmasked file taken along"),
}
