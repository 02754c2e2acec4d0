"""Words of the first page: what waits, the one action of each line, and what an empty list says."""

from collections.abc import Callable

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext


def _n(one: str, many: str) -> Callable[[int], str]:
    """Return how a line speaks of a number."""
    return lambda number: str(ngettext(one, many, number))


LABELS = {
    "Task": {
        "ACCEPT": _l("To accept"),
        "RAISED": _l("New in your grid"),
        "ANSWER": _l("Answer is due"),
        "PROMISE": _l("Promised date"),
        "OBJECTION": _l("Objection"),
        "MENTION": _l("A colleague asks"),
        "PHONE": _l("To phone"),
        "TALK": _l("Not content"),
        "PRESENCE": _l("Not there"),
        "SECOND_EYES": _l("Ratings to check"),
        "MATCH": _l("Names to match"),
        "PRE_REPORT": _l("Activities reported"),
        "JOIN": _l("Alike matters"),
        "MEET": _l("To visit"),
        "CONFIRM_PEOPLE": _l("To confirm on sight"),
        "PACKAGE_BACK": _l("Came back"),
        "SIGN": _l("To sign"),
        "WRITE_REPORT": _l("Monthly report to write"),
        "FINISH_REPORT": _l("Monthly report begun"),
        "SIGN_REPORT": _l("Report to sign"),
        "REPORT_BACK": _l("Report came back"),
        "RECEIVE_REPORT": _l("Report to receive"),
        "DECIDE": _l("To decide"),
        "ASSIGN": _l("Waits for an organization"),
        "OVERDUE": _l("Came up: late"),
        "NOTICE": _l("Notice to publish"),
        "APPROVE_LOGS": _l("Records to approve"),
        "APPROVE_HOURS": _l("Hours to approve"),
        "CORRECT_HOURS": _l("Hours to put right"),
        "CERTIFICATES": _l("Certificates asked for"),
        "UNMASKED": _l("Unmasked files asked for"),
        "CHECK_OUT_LACKS": _l("Check-out missing"),
        "LOG_BACK": _l("To complete"),
        "LOG_DRAFT": _l("Not handed in"),
        "VISIT": _l("To visit"),
        "LONG_UNSEEN": _l("Not seen for long"),
        "LOOK_IN": _l("To look in on"),
        "NEXT_DATE": _l("Told date"),
        "QUIET_PROJECT": _l("Quiet for two weeks"),
        "PROJECT_OVER": _l("Its term is over"),
        "SCORE": _l("To score"),
        "READ_PROJECT": _l("To accompany"),
        "READ_PACKAGE": _l("To read"),
        "BUDGET": _l("Approved money"),
        "TRIAL_ENDS": _l("Trial run ends"),
        "TRIAL_OVER": _l("Trial run is over: what is late is now listed"),
        "VERIFY": _l("Diary"),
        "REQUESTS": _l("Accounts asked for"),
    },
    "FigureKind": {
        "OPEN_NEEDS": _l("Open needs"),
        "LATE_NEEDS": _l("Late now"),
        "ANSWERED_MONTH": _l("Answered in 30 days"),
        "RECEIVED_MONTH": _l("Came in in 30 days"),
        "RUNNING": _l("Projects running"),
        "BUDGET": _l("Their budgets in all"),
        "SERVICES_MONTH": _l("Approved services in 30 days"),
        "MY_SERVICES_MONTH": _l("My services in 30 days"),
        "MY_PEOPLE": _l("People I look after"),
        "HOURS_MONTH": _l("Volunteer hours in 30 days"),
        "ACCOUNTS": _l("Accounts"),
        "EVENTS": _l("Events in the diary"),
        "UNSEALED": _l("not sealed yet"),
        "REFUSED_DOORS": _l("Refused at a door in 30 days"),
    },
}

# What the one button of a line says.
ACTIONS = {
    "TRIAL_ENDS": _l("See the board"),
    "TRIAL_OVER": _l("See the board"),
    "ACCEPT": _l("Look and accept"),
    "RAISED": _l("See the need"),
    "ANSWER": _l("Answer"),
    "PROMISE": _l("See to it"),
    "OBJECTION": _l("Hear it"),
    "MENTION": _l("Read and answer"),
    "PHONE": _l("Make the calls"),
    "TALK": _l("Get in touch"),
    "PRESENCE": _l("Look into it"),
    "SECOND_EYES": _l("Compare and ask"),
    "MATCH": _l("Match the names"),
    "PRE_REPORT": _l("Look and take note"),
    "JOIN": _l("Look at the groups"),
    "MEET": _l("See whom"),
    "CONFIRM_PEOPLE": _l("Confirm"),
    "PACKAGE_BACK": _l("Improve it"),
    "SIGN": _l("Look and sign"),
    "WRITE_REPORT": _l("See the figures and begin"),
    "FINISH_REPORT": _l("Look and hand in"),
    "SIGN_REPORT": _l("Look and sign"),
    "REPORT_BACK": _l("Improve it"),
    "RECEIVE_REPORT": _l("Look and receive"),
    "DECIDE": _l("Look and decide"),
    "ASSIGN": _l("Assign"),
    "OVERDUE": _l("Find out why"),
    "NOTICE": _l("Look and publish"),
    "APPROVE_LOGS": _l("Look and approve"),
    "APPROVE_HOURS": _l("Look and approve"),
    "CORRECT_HOURS": _l("Look and answer"),
    "CERTIFICATES": _l("Look and issue"),
    "UNMASKED": _l("Look and decide"),
    "CHECK_OUT_LACKS": _l("See who left when"),
    "LOG_BACK": _l("Complete it"),
    "LOG_DRAFT": _l("Finish it"),
    "VISIT": _l("Record the visit"),
    "LONG_UNSEEN": _l("See whom"),
    "LOOK_IN": _l("See whom"),
    "NEXT_DATE": _l("Open the project"),
    "QUIET_PROJECT": _l("Open the project"),
    "PROJECT_OVER": _l("Look and close it"),
    "SCORE": _l("Give the scores"),
    "READ_PROJECT": _l("Open the project"),
    "READ_PACKAGE": _l("Read"),
    "BUDGET": _l("See the project"),
    "VERIFY": _l("Check the diary"),
    "REQUESTS": _l("Look at them"),
}

