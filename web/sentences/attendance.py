"""Words of presence: who came, who was expected, who waits to be found."""

from flask_babel import lazy_gettext as _l

from web.wording import counted as _n

REFUSALS = {
    "already_signed_up": _l("This person has signed up already."),
    "code_wrong": _l(
        "This code is not right. It has six digits and stands on the screen, or on the sheet at the entrance."
    ),
    "code_turned": _l("This code has turned meanwhile. Please scan it once more."),
    "code_not_open": _l("The code works from two hours before the beginning until two hours after the end."),
    "already_left": _l("You have checked out already."),
    "not_checked_in": _l("Please check in first."),
    "not_your_attendance": _l("Only the person concerned can say this."),
    "committee_decides": _l("Only the community committee decides this."),
    "own_time": _l("Your own time is put right by somebody else in charge."),
    "line_is_corrected": _l("This line was put right already; look at the one that stands now."),
    "coming_is_not_struck": _l("That somebody came is not struck here; the person says so, and the committee decides."),
    "not_on_that_day": _l("This time does not lie around the activity, or it has not come yet."),
    "guardian_needed": _l(
        "Whoever is under 18 needs the word of a guardian first: sign up with the guardian's name, or hand the paper to whoever is in charge."
    ),
    "minor_cannot_agree": _l("A guardian agrees with their own account, or whoever is in charge notes the paper."),
    "no_guardian_needed": _l("Nobody has to agree here any more."),
    "skill_missing": _l(
        "Helpers are needed here who can do this: %(skill)s. Please tick it under “What I offer” first, if you can."
    ),
    "still_elsewhere": _l("This volunteer still helps at “%(what)s”. Please check out there first."),
    "still_elsewhere_unnamed": _l("This volunteer still helps at another activity and has to check out there first."),
    "activity_not_over": _l("The activity is still going on: just check out when you leave."),
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
        "SCAN": _l("Turning code scanned"),
        "DIGITS": _l("Turning digits typed"),
        "CODE": _l("Digits of the entrance sheet"),
        "DOOR": _l("Square of the entrance sheet"),
        "TAP": _l("Only tapped"),
        "MANUAL": _l("Noted by hand"),
        "SHEET": _l("Sign-in sheet"),
        "STATED": _l("Told afterward"),
        "SIGN_UP": _l("Sign-up"),
    },
    "Deed": {"IN": _l("Came"), "SEEN": _l("Was still there"), "OUT": _l("Left")},
    "Relation": {"PARENT": _l("Mother or father"), "GRANDPARENT": _l("Grandparent"), "OTHER": _l("Another guardian")},
    "ConsentWay": {"APP": _l("Agreed on the phone"), "PAPER": _l("Agreed on paper")},
    "AttendancePart": {"SERVED": _l("Was served"), "VOLUNTEER": _l("Helped as a volunteer")},
    "Outcome": {
        "SEEN": _l("Seen"),
        "NOT_IN": _l("Not in"),
        "REFUSED": _l("Did not want to"),
        "TAKEN_BACK": _l("Struck out"),
        "NO_SHOW": _l("Signed up and did not come"),
    },
}
RELATIONS = LABELS["Relation"]

NEWS = {
    "place_became_free": _l("A place has become free for you. See you there!"),
    "when_did_you_leave": _l("When did you leave “%(what)s”? You did not check out; please tell the time."),
    "check_outs_lack": _n(
        "After “%(what)s” %(n)s volunteer did not check out. They are asked; you confirm the time.",
        "After “%(what)s” %(n)s volunteers did not check out. They are asked; you confirm the time.",
    ),
}

DEEDS = {
    "attendance.sign_up": _l("Signed up"),
    "attendance.cancel": _l("Gave the place back"),
    "attendance.admit": _l("Moved up from the waiting list"),
    "attendance.check_in": _l("Checked in"),
    "attendance.check_out": _l("Checked out"),
    "attendance.come_after_all": _l("Noted as there after all"),
    "attendance.tell_when_left": _l("Told when they left"),
    "attendance.note_guardian": _l("Guardian's word noted"),
    "attendance.note_absences": _l("Noted who had not come"),
    "attendance.ask_who_left": _l("Asked who had not checked out"),
    "attendance.correct": _l("Check-in put right"),
    "attendance.mark_absent": _l("Noted as absent"),
    "attendance.match": _l("Name matched to a person"),
    "attendance.confirm": _l("Presence confirmed"),
    "attendance.dispute": _l("Presence disputed"),
    "attendance.uphold": _l("Found not to have been there"),
    "attendance.dismiss": _l("Found to have been there"),
    "attendance.list": _l("List of those who came taken"),
}
