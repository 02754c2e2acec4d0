"""Words of presence: who came, who was expected, who waits to be found."""

from flask_babel import lazy_gettext as _l

REFUSALS = {
    "already_signed_up": _l("This person has signed up already."),
    "code_wrong": _l("This code is not right. It has six digits and hangs at the entrance."),
    "code_not_open": _l("The code works from two hours before the beginning until two hours after the end."),
    "already_left": _l("You have checked out already."),
    "not_checked_in": _l("Please check in first."),
    "not_your_attendance": _l("Only the person concerned can say this."),
    "committee_decides": _l("Only the community committee decides this."),
    "names_needed": _l("Please tick somebody, or paste or upload the list of names."),
    "too_many_names": _l("At most %(most)s names at a time, please."),
    "list_is_closed": _l("This list is closed."),
    "person_confirmed_presence": _l("This person has confirmed being there and cannot be taken out."),
}

LABELS = {
    "AttendanceState": {
        "WAITLISTED": _l("On the waiting list"),
        "EXPECTED": _l("Signed up"),
        "TO_MATCH": _l("To be matched"),
        "PRESENT": _l("There"),
        "CONFIRMED": _l("There, confirmed"),
        "DISPUTED": _l("Says: not there"),
        "ABSENT": _l("Did not come"),
        "CANCELLED": _l("Cancelled"),
    },
    "Way": {
        "CODE": _l("Code"),
        "SCAN": _l("Scanned"),
        "MANUAL": _l("Noted by hand"),
        "SHEET": _l("Sign-in sheet"),
        "SIGN_UP": _l("Sign-up"),
    },
    "AttendancePart": {"SERVED": _l("Was served"), "VOLUNTEER": _l("Helped as a volunteer")},
    "Outcome": {
        "SEEN": _l("Seen"),
        "NOT_IN": _l("Not in"),
        "REFUSED": _l("Did not want to"),
        "TAKEN_BACK": _l("Struck out"),
    },
}

NEWS = {"place_became_free": _l("A place has become free for you. See you there!")}

DEEDS = {
    "attendance.sign_up": _l("Signed up"),
    "attendance.cancel": _l("Gave the place back"),
    "attendance.admit": _l("Moved up from the waiting list"),
    "attendance.check_in": _l("Checked in"),
    "attendance.check_out": _l("Checked out"),
    "attendance.mark_absent": _l("Noted as absent"),
    "attendance.match": _l("Name matched to a person"),
    "attendance.confirm": _l("Presence confirmed"),
    "attendance.dispute": _l("Presence disputed"),
    "attendance.uphold": _l("Found not to have been there"),
    "attendance.dismiss": _l("Found to have been there"),
    "attendance.list": _l("List of those who came taken"),
}