# Lines on which many things stand, and the one line that stands by itself.
COUNTED: dict[str, Callable[[int], str]] = {
    "PHONE": _n(
        "%(num)s person has no account and is still to be told by phone",
        "%(num)s people have no account and are still to be told by phone",
    ),
    "TALK": _n(
        "%(num)s person was not content and waits for a word", "%(num)s people were not content and wait for a word"
    ),
    "PRESENCE": _n(
        "%(num)s person says of a service: I was not there, or it was not so",
        "%(num)s people say of a service: I was not there, or it was not so",
    ),
    "SECOND_EYES": _n(
        "%(num)s rating matter waits for a second pair of eyes",
        "%(num)s rating matters wait for a second pair of eyes",
    ),
    "MATCH": _n(
        "%(num)s name on a list fits nobody of the register yet",
        "%(num)s names on lists fit nobody of the register yet",
    ),
    "PRE_REPORT": _n(
        "%(num)s activity was reported beforehand and waits for your word",
        "%(num)s activities were reported beforehand and wait for your word",
    ),
    "JOIN": _n("%(num)s group of needs may say the same thing", "%(num)s groups of needs may say the same thing"),
    "MEET": _n(
        "%(num)s person of your grid has never been met in person",
        "%(num)s people of your grid have never been met in person",
    ),
    "CONFIRM_PEOPLE": _n(
        "%(num)s person waits to be confirmed on sight", "%(num)s people wait to be confirmed on sight"
    ),
    "APPROVE_LOGS": _n(
        "%(num)s record of service waits for a second pair of eyes",
        "%(num)s records of service wait for a second pair of eyes",
    ),
    "CERTIFICATES": _n(
        "%(num)s volunteer asked for a proof of service", "%(num)s volunteers asked for a proof of their service"
    ),
    "UNMASKED": _n(
        "%(num)s file without masks waits for a second person", "%(num)s files without masks wait for a second person"
    ),
    "APPROVE_HOURS": _n(
        "%(num)s volunteer's hours wait for a second pair of eyes",
        "%(num)s volunteers' hours wait for a second pair of eyes",
    ),
    "CORRECT_HOURS": _n(
        "%(num)s volunteer says that a recorded time is wrong", "%(num)s volunteers say that a recorded time is wrong"
    ),
    "LONG_UNSEEN": _n(
        "%(num)s person you look after has not been seen for longer than agreed",
        "%(num)s people you look after have not been seen for longer than agreed",
    ),
    "LOOK_IN": _n(
        "Nobody has been in touch with %(num)s person of the register for longer than agreed",
        "Nobody has been in touch with %(num)s people of the register for longer than agreed",
    ),
    "REQUESTS": _n("%(num)s person asked for an account", "%(num)s people asked for an account"),
    "VERIFY": lambda _number: str(_l("Let the chain of the diary be checked, and keep the result")),
}

# What an empty list says: something kind, and what comes in here.
EMPTY = {
    "CLERK": (_l("Everything is done. Thank you."), _l("New needs appear here as soon as somebody tells us.")),
    "HEAD": (_l("Nothing waits for your signature."), _l("A good hour to walk through a courtyard.")),
    "GRID_WORKER": (_l("No matter is open in your grid."), _l("Whoever tells you something on your round: write it down at the front desk.")),
    "STREET_OFFICE": (_l("No package waits for a decision."), _l("Communities send their packages here; late matters come up by themselves.")),
    "FINANCE": (_l("No budget is approved yet."), _l("As soon as the street approves a package with money, it stands here with its sum and contract.")),
    "DISTRICT": (_l("Nothing has come up to the district."), _l("Matters that streets leave lying come up by themselves.")),
    "ORG_MANAGER": (_l("All records are approved, all projects are alive."), _l("Records of your team and new projects appear here.")),
    "SOCIAL_WORKER": (_l("Your round is done for today."), _l("Promised visits and records that came back appear here.")),
    "SUPERVISOR": (_l("No record waits for you."), _l("Clean records come twenty at a time, flagged ones one by one.")),
    "SUPPORT_ORG": (_l("No project to accompany yet."), _l("Projects of your communities appear here, those that few have rated first.")),
    "EVALUATOR": (_l("Everything is scored."), _l("Projects whose four indicators nobody has scored appear here.")),
    "EXPERT": (_l("No package to read just now."), _l("Packages that wait for a decision may be read here.")),
    "AUDITOR": (_l("Nothing waits."), _l("The diary can be checked at any time.")),
    "SYSADMIN": (_l("Nobody waits for an account."), _l("Requests, slips and unusual sign-ins appear here.")),
}  # fmt: skip
