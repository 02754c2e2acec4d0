"""Words of volunteers' time."""

from flask_babel import lazy_gettext as _l

REFUSALS = {
    "not_a_volunteer_there": _l("Hours are recorded only for volunteers who were there."),
    "hours_already_proposed": _l("The hours of this service are recorded already."),
    "hours_paid_time": _l("People paid by this project do not collect volunteer hours in it."),
    "hours_training": _l("Training time is recorded separately; it is no service time."),
    "hours_travel": _l("The way there and back is no service time."),
    "hours_overlap_named": _l("This person already has hours recorded for that time: %(what)s."),
    "hours_overlap": _l("This person already has hours recorded for that time."),
    "end_confirmed_one_by_one": _l("Somebody of these never checked out. Please confirm that end by itself."),
    "hours_nothing_left": _l("After the break no whole minute is left. Please look at the times again."),
    "day_over_24_hours": _l("A day has 24 hours. Please look at the times again."),
    "stated_time_past_ceiling": _l("A stated end may lie at most 30 minutes past the planned one."),
    "check_out_before_check_in": _l("The end must come after the beginning."),
    "break_ends_before_it_begins": _l("The break ends before it begins."),
    "log_not_handed_in": _l("The record of this service has not been handed in yet."),
    "log_not_approved": _l("The record of this service is not approved yet. Its hours come after it."),
    "own_hours": _l("Nobody approves their own hours, or those they proposed."),
    "long_day_needs_reason": _l(
        "More than 12 hours in a day: please say in at least %(least)s characters why it is right."
    ),
    "not_your_hours": _l("These are somebody else's hours."),
    "correction_open": _l("You have asked already; the answer is on its way."),
    "already_answered": _l("This has been answered already."),
    "end_needed": _l("Please write when the service ended."),
}

LABELS = {
    "HourRule": {
        "CHECKED_OUT": _l("By check-in and check-out"),
        "TAPPED_OUT": _l("Checked out with a tap alone"),
        "AS_LOGGED": _l("By the times of the service record"),
        "PROPOSED_END": _l(
            "No check-out: the earlier of planned end and last sign of presence, confirmed by the person in charge"
        ),
        "STATED": _l("End stated by the person in charge, at most 30 minutes past the plan"),
    },
    "HourRecordState": {
        "PROPOSED": _l("Waiting for approval"),
        "COUNTED": _l("Counted"),
        "REJECTED": _l("Not approved"),
        "VOIDED": _l("Voided"),
    },
    "CorrectionState": {
        "ASKED": _l("Asked for"),
        "GRANTED": _l("Corrected"),
        "REFUSED": _l("Left as it is"),
    },
    "TimeKind": {"SERVICE": _l("Service"), "TRAINING": _l("Training"), "TRAVEL": _l("Travel")},
}

NEWS = {
    "hours_counted": _l("Your volunteer time was approved: %(minutes)s minutes. Thank you!"),
    "hours_turned_down": _l("A record of your volunteer time was not approved. The reason stands beside it."),
    "correction_granted": _l("Your volunteer time was corrected as you asked."),
    "correction_refused": _l("Your request to correct volunteer time was answered."),
}

DEEDS = {
    "hour_record.propose": _l("Hours proposed"),
    "hour_record.approve": _l("Hours approved"),
    "hour_record.approve_all": _l("Hours approved together"),
    "hour_record.reject": _l("Hours not approved"),
    "hour_record.void": _l("Hours voided"),
    "hour_correction.ask": _l("Correction of hours asked for"),
    "hour_correction.grant": _l("Hours corrected"),
    "hour_correction.refuse": _l("Hours left as they are"),
}
