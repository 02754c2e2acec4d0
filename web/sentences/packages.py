"""Words of packages: why a proposal cannot go on, what authors and writers are told, and what to write more clearly."""

from flask_babel import lazy_gettext as _l

REFUSALS = {
    "needs_needed": _l("Please choose at least one need."),
    "problem_needed": _l("Please describe the problem."),
    "amount_refused": _l(
        "Please look at the amounts again: none may be negative, and the total has at most nine digits."
    ),
    "self_run_costs_nothing": _l(
        "What the committee does by itself costs no money. Choose another track or take the amounts out."
    ),
    "small_is_too_large": _l("The small track goes up to 10,000 yuan. Please choose the project track."),
    "period_backwards": _l("The end must be after the beginning."),
    "next_step_needed": _l("Please say in a few words what happens next; the residents will read it."),
    "next_step_in_past": _l("The next date must lie in the future."),
    "explanation_needed": _l("Please write a few words more: this is what people will read."),
    "need_already_packaged": _l("This need is already in “%(package)s”, put there by %(who)s."),
    "petition_is_not_planned": _l(
        "%(ticket)s is a petition: it is handed over to the petition office, with company, and enters no package and no project."
    ),
    "need_of_another_community": _l("All needs must be of the same community."),
    "need_not_in_package": _l("This need is not in the package."),
    "output_needed": _l("Please name one thing that can be counted, with its number."),
    "change_needed": _l("Please write what will have changed and how somebody can check it."),
    "period_needed": _l("Please say from when to when."),
    "budget_needed": _l("Please write a budget, or choose the track without money."),
    "small_needs_papers": _l("The small track needs a photo of the meeting record and one of the notice."),
    "photos_needed": _l("Please choose at least one photo."),
    "not_your_own_package": _l("Somebody else decides on what you wrote or handed in."),
    "not_yours_to_decide": _l("This track is decided by another office."),
}

LABELS = {
    "Track": {
        "SELF_RUN": _l("Done by the committee, no money"),
        "SMALL": _l("Small, up to 10,000 yuan"),
        "PROJECT": _l("Project, decided by the street"),
    },
    "PackageState": {
        "DRAFT": _l("Draft"),
        "SUBMITTED": _l("Waits for a decision"),
        "RETURNED": _l("Returned to improve"),
        "UNFEASIBLE": _l("Cannot be done"),
        "APPROVED": _l("Approved"),
        "DISSOLVED": _l("Given up"),
    },
    "BudgetCategory": {
        "STAFF": _l("Staff"),
        "ACTIVITY": _l("Activities and materials"),
        "MANAGEMENT": _l("Management"),
        "SUPERVISION": _l("Supervision of social work"),
        "EVALUATION": _l("Evaluation"),
    },
    "Measure": {
        "PERSONS": _l("Different people served"),
        "TURNS": _l("Turns of service"),
        "SESSIONS": _l("Sessions"),
        "MINUTES": _l("Minutes of service"),
    },
    "Paper": {
        "MEETING": _l("Record of the meeting"),
        "NOTICE": _l("Notice that hung"),
        "SURVEY": _l("Survey"),
    },
    "CautionKey": {
        "HUGS_LIMIT": _l("Just below the limit of the small track."),
        "LOOKS_SPLIT": _l("Together with other small packages of this field it goes beyond 10,000 yuan this year."),
        "SAME_TITLE": _l("There is a package with nearly the same title."),
        "NO_SURVEY": _l(
            "No survey lies with it: how was it asked, how many, what came out? Else the problem says why."
        ),
    },
    "Hint": {
        "TOO_SHORT": _l("A little short. For example: “From 12 to 70 lonely elders have two hot meals at weekends.”"),
        "NO_NUMBER": _l("Without a number nobody can tell later. For example: “70 lonely elders, 12 today.”"),
        "ONLY_DIRECTION": _l(
            "“Better” is a direction. How far? For example: “Falls in the stairwell from 9 a year to 3 at most.”"
        ),
        "NO_WAY_TO_LOOK": _l(
            "How can somebody else see it? For example: “The committee phones five households a month.”"
        ),
    },
}

NEWS = {
    "need_packaged": _l("Your matter is now part of “%(title)s”. Next: %(step)s, by %(on)s."),
    "need_left_package": _l("Your matter was taken out of “%(title)s”: %(why)s The community looks at it again."),
    "need_package_dissolved": _l("“%(title)s” was given up: %(why)s The community looks at your matter again."),
    "need_unfeasible": _l("“%(title)s” cannot be done: %(why)s The community looks for another way for your matter."),
    "package_to_decide": _l("The package “%(title)s” waits for your decision."),
    "package_returned": _l("The package “%(title)s” came back to be improved: %(why)s"),
    "package_unfeasible": _l("The package “%(title)s” cannot be done: %(why)s"),
    "package_approved": _l("The package “%(title)s” was approved; its project number is %(number)s."),
}

DEEDS = {
    "package.gather": _l("Needs gathered into a package"),
    "package.revise": _l("Package rewritten"),
    "package.add": _l("Need added to the package"),
    "package.remove": _l("Need taken out of the package"),
    "package.attach": _l("Paper laid with the package"),
    "package.submit": _l("Package handed in"),
    "package.return": _l("Package returned"),
    "package.judge_unfeasible": _l("Judged not feasible"),
    "package.dissolve": _l("Package given up"),
}
