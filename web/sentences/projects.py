"""Words of projects: who serves, what rests or ends and why, which date comes next."""

from flask_babel import lazy_gettext as _l

from web.wording import counted as _n

REFUSALS = {
    "contract_no_needed": _l("Please write the number of the contract."),
    "contract_entered": _l("This contract is already entered, as “%(project)s”."),
    "support_cannot_serve": _l("A support organization looks after others and does not serve by itself."),
    "project_not_running": _l("Needs can only join a project that is running."),
    "needs_still_wait": _n(
        "%(n)s need of this project still waits. Please bring it to an answer first.",
        "%(n)s needs of this project still wait. Please bring them to an answer first.",
    ),
    "not_of_the_organization": _l("%(name)s does not hold this part in the organization."),
    "already_in_team": _l("%(name)s is already in the team."),
    "not_in_team": _l("%(name)s is not in the team."),
    "target_needed": _l("A goal needs a number above zero."),
    "scale_backwards": _l("The scale must begin below where it ends."),
    "date_already_kept": _l("This date is already noted as kept."),
    "date_not_come": _l("This date has not come yet."),
    "date_lapsed": _l("This date is over. Please tell a new one."),
    "date_changed_twice": _l("This date was moved twice. From now on the head of the community agrees to a change."),
}

LABELS = {
    "ProjectState": {
        "APPROVED": _l("Approved, waits for an organization"),
        "RUNNING": _l("Running"),
        "SUSPENDED": _l("Resting"),
        "CLOSED": _l("Closed"),
        "TERMINATED": _l("Broken off"),
        "TAKEN_BACK": _l("Taken back with its list"),
    },
    "Method": {
        "ASSIGNED": _l("Assigned by the street"),
        "SELF": _l("By the committee itself"),
        "EXISTING": _l("Was running already"),
    },
    "TeamPart": {"WORKER": _l("Social worker"), "SUPERVISOR": _l("Supervisor")},
}

NEWS = {
    "need_project_founded": _l("“%(title)s”, which your matter belongs to, was approved. It begins on %(on)s."),
    "need_project_assigned": _l("%(who)s takes on “%(title)s”, which your matter belongs to. It begins on %(on)s."),
    "need_project_suspended": _l("“%(title)s”, which your matter belongs to, rests for now: %(why)s"),
    "need_project_resumed": _l("“%(title)s”, which your matter belongs to, goes on: %(why)s"),
    "need_project_terminated": _l("“%(title)s” was broken off: %(why)s The community looks at your matter again."),
    "need_linked": _l("“%(title)s” already works on matters like yours. Next: %(step)s, %(on)s."),
    "need_next_date": _l("Next date of “%(title)s”: %(step)s, %(on)s."),
    "need_date_moved": _l("A date of “%(title)s” was moved: %(step)s, now %(on)s."),
    "project_assigned": _l("Your organization was given the project “%(title)s”."),
    "project_suspend": _l("The project “%(title)s” rests: %(why)s"),
    "project_resume": _l("The project “%(title)s” goes on: %(why)s"),
    "project_close": _l("The project “%(title)s” was closed: %(why)s"),
    "project_terminate": _l("The project “%(title)s” was broken off: %(why)s"),
    "project_joined": _l("You are now in the team of “%(title)s”."),
}

DEEDS = {
    "project.found": _l("Approved: a project is born"),
    "project.enter": _l("Running project written down"),
    "project.assign": _l("Given to an organization"),
    "project.suspend": _l("Project rests"),
    "project.resume": _l("Project goes on"),
    "project.close": _l("Project closed"),
    "project.terminate": _l("Project broken off"),
    "project.link": _l("Need joined the project"),
    "project.add_member": _l("Somebody joined the team"),
    "project.remove_member": _l("Somebody left the team"),
    "project.add_goal": _l("Goal added"),
    "project.tell_date": _l("Next date told"),
    "next_date.note_kept": _l("Date kept"),
    "next_date.postpone": _l("Date moved"),
}
