"""Words of logs: what a worker wrote, what a second person says to it."""

from flask_babel import lazy_gettext as _l

REFUSALS = {
    "not_your_project": _l("Only those who serve this project may write here."),
    "not_your_log": _l("Only its author may change this record."),
    "ends_before_it_starts": _l("The end must come after the beginning."),
    "log_over_24_hours": _l("One service cannot last longer than 24 hours. Please look at the times again."),
    "log_in_the_future": _l("This time has not come yet. Please record what has taken place."),
    "project_not_running_then": _l("This project was not running at that time, so nothing can be recorded for it."),
    "summary_needed": _l("Please write in a sentence what was done."),
    "visit_without_a_door": _l(
        "Nothing was said of any door yet: choose how it went at one at least, or write the name of whoever was seen."
    ),
    "round_without_a_door": _l("Please tick at least one door."),
    "round_planned_already": _l(
        "You have planned a round to one of these doors at that time. Please choose another time."
    ),
    "too_many_doors": _l("A round has %(most)s doors at most. Please plan two."),
    "round_not_ahead": _l("A round is planned before it begins, at most %(days)s days ahead."),
    "case_number_and_stage_needed": _l("A case is recorded by its number and its stage. Please fill in both."),
    "case_names_nobody": _l("A case record holds the number and the stage only, no names."),
    "goal_of_another_project": _l("This goal belongs to another project."),
    "goal_has_no_scale": _l("This goal is not measured on a scale."),
    "scale_out_of_range": _l("The scale runs from %(low)s to %(high)s."),
    "need_of_another_project": _l("This need is not served by this project."),
    "activity_of_another_community": _l("This activity took place in another community."),
    "activity_without_project": _l("This activity belongs to no project, so nobody keeps a record of it."),
    "activity_already_logged": _l("This activity already has its record. Please add to that one."),
    "walk_ins_out_of_range": _l("Please write the number of people without a name as a whole number."),
    "late_reason_needed": _l("This was more than 10 working days ago. Please say why it is recorded only now."),
    "own_log": _l("Nobody approves their own record. A colleague will look at it."),
    "not_yours_to_approve": _l("You may not decide about this one."),
    "manager_approves": _l("A supervisor's own record is approved by the manager of the organization."),
    "committee_approves": _l("The community committee decides about this one."),
    "approved_it_before": _l("You have agreed to this one already. Now somebody else must look at it."),
    "flagged_one_by_one": _l("One of these has something to look at. Please open it by itself."),
    "reason_too_short": _l("Please give the reason in at least %(least)s characters."),
    "not_yours_to_undo": _l("You may not take this record back."),
    "committee_undoes": _l(
        "People were served here who may say how it was at any time. Only the community committee can take it back."
    ),
    "no_walk_ins_left": _l("Everybody without a name has been found already."),
    "identified_too_late": _l("More than 10 working days have passed; this number stays without a name."),
    "nobody_certain": _l("Nobody in the register fits, or more than one does. Please add the building, unit and room."),
    "not_yours_to_cover": _l("You may not cover anything in this photo."),
    "nothing_to_cover": _l("Please choose at least one cell of the picture."),
    "nothing_covered": _l("Nothing is covered in this photo."),
    "original_gone": _l("The original of this photo is no longer kept, so it stays as it is."),
    "call_first": _l(
        "This record was drawn for a call: please ring one of those served and note what they said first."
    ),
    "not_drawn": _l("This record was not drawn for a call."),
    "log_not_counting": _l("This record does not count at the moment."),
    "person_of_another_community": _l("This person belongs to another community."),
    "person_already_there": _l("This person is on the list already."),
}

LABELS = {
    "ServiceMethod": {
        "VISIT": _l("Visits"),
        "GROUP": _l("Group"),
        "EVENT": _l("Community event"),
        "CASE": _l("Case work"),
        "LIST": _l("By list, door after door"),
    },
    "ServiceLogState": {
        "DRAFT": _l("Draft"),
        "SUBMITTED": _l("Waiting for approval"),
        "AWAITING_COMMITTEE": _l("Waiting for the committee"),
        "APPROVED": _l("Approved"),
        "RETURNED": _l("Sent back"),
        "VOIDED": _l("Voided"),
    },
    "CaseStage": {
        "INTAKE": _l("Intake"),
        "ASSESSMENT": _l("Assessment"),
        "PLANNING": _l("Planning"),
        "INTERVENTION": _l("Intervention"),
        "EVALUATION": _l("Evaluation"),
        "CLOSURE": _l("Closure"),
    },
    "Flag": {
        "LATE": _l("Recorded late"),
        "LONG_DAY": _l("More than 12 hours that day"),
        "NO_ATTENDANCE": _l("Nobody on the list"),
        "WALK_INS": _l("More than a fifth without a name"),
        "OVERLAP": _l("Overlaps with another record"),
        "DISPUTED": _l("Somebody says: I was not there"),
        "PHOTO_TWICE": _l("A photo of it is in another record, too"),
        "PHOTO_ELSEWHEN": _l("A photo was taken at another time"),
        "CLOCK_OFF": _l("The phone's clock was wrong"),
        "CALL_DENIED": _l("On the phone: it did not happen"),
    },
    "PhotoTime": {
        "FITS": _l("taken during the service"),
        "NONE": _l("no time in the picture"),
        "ELSEWHEN": _l("taken at another time"),
    },
    "CallOutcome": {
        "CONFIRMED": _l("It was as written"),
        "NOT_REACHED": _l("Nobody reached"),
        "DENIED": _l("It did not happen"),
    },
}

NEWS = {
    "log_returned": _l("A record was sent back to you. Please look at the reason and mend it."),
    "log_taken_back": _l("An approved record of yours was taken back for correction."),
    "log_voided": _l("A record of yours was voided."),
    "need_reopened_without_service": _l(
        "The record of the service for your matter was taken back; we are looking into it again."
    ),
}

DEEDS = {
    "awaited_photos.receive": _l("A photo came after its record"),
    "service_log.await_no_more_photos": _l("Waits for no more photos"),
    "service_log.write": _l("Service recorded"),
    "service_log.prepare": _l("Record opened beforehand"),
    "service_log.prepare_round": _l("Round of visits planned"),
    "service_log.rewrite": _l("Record rewritten"),
    "service_log.submit": _l("Record handed in"),
    "service_log.approve": _l("Record approved"),
    "service_log.approve_all": _l("Records approved together"),
    "service_log.return": _l("Record sent back"),
    "service_log.correct": _l("Record taken back for correction"),
    "service_log.void": _l("Record voided"),
    "service_log.note_call": _l("A drawn record was checked by phone"),
    "service_log.cover_photo": _l("Something in a photo was covered"),
    "service_log.uncover_photo": _l("A covered photo is shown again"),
    "service_log.identify": _l("Somebody without a name was found"),
}
