"""Words of the committee's work on needs: what is refused, what people are told, what the timeline says."""

from flask_babel import lazy_gettext as _l

REFUSALS = {
    "already_accepted": _l("%(who)s has already accepted it."),
    "consent_needed": _l("Please ask whether you may write it down for them, and tick that they agreed."),
    "way_needed": _l("Please choose how the matter reached you."),
    "answer_is_done_or_cannot": _l(
        "An answer says that it is done, or why it cannot be done. What will be done belongs to a package or a project."
    ),
    "objection_waits_for_head": _l("An objection waits here. The head of the community hears it first."),
    "reason_for_resident_needed": _l("Please write the reason in a sentence that the resident will read."),
    "not_accepted_yet": _l("The answer clock has not begun: the need is not accepted yet."),
    "promise_needed": _l("Please write what will be done next."),
    "question_needed": _l("Please write what you would like to know."),
    "petition_is_handed_over": _l("This is a petition. It is handed over to the petition office, never closed here."),
    "three_tries_first": _l("Please try on %(tries)s different days first. So far: %(tried)s."),
    "unit_needed": _l("Please choose the unit in charge of this community."),
    "companion_needed": _l("For a petition, please offer a companion first, and tick that you did."),
    "receipt_no_needed": _l("Please write the number on the hand-over receipt."),
    "not_with_the_petition_office": _l("This matter was not sent to the petition office."),
    "objection_once": _l("An objection was already made to this matter. It is possible once."),
    "objection_too_late": _l(
        "An objection is possible within %(days)s days. That time is over; please call the community."
    ),
    "no_objection_waits": _l("No objection waits here."),
    "head_hears_objections": _l("Only the head of the community hears objections."),
    "merge_same_need": _l("A matter cannot be joined with itself."),
    "merge_other_community": _l("Only matters of one community can be handled together."),
    "merge_target_closed": _l("%(ticket)s is already closed. Please choose a matter that is still open."),
    "split_too_late": _l("The author may take it out again within %(days)s days. Please call the community."),
    "nothing_shows_it_is_done": _l(
        "No service is recorded for it yet. Please write what was done, or wait for the record."
    ),
    "request_needed": _l("Please write when and how the resident asked for it."),
    "reopen_too_late": _l("It can be opened again within %(days)s days. Please tell us anew, and we will look at it."),
    "not_late": _l("This matter is not late."),
    "nothing_chosen": _l("Please choose at least one matter."),
    "one_community_at_a_time": _l("Please choose matters of one community only."),
    "title_too_long": _l("A public title has no more than %(longest)s characters."),
    "title_holds_a_number": _l("A public title holds no phone, house or card number."),
    "private_needs_a_tick": _l(
        "Matters of this kind are private. Tick that the title tells nothing about anybody, or leave it empty."
    ),
}

LABELS = {
    "Tab": {
        "new": _l("To accept"),
        "due": _l("Due soon or late"),
        "working": _l("In hand"),
        "asked": _l("Waiting for residents"),
        "petitions": _l("Hand-over receipts"),
        "objections": _l("Objections"),
        "all": _l("All"),
    },
    "RejectReason": {
        "EMERGENCY_NUMBER": _l("Belongs to 110, 119, 120 or 122"),
        "LAWFUL_CHANNEL": _l("Belongs to a court or another lawful way"),
        "REPEATED": _l("Same matter again, nothing new"),
        "CONFIDENTIAL": _l("Touches secrets or the privacy of others"),
        "OUT_OF_SCOPE": _l("Beyond what a community may do"),
        "UNLAWFUL": _l("What is asked for is not lawful"),
        "NOT_REACHED": _l("Information is missing, and the author was not reached"),
    },
    "Channel": {
        "UNIT": _l("Unit in charge"),
        "HOTLINE": _l("12345 hotline"),
        "DEPARTMENT": _l("Government department"),
        "EMERGENCY": _l("110, 119, 120 or 122"),
        "COURT": _l("Court or arbitration"),
        "ADMINISTRATIVE_REVIEW": _l("Administrative review"),
        "DISCIPLINE": _l("Discipline inspection"),
        "PETITION": _l("Petition office"),
    },
}

NEWS = {
    "need_accepted": _l("%(ticket)s is accepted. You get a written answer by %(due)s."),
    "need_answered": _l("%(ticket)s has an answer. Please say whether it is settled."),
    "need_extended": _l("%(ticket)s takes longer, until %(until)s: %(reason)s"),
    "need_promised": _l("%(ticket)s: next, by %(on)s: %(step)s"),
    "need_asked": _l("We have a question about %(ticket)s: %(question)s"),
    "need_rejected": _l("%(ticket)s cannot be accepted: %(reason)s"),
    "need_redirected": _l("%(ticket)s was sent to whoever is in charge: %(reason)s"),
    "need_handed_over": _l("%(ticket)s was handed over to the petition office. Receipt number: %(receipt)s"),
    "need_objected": _l("%(ticket)s: the author objects. It waits for your hearing."),
    "need_objection_upheld": _l("%(ticket)s is taken up again after your objection: %(answer)s"),
    "need_refused_again": _l(
        "%(ticket)s was refused a second time after an objection. This is a copy for the street office."
    ),
    "need_merged": _l(
        "%(ticket)s is now handled together with %(target)s. If you support it, please say so there too."
    ),
    "need_split_out": _l("%(ticket)s is handled on its own again."),
    "need_resolved": _l("%(ticket)s: the community says it is settled. Is it?"),
    "need_withdrawn": _l("%(ticket)s was taken back, as you asked."),
    "need_reopened_again": _l("%(ticket)s was opened for the second time. The street office follows it."),
    "need_auto_closed": _l(
        "%(ticket)s was closed because nobody objected for seven days. You can still open it again within 30 days."
    ),
    "need_due_soon": _l("%(ticket)s is due soon."),
    "need_overdue": _l("%(ticket)s is overdue."),
    "need_overdue_publicly": _l("%(ticket)s is more than five working days overdue and stands on the public list."),
}

DEEDS = {
    "need.accept": _l("Accepted"),
    "need.accept_all": _l("Accepted together with others"),
    "need.ask_info": _l("Asked the resident for more"),
    "need.inform": _l("More was told"),
    "need.note_call": _l("A call was noted"),
    "need.reject": _l("Not accepted"),
    "need.redirect": _l("Sent to whoever is in charge"),
    "need.hand_over": _l("Hand-over receipt recorded"),
    "need.answer": _l("Answered in writing"),
    "need.extend": _l("More time was told"),
    "need.promise": _l("A new date was told"),
    "need.object": _l("The author objected"),
    "need.hear": _l("The head heard the objection"),
    "need.merge": _l("Handled together with another"),
    "need.split_out": _l("Taken out again"),
    "need.resolve": _l("Said to be settled"),
    "need.withdraw_on_request": _l("Taken back at the author's request"),
    "need.withdraw": _l("Taken back by the author"),
    "need.confirm": _l("Confirmed by the author"),
    "need.reopen": _l("Opened again"),
    "need.auto_close": _l("Closed after seven silent days"),
    "need.escalate": _l("A deadline came near or passed"),
    "need.explain_delay": _l("The delay was explained"),
    "need.publish_title": _l("Public title changed"),
    "telling.tick": _l("A call was noted on the list"),
}
