"""Words of dossiers: the parts of an indicator, what is missing, what is refused, what the timeline says."""

from flask_babel import lazy_gettext as _l

REFUSALS = {
    "nothing_to_draw": _l("There is no approved record in this year to draw from."),
    "sample_size": _l("Please draw between 1 and %(most)s records."),
    "redraw_needs_reason": _l("It was drawn before. Please write why again, in at least %(least)s characters; the reason is shown with the draw."),
}  # fmt: skip

LABELS = {
    "DossierPart": {
        "VOICES": _l("How many rated"),
        "RECORDS": _l("Service records"),
        "SIGN_IN": _l("Who was there"),
        "PHOTOS": _l("Photos"),
        "GOAL": _l("Goal"),
        "NEEDS": _l("Needs taken on"),
        "TEAM": _l("Team"),
        "CALLS": _l("Calls about drawn records"),
        "DATES": _l("Dates that were told"),
        "BUDGET": _l("Planned budget"),
        "PAYMENTS": _l("Payments and vouchers"),
    },
    "DossierGap": {
        "FEW_VOICES": _l("Raters so far: %(n)s, fewer than five, so nothing but the counts is told"),
        "VOICES_TO_TARGET": _l("Ratings still needed: %(n)s"),
        "NO_RECORDS": _l("There is no approved record"),
        "NOT_APPROVED": _l("Records not approved yet: %(n)s"),
        "NO_SIGN_IN": _l("Services without a list of who was there: %(n)s"),
        "NAMES_WAIT": _l("Names on lists not matched with the register yet: %(n)s"),
        "WALK_INS": _l("Turns without a name: %(n)s, more than a fifth of all"),
        "NO_PHOTO": _l("Records without a photo: %(n)s"),
        "NO_GOALS": _l("No goal is set"),
        "TO_GOAL": _l("%(n)s %(unit)s short of the goal"),
        "NEEDS_OPEN": _l("Needs still open: %(n)s"),
        "NO_WORKER": _l("No social worker is in the team"),
        "NO_SUPERVISOR": _l("No supervisor is in the team"),
        "NOT_CALLED": _l("Drawn records not called about: %(n)s"),
        "DENIED": _l("Records of which people said on the phone that it was not so: %(n)s"),
        "NOT_KEPT": _l("Dates told and not kept: %(n)s"),
        "NO_BUDGET": _l("No budget is written down"),
        "PAPERS_ELSEWHERE": _l("Vouchers are not kept here: please lay them beside"),
    },
    "DossierColumn": {
        "number": _l("No."),
        "day": _l("Date"),
        "what": _l("What"),
        "words": _l("What is written"),
        "figures": _l("Figures"),
        "indicator": _l("Indicator"),
        "part": _l("Part"),
        "file": _l("File"),
        "missing": _l("Missing"),
    },
}

DEEDS = {
    "dossier_sample.draw": _l("An evaluator drew records to look at"),
}
