"""The one table of who may do what. A page, a button and a verb all ask here and nowhere else."""

from __future__ import annotations

from enum import StrEnum

from models.places import PlaceKind


class Role(StrEnum):
    """The roles of roles.md; the committee has two levels, clerk 经办 and head 负责人 (decision 17)."""

    RESIDENT = "RESIDENT"
    VOLUNTEER = "VOLUNTEER"
    CLERK = "CLERK"
    HEAD = "HEAD"
    GRID_WORKER = "GRID_WORKER"
    STREET_OFFICE = "STREET_OFFICE"
    FINANCE = "FINANCE"
    DISTRICT = "DISTRICT"
    ORG_MANAGER = "ORG_MANAGER"
    SOCIAL_WORKER = "SOCIAL_WORKER"
    SUPERVISOR = "SUPERVISOR"
    SUPPORT_ORG = "SUPPORT_ORG"
    EVALUATOR = "EVALUATOR"
    EXPERT = "EXPERT"
    AUDITOR = "AUDITOR"
    SYSADMIN = "SYSADMIN"


class Permission(StrEnum):
    """What a door may ask for."""

    # Everybody who signs in.
    OWN = "OWN"  # one's own things: home, settings, my needs, my data
    RAISE_NEED = "RAISE_NEED"
    SUPPORT_NEED = "SUPPORT_NEED"
    # Needs.
    READ_NEEDS = "READ_NEEDS"
    ENTER_FOR_OTHERS = "ENTER_FOR_OTHERS"
    TRIAGE = "TRIAGE"
    HEAR_OBJECTION = "HEAR_OBJECTION"
    IMPORT_NEEDS = "IMPORT_NEEDS"
    BRING_LEDGERS = "BRING_LEDGERS"  # each kind asks for its own permission besides
    EXPORT_NEEDS = "EXPORT_NEEDS"
    READ_UNMASKED = "READ_UNMASKED"  # who asked for sheets in which nothing is masked, and why
    ASK_UNMASKED = "ASK_UNMASKED"  # each kind of sheet asks for its own permission besides
    APPROVE_UNMASKED = "APPROVE_UNMASKED"  # never what one asked for oneself
    # People and places.
    READ_PEOPLE = "READ_PEOPLE"
    EDIT_PEOPLE = "EDIT_PEOPLE"
    CONFIRM_PEOPLE = "CONFIRM_PEOPLE"
    READ_DAY = "READ_DAY"  # the sheet of one's own day
    TALK = "TALK"  # among colleagues: clerk, worker and supervisor
    HAND_OVER = "HAND_OVER"  # one's own open work; that of colleagues only where END_GRANTS reaches them
    READ_SERVED = "READ_SERVED"  # the page of a person served; what it tells goes by the other permissions
    REVEAL_CONTACT = "REVEAL_CONTACT"
    EDIT_PLACES = "EDIT_PLACES"
    SET_UP = "SET_UP"  # a community: the checklist of its first days, and its trial run
    STEER_TRIAL = "STEER_TRIAL"  # end it early or let it last longer
    EDIT_DIRECTORY = "EDIT_DIRECTORY"
    EDIT_ORGANIZATIONS = "EDIT_ORGANIZATIONS"
    ENTER_ORGANIZATIONS = "ENTER_ORGANIZATIONS"
    # Accounts.
    READ_ACCOUNTS = "READ_ACCOUNTS"
    INVITE_STAFF = "INVITE_STAFF"
    END_GRANTS = "END_GRANTS"
    RESET_PASSWORD = "RESET_PASSWORD"
    # Packages and projects.
    READ_PACKAGES = "READ_PACKAGES"
    DRAFT_PACKAGE = "DRAFT_PACKAGE"
    SIGN_SELF_RUN = "SIGN_SELF_RUN"
    APPROVE_PACKAGE = "APPROVE_PACKAGE"
    DECIDE_PACKAGE = "DECIDE_PACKAGE"  # either of the two; the verb asks for the one that the track needs
    READ_PROJECTS = "READ_PROJECTS"
    ENTER_PROJECT = "ENTER_PROJECT"
    ASSIGN_PROJECT = "ASSIGN_PROJECT"
    LINK_NEEDS = "LINK_NEEDS"
    STEER_PROJECT = "STEER_PROJECT"  # suspend, resume, terminate, close
    PLAN_PROJECT = "PLAN_PROJECT"  # team, goals, next dates
    # Service.
    READ_LOGS = "READ_LOGS"
    WRITE_LOG = "WRITE_LOG"
    READ_CHECK_INS = "READ_CHECK_INS"  # the book at the door: whoever is in charge, and the auditor
    APPROVE_LOG = "APPROVE_LOG"
    APPROVE_LATE_LOG = "APPROVE_LATE_LOG"
    JUDGE_LOG = "JUDGE_LOG"  # either of the two; the verb asks for the one that the log needs
    READ_INTERNAL = "READ_INTERNAL"
    MATCH_ATTENDANCE = "MATCH_ATTENDANCE"
    READ_PRE_REPORTS = "READ_PRE_REPORTS"
    REPORT_ACTIVITY = "REPORT_ACTIVITY"  # beforehand, by organizations
    NOTE_PRE_REPORTS = "NOTE_PRE_REPORTS"
    APPROVE_HOURS = "APPROVE_HOURS"
    READ_VOLUNTEERS = "READ_VOLUNTEERS"  # what they offer; organizations where they serve
    READ_HOUR_LISTS = "READ_HOUR_LISTS"  # for the official system, and their layout
    REPORT_HOURS = "REPORT_HOURS"
    ISSUE_CERTIFICATES = "ISSUE_CERTIFICATES"  # of volunteers' time, from approved hours; and take them back
    SET_VOLUNTEER_RULES = "SET_VOLUNTEER_RULES"  # stars and time bank of a community or a district
    APPROVE_STARS = "APPROVE_STARS"
    KEEP_TIME_BANK = "KEEP_TIME_BANK"  # the desk: rewards handed out, members helped from the pool
    # Ratings and evaluation.
    INVITE_RATINGS = "INVITE_RATINGS"
    ENTER_PAPER_RATINGS = "ENTER_PAPER_RATINGS"  # and compare what somebody else entered
    STAND_IN_ON_PAPER = "STAND_IN_ON_PAPER"  # a third party does both where a committee served itself
    WITNESS_RATINGS = "WITNESS_RATINGS"  # names given at posters, and doubts
    CONTACT_RATERS = "CONTACT_RATERS"
    VOID_RATING = "VOID_RATING"
    READ_EVALUATION = "READ_EVALUATION"
    SCORE_BASE = "SCORE_BASE"
    EDIT_SCHEME = "EDIT_SCHEME"
    READ_DOSSIER = "READ_DOSSIER"  # of a project: its evaluator, its committee and street, its own managers
    READ_HINTS = "READ_HINTS"
    COMMENT_HINTS = "COMMENT_HINTS"
    JUDGE_HINTS = "JUDGE_HINTS"  # never about one's own record
    # The public side and the figures.
    WRITE_NOTICE = "WRITE_NOTICE"
    PUBLISH_NOTICE = "PUBLISH_NOTICE"
    READ_DASHBOARD = "READ_DASHBOARD"
    READ_REPORTS = "READ_REPORTS"
    WRITE_REPORT = "WRITE_REPORT"
    SIGN_REPORT = "SIGN_REPORT"
    RECEIVE_REPORT = "RECEIVE_REPORT"
    KEEP_REPORT_TEMPLATES = "KEEP_REPORT_TEMPLATES"
    AUDIT = "AUDIT"


