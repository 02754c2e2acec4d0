"""Words of the thread: what each knot is called, and the one line below it."""

from flask_babel import lazy_gettext as _l

from web.wording import counted as _n

LABELS = {
    "Step": {
        "NEEDS": _l("Needs of the neighbors"),
        "RAISED": _l("Told to the community"),
        "ACCEPTED": _l("Accepted by the community"),
        "TURNED_AWAY": _l("Ended here"),
        "MERGED": _l("Taken together with neighbors"),
        "PACKAGE": _l("Gathered into a package"),
        "PROJECT": _l("A project"),
        "ASSIGNED": _l("Who serves"),
        "SERVICE": _l("Service"),
        "ANSWER": _l("Answer in writing"),
        "CONFIRMED": _l("Residents say whether it is settled"),
        "RATING": _l("Ratings of those served"),
        "EVALUATION": _l("Evaluation"),
    },
    "KnotState": {
        "done": _l("Done"),
        "now": _l("Now"),
        "next": _l("Still to come"),
        "stopped": _l("Stopped"),
    },
}

# The line below a knot; states of needs and packages use their own words.
DETAILS = {
    "ticket": _l("Number %(number)s"),
    "asked": _l("The community asked something back"),
    "looked_at_by": _l("looked at by then at the latest"),
    "answer_by": _l("answered by then at the latest"),
    "merged": _l("One matter now, with the neighbors who said the same"),
    "your_word": _l("Waits for the residents' word"),
    "closed_by_itself": _l("Closed by itself after seven days, not counted as satisfied"),
    "terminated": _l("“%(title)s” was broken off"),
    "project_came_first": _l("“%(title)s”: this project was there before the need"),
    "waits_for_organization": _l("Approved, waits for an organization"),
    "resting": _l("“%(title)s” rests for now"),
    "runs": _l("“%(title)s” %(organization)s"),
    "served": _l("first served then"),
    "next_step": _l("%(step)s"),
    "needs": _n("%(n)s need", "%(n)s needs"),
    "needs_linked_later": _n(
        "%(n)s need, %(later)s of them linked later", "%(n)s needs, %(later)s of them linked later"
    ),
    "no_needs_yet": _l("No need is linked yet"),
    "merged_into_these": _n("%(n)s more need was merged into these", "%(n)s more needs were merged into these"),
    "number": _l("Project number %(number)s"),
    "by_committee": _l("The committee itself"),
    "organization": _l("%(organization)s"),
    "logs": _n("%(n)s service, at this time", "%(n)s services, the last one then"),
    "first_service": _l("The first service is being prepared"),
    "none_served": _l("No service was recorded"),
    "rated": _l("Those served have rated; figures move on Mondays"),
    "too_few_rated": _l("Too few have rated"),
    "being_evaluated": _l("Being evaluated"),
    "REJECTED": _l("Not accepted, with the reason"),
    "REDIRECTED": _l("Passed to the office in charge"),
    "WITHDRAWN": _l("Taken back by the author"),
    "DRAFT": _l("“%(title)s” is being written"),
    "SUBMITTED": _l("“%(title)s” waits for a decision"),
    "RETURNED": _l("“%(title)s” is being improved"),
    "UNFEASIBLE": _l("“%(title)s” cannot be done"),
    "APPROVED": _l("“%(title)s” was approved"),
    "DISSOLVED": _l("“%(title)s” was given up"),
}
