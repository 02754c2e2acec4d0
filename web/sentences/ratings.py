"""Words of ratings: what is refused, what raters and clerks are told, what the timeline says."""

from flask_babel import lazy_gettext as _l

REFUSALS = {
    "already_rated": _l("This service was rated already. Thank you."),
    "invitation_over": _l("This slip is over. Services of the last weeks can be rated; please ask the community."),
    "invitation_cancelled": _l("This service did not take place as planned, so there is nothing to rate."),
    "not_on_this_device": _l("You are signed in as somebody who works here. Please let people rate on their own phone, or enter their slip of paper."),
    "presence_said": _l("You have told us about this already. Thank you."),
    "nothing_to_confirm": _l("There is nothing to confirm here."),
    "own_word": _l("This is your own word. A colleague looks into it."),
    "level_needed": _l("Please choose one of the five faces."),
    "comment_too_long": _l("Please keep it to %(most)s characters."),
    "too_many_strips": _l("No more than %(most)s strips at once."),
    "code_unknown": _l("The code %(code)s is not one of this service, or it belongs to another line already."),
    "works_for_nobody": _l("Only those who work for an organization declare relatives."),
    "phone_wrong": _l("Please look at the phone number again."),
    "note_needed": _l("Please write a sentence on what was said or done."),
    "contact_over": _l("This contact is settled already."),
    "talk_first": _l("Please reach the person first, then settle it."),
    "nobody_to_call": _l("Nobody knows yet whose strip this was."),
    "no_witness_needed": _l("Nobody has to be asked about this any more."),
    "reason_not_stated_so": _l("Please choose one of the reasons that the rules name."),
    "not_counted_anyway": _l("This rating does not count anyway."),
    "doubt_undecided": _l("Please say whether the doubt is right."),
    "nobody_doubts": _l("Nobody doubts this rating."),
    "second_person_needed": _l("A second person has to look at it. Please ask a colleague."),
    "rows_needed": _l("Please enter at least one slip."),
    "too_many_rows": _l("No more than %(most)s slips at once."),
    "sheet_photo_needed": _l("Please add a photo of the paper. It stays sealed; only auditors can open it."),
    "seat_unknown": _l("One of the lines is not of this service. Please load the page again."),
    "served_here": _l("You served there yourself. What people say of it is entered and compared by those who did not: the head or another clerk of the committee, and the third-party evaluator where the committee served by itself."),
    "witnessed_already": _l("Somebody compared this sheet already."),
}  # fmt: skip

LABELS = {
    "RatingChannel": {
        "SELF": _l("In the app"),
        "LINK": _l("By a slip"),
        "POSTER": _l("By a poster"),
        "PAPER": _l("On paper"),
        "HOUSEHOLD": _l("By the family"),
        "CALLBACK": _l("On the phone"),
    },
    "Mattered": {
        "ATTITUDE": _l("Attitude"),
        "SKILL": _l("Skill"),
        "TIMELY": _l("In time"),
        "EFFECT": _l("Effect"),
    },
    "Contact": {
        "COMMUNITY": _l("The community may call me"),
        "ORGANIZATION_TOO": _l("The organization may, too"),
        "NOBODY": _l("No contact, please"),
    },
    "Unfit": {
        "PROVIDER_STAFF": _l("Works for the provider"),
        "PROVIDER_HELPER": _l("Volunteers for the provider"),
        "DECLARED_FAMILY": _l("Family of somebody who works there"),
        "NOT_THERE": _l("Was not there"),
        "DUPLICATE": _l("Rated this service before"),
        "NOT_THE_PERSON": _l("Says it was not them"),
        "LOG_VOIDED": _l("The service was voided"),
    },
    "PresenceWordState": {
        "CONFIRMED": _l("You said: I was there"),
        "DISPUTED": _l("You said: it was not so"),
        "UPHELD": _l("The committee found: it was not so"),
        "DISMISSED": _l("The committee found: it took place"),
    },
    "ContactState": {
        "OPEN": _l("To be called"),
        "TALKED": _l("Talked, to be put right"),
        "SETTLED": _l("Put right"),
    },
    "Level": {
        "5": _l("Very satisfied"),
        "4": _l("Satisfied"),
        "3": _l("Mostly satisfied"),
        "2": _l("Dissatisfied"),
        "1": _l("Very dissatisfied"),
    },
}

NEWS = {
    "rating_invited": _l("You took part in “%(title)s”. How was it? It takes a minute."),
    "rating_once_more": _l("“%(title)s” was looked at again after what you said. You may say once more how it is."),
    "presence_uphold": _l(
        "The committee looked into what you said about “%(title)s”: you are right, and it no longer counts. Thank you."
    ),
    "presence_dismiss": _l(
        "The committee looked into what you said about “%(title)s” and found that it took place. Questions? Please call."
    ),
    "rating_left_out": _l(
        "Something you said about “%(title)s” no longer counts. Questions? Please call the community."
    ),
}

DEEDS = {
    "rating_invitation.ask": _l("Somebody who was served opened the rating page"),
    "rating_invitation.print_slips": _l("Rating slips were made"),
    "rating_invitation.print_strips": _l("Strips for a sign-in sheet were made"),
    "rating_invitation.tie": _l("Strips were tied to the sheet"),
    "rating_invitation.invite_all": _l("People who were served were asked how it was"),
    "declared_relative.declare": _l("A relative was declared"),
    "rating.give": _l("A person served has rated"),
    "rating.give_at_poster": _l("A person served has rated at a poster"),
    "rating.settle": _l("Ratings whose service was approved now count"),
    "rating.hear": _l("A rating by name was checked with the person"),
    "rating.doubt": _l("A rating was doubted, with a reason"),
    "rating.decide_doubt": _l("A second person decided on the doubt"),
    "rating_sheet.enter": _l("Paper ratings were entered"),
    "rating_sheet.witness": _l("A second clerk compared the paper ratings"),
    "presence_word.confirm": _l("A person served confirmed to have been there"),
    "presence_word.dispute": _l("A person served says it was not so"),
    "presence_word.uphold": _l("The committee found that somebody on a list was not there"),
    "presence_word.dismiss": _l("The committee found that a disputed service took place"),
    "rating_contact.talk": _l("The committee got in touch after a rating"),
    "rating_contact.settle": _l("What a rating complained of was put right"),
    "rating_release.release_all": _l("The week's rating figures were released"),
}