P = Permission
_EVERYBODY = {P.OWN, P.RAISE_NEED, P.SUPPORT_NEED}
_READING = {
    P.READ_NEEDS, P.READ_PACKAGES, P.READ_PROJECTS, P.READ_LOGS, P.READ_EVALUATION, P.READ_DASHBOARD, P.READ_REPORTS,
}  # fmt: skip
_CLERK = _READING | {
    P.ENTER_FOR_OTHERS,
    P.TRIAGE,
    P.IMPORT_NEEDS,
    P.BRING_LEDGERS,
    P.EXPORT_NEEDS,
    P.READ_UNMASKED,
    P.ASK_UNMASKED,
    P.READ_PEOPLE,
    P.READ_SERVED,
    P.TALK,
    P.READ_DAY,
    P.HAND_OVER,
    P.EDIT_PEOPLE,
    P.CONFIRM_PEOPLE,
    P.REVEAL_CONTACT,
    P.EDIT_DIRECTORY,
    P.RESET_PASSWORD,
    P.DRAFT_PACKAGE,
    P.ENTER_PROJECT,
    P.LINK_NEEDS,
    P.READ_CHECK_INS,
    P.WRITE_LOG,  # of projects that the committee serves itself
    P.APPROVE_LATE_LOG,
    P.JUDGE_LOG,
    P.MATCH_ATTENDANCE,
    P.READ_PRE_REPORTS,
    P.NOTE_PRE_REPORTS,
    P.INVITE_RATINGS,
    P.ENTER_PAPER_RATINGS,
    P.WITNESS_RATINGS,
    P.CONTACT_RATERS,
    P.WRITE_NOTICE,
    P.WRITE_REPORT,
    P.KEEP_REPORT_TEMPLATES,
    P.READ_HOUR_LISTS,
    P.READ_VOLUNTEERS,
    P.REPORT_HOURS,
    P.ISSUE_CERTIFICATES,
    P.KEEP_TIME_BANK,
    P.READ_HINTS,
    P.COMMENT_HINTS,
    P.JUDGE_HINTS,
    P.READ_DOSSIER,
}
_HEAD = _CLERK | {
    P.APPROVE_UNMASKED,
    P.HEAR_OBJECTION,
    P.EDIT_PLACES,
    P.SET_UP,
    P.READ_ACCOUNTS,
    P.INVITE_STAFF,
    P.END_GRANTS,
    P.SIGN_SELF_RUN,
    P.DECIDE_PACKAGE,
    P.PLAN_PROJECT,
    P.APPROVE_HOURS,
    P.APPROVE_STARS,
    P.SET_VOLUNTEER_RULES,
    P.VOID_RATING,
    P.PUBLISH_NOTICE,
    P.SIGN_REPORT,
}
_WORKER = {
    P.READ_PROJECTS,
    P.READ_LOGS,
    P.READ_SERVED,
    P.TALK,
    P.READ_DAY,
    P.HAND_OVER,
    P.READ_CHECK_INS,
    P.WRITE_LOG,
    P.MATCH_ATTENDANCE,
    P.READ_VOLUNTEERS,
    P.READ_PRE_REPORTS,
    P.REPORT_ACTIVITY,
    P.READ_EVALUATION,
}

MAY: dict[Role, frozenset[Permission]] = {
    role: frozenset(_EVERYBODY | may)
    for role, may in {
        Role.RESIDENT: set[Permission](),
        Role.VOLUNTEER: set[Permission](),
        Role.CLERK: _CLERK,
        Role.HEAD: _HEAD,
        Role.GRID_WORKER: {
            P.ENTER_FOR_OTHERS,
            P.READ_PEOPLE,
            P.READ_SERVED,
            P.TALK,
            P.READ_DAY,
            P.CONFIRM_PEOPLE,
            P.READ_NEEDS,
            P.REVEAL_CONTACT,
        },
        Role.STREET_OFFICE: _READING
        | {
            P.APPROVE_PACKAGE,
            P.DECIDE_PACKAGE,
            P.ASSIGN_PROJECT,
            P.STEER_PROJECT,
            P.ENTER_PROJECT,
            P.BRING_LEDGERS,
            P.EDIT_PLACES,
            P.SET_UP,
            P.STEER_TRIAL,
            P.READ_ACCOUNTS,
            P.INVITE_STAFF,
            P.END_GRANTS,
            P.RESET_PASSWORD,
            P.EDIT_ORGANIZATIONS,
            P.ENTER_ORGANIZATIONS,
            P.WRITE_NOTICE,
            P.PUBLISH_NOTICE,
            P.EXPORT_NEEDS,
            P.READ_UNMASKED,
            P.APPROVE_UNMASKED,
            P.RECEIVE_REPORT,
            P.KEEP_REPORT_TEMPLATES,
            P.READ_HOUR_LISTS,
            P.READ_DOSSIER,
        },
        Role.FINANCE: {P.READ_PACKAGES, P.READ_PROJECTS, P.READ_EVALUATION, P.READ_DASHBOARD},
        Role.DISTRICT: _READING
        | {
            P.EDIT_SCHEME,
            P.SET_VOLUNTEER_RULES,
            P.EDIT_PLACES,
            P.EDIT_ORGANIZATIONS,
            P.ENTER_ORGANIZATIONS,
            P.WRITE_NOTICE,
            P.PUBLISH_NOTICE,
        },
        Role.ORG_MANAGER: _WORKER
        | {
            P.APPROVE_LOG,
            P.JUDGE_LOG,
            P.APPROVE_HOURS,
            P.PLAN_PROJECT,
            P.READ_DOSSIER,
            P.READ_ACCOUNTS,
            P.INVITE_STAFF,
            P.END_GRANTS,
            P.EDIT_ORGANIZATIONS,
        },
        Role.SOCIAL_WORKER: _WORKER,  # the internal record of one's own logs is open to their author
        Role.SUPERVISOR: _WORKER
        | {
            P.READ_HINTS,
            P.COMMENT_HINTS,
            P.READ_INTERNAL,
            P.APPROVE_LOG,
            P.JUDGE_LOG,
            P.APPROVE_HOURS,
            P.PLAN_PROJECT,
            P.READ_DOSSIER,
        },
        Role.SUPPORT_ORG: {P.READ_PROJECTS, P.READ_EVALUATION, P.READ_DASHBOARD},
        Role.EVALUATOR: {
            P.READ_PROJECTS,
            P.READ_LOGS,
            P.READ_EVALUATION,
            P.SCORE_BASE,
            P.READ_DOSSIER,
            P.ENTER_PAPER_RATINGS,
            P.STAND_IN_ON_PAPER,
        },
        Role.EXPERT: {P.READ_PACKAGES, P.READ_PROJECTS},
        Role.AUDITOR: _READING | {P.AUDIT, P.READ_UNMASKED, P.READ_HINTS, P.READ_CHECK_INS, P.READ_ACCOUNTS},
        Role.SYSADMIN: {
            P.READ_ACCOUNTS,
            P.INVITE_STAFF,
            P.END_GRANTS,
            P.RESET_PASSWORD,
            P.EDIT_PLACES,
            P.EDIT_ORGANIZATIONS,
            P.ENTER_ORGANIZATIONS,
        },
    }.items()
}

STAFF: frozenset[Role] = frozenset(Role) - {Role.RESIDENT, Role.VOLUNTEER}

# Where a role is seated: in a place of these levels, or in an organization.
SEATS: dict[Role, frozenset[PlaceKind]] = {
    Role.RESIDENT: frozenset({PlaceKind.COMMUNITY}),
    Role.VOLUNTEER: frozenset({PlaceKind.COMMUNITY}),
    Role.CLERK: frozenset({PlaceKind.COMMUNITY}),
    Role.HEAD: frozenset({PlaceKind.COMMUNITY}),
    Role.GRID_WORKER: frozenset({PlaceKind.GRID}),
    Role.STREET_OFFICE: frozenset({PlaceKind.STREET}),
    Role.FINANCE: frozenset({PlaceKind.STREET}),
    Role.DISTRICT: frozenset({PlaceKind.DISTRICT}),
    Role.SUPPORT_ORG: frozenset({PlaceKind.COMMUNITY, PlaceKind.STREET, PlaceKind.DISTRICT}),
    Role.EVALUATOR: frozenset({PlaceKind.STREET, PlaceKind.DISTRICT}),
    Role.EXPERT: frozenset({PlaceKind.STREET, PlaceKind.DISTRICT}),
    Role.AUDITOR: frozenset({PlaceKind.STREET, PlaceKind.DISTRICT}),
    Role.SYSADMIN: frozenset({PlaceKind.STREET, PlaceKind.DISTRICT}),
}
IN_ORGANIZATIONS: frozenset[Role] = frozenset(
    {Role.ORG_MANAGER, Role.SOCIAL_WORKER, Role.SUPERVISOR, Role.SUPPORT_ORG, Role.EVALUATOR}
)

# Who may give which role, within the reach of the role that gives: nobody makes an equal, but the administrator.
APPOINTS: dict[Role, frozenset[Role]] = {
    Role.HEAD: frozenset({Role.CLERK, Role.GRID_WORKER, Role.VOLUNTEER}),
    Role.STREET_OFFICE: frozenset(
        {Role.HEAD, Role.CLERK, Role.GRID_WORKER, Role.FINANCE, Role.ORG_MANAGER, Role.EVALUATOR, Role.EXPERT,
         Role.SUPPORT_ORG}
    ),
    Role.ORG_MANAGER: frozenset({Role.SOCIAL_WORKER, Role.SUPERVISOR}),
    Role.SYSADMIN: STAFF,
}  # fmt: skip

# Who approves what somebody else began: these two never reset each other's password (decision 20).
_SECOND_PAIRS: tuple[tuple[Permission, Permission], ...] = (
    (P.APPROVE_PACKAGE, P.DRAFT_PACKAGE),
    (P.SIGN_SELF_RUN, P.DRAFT_PACKAGE),
    (P.HEAR_OBJECTION, P.TRIAGE),
    (P.APPROVE_LOG, P.WRITE_LOG),
    (P.APPROVE_LATE_LOG, P.WRITE_LOG),
    (P.APPROVE_HOURS, P.WRITE_LOG),
    (P.WITNESS_RATINGS, P.ENTER_PAPER_RATINGS),
    (P.PUBLISH_NOTICE, P.WRITE_NOTICE),
    (P.SIGN_REPORT, P.WRITE_REPORT),
    (P.RECEIVE_REPORT, P.SIGN_REPORT),
    (P.APPROVE_UNMASKED, P.ASK_UNMASKED),
)


def approve_each_other(one: frozenset[Permission], other: frozenset[Permission]) -> bool:
    """Tell whether one of two people approves what the other begins, in either direction."""
    return any(
        (approves in one and begins in other) or (approves in other and begins in one)
        for approves, begins in _SECOND_PAIRS
    )
