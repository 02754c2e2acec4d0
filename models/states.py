"""Which state may follow which: the closed tables of everything that moves; what is not listed is refused.

Source: domain/states.md, the closed tables at its head.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar, cast

from models.base import Refused

S = TypeVar("S", bound=str)


class Kind(StrEnum):
    """The things that have a state."""

    NEED = "NEED"
    NEED_GROUP = "NEED_GROUP"
    PACKAGE = "PACKAGE"
    PROJECT = "PROJECT"
    SERVICE_LOG = "SERVICE_LOG"
    ATTENDANCE = "ATTENDANCE"
    HOUR_RECORD = "HOUR_RECORD"
    RATING = "RATING"
    PRESENCE_WORD = "PRESENCE_WORD"
    REPORT = "REPORT"
    PRE_REPORT = "PRE_REPORT"
    CERTIFICATE = "CERTIFICATE"
    STAR = "STAR"
    TIME_CLAIM = "TIME_CLAIM"
    REWARD_ORDER = "REWARD_ORDER"
    UNMASKED_FILE = "UNMASKED_FILE"


class NeedState(StrEnum):
    """Where a resident's need stands."""

    SUBMITTED = "SUBMITTED"
    NEED_INFO = "NEED_INFO"
    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"
    REDIRECTED = "REDIRECTED"
    PLANNED = "PLANNED"
    IN_SERVICE = "IN_SERVICE"
    MERGED = "MERGED"
    RESOLVED = "RESOLVED"
    CONFIRMED = "CONFIRMED"
    AUTO_CLOSED = "AUTO_CLOSED"
    REOPENED = "REOPENED"
    WITHDRAWN = "WITHDRAWN"


class NeedGroupState(StrEnum):
    """What became of the suggestion that some needs say the same thing."""

    SUGGESTED = "SUGGESTED"
    TAKEN = "TAKEN"
    DISMISSED = "DISMISSED"


class PackageState(StrEnum):
    """Where a proposal gathered from needs stands."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    RETURNED = "RETURNED"
    APPROVED = "APPROVED"
    UNFEASIBLE = "UNFEASIBLE"
    DISSOLVED = "DISSOLVED"


class ProjectState(StrEnum):
    """Where an approved proposal stands on its way through service."""

    APPROVED = "APPROVED"
    RUNNING = "RUNNING"
    SUSPENDED = "SUSPENDED"
    CLOSED = "CLOSED"
    TERMINATED = "TERMINATED"
    TAKEN_BACK = "TAKEN_BACK"


class ServiceLogState(StrEnum):
    """Where the record of one service stands; only APPROVED counts."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    AWAITING_COMMITTEE = "AWAITING_COMMITTEE"
    APPROVED = "APPROVED"
    RETURNED = "RETURNED"
    VOIDED = "VOIDED"


class AttendanceState(StrEnum):
    """Whether a person was there."""

    WAITLISTED = "WAITLISTED"
    EXPECTED = "EXPECTED"
    TO_MATCH = "TO_MATCH"
    PRESENT = "PRESENT"
    CONFIRMED = "CONFIRMED"
    DISPUTED = "DISPUTED"
    ABSENT = "ABSENT"
    CANCELLED = "CANCELLED"


class HourRecordState(StrEnum):
    """Whether a volunteer's time counts."""

    PROPOSED = "PROPOSED"
    COUNTED = "COUNTED"
    REJECTED = "REJECTED"
    VOIDED = "VOIDED"


class RatingState(StrEnum):
    """Whether a rating counts."""

    WAITING = "WAITING"
    VALID = "VALID"
    INVALID = "INVALID"
    SUPERSEDED = "SUPERSEDED"


class PresenceWordState(StrEnum):
    """What a person served said of having been there, and what the committee found of a no."""

    CONFIRMED = "CONFIRMED"
    DISPUTED = "DISPUTED"
    UPHELD = "UPHELD"
    DISMISSED = "DISMISSED"


class ReportState(StrEnum):
    """Where a monthly report stands between clerk, head and street."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    SIGNED = "SIGNED"
    RECEIVED = "RECEIVED"
    RETURNED = "RETURNED"


class PreReportState(StrEnum):
    """Where an activity that was reported beforehand stands between organization and committee."""

    REPORTED = "REPORTED"
    ASKED = "ASKED"
    NOTED = "NOTED"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"
    ANNOUNCED = "ANNOUNCED"


class CertificateState(StrEnum):
    """Whether a proof of volunteer service holds."""

    ISSUED = "ISSUED"
    REVOKED = "REVOKED"


class StarState(StrEnum):
    """Where a volunteer's star stands between application and award."""

    APPLIED = "APPLIED"
    NOTICED = "NOTICED"
    AWARDED = "AWARDED"
    DECLINED = "DECLINED"


class TimeClaimState(StrEnum):
    """Whether a help between members was confirmed by whoever was helped."""

    CLAIMED = "CLAIMED"
    CONFIRMED = "CONFIRMED"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"


class RewardOrderState(StrEnum):
    """Whether a reserved reward was fetched."""

    RESERVED = "RESERVED"
    HANDED_OUT = "HANDED_OUT"
    CANCELLED = "CANCELLED"


class UnmaskedFileState(StrEnum):
    """Whether a sheet in which nothing is masked may leave; how long and how often stands beside it."""

    ASKED = "ASKED"
    APPROVED = "APPROVED"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"


STATES: Mapping[Kind, type[StrEnum]] = {
    Kind.NEED: NeedState,
    Kind.NEED_GROUP: NeedGroupState,
    Kind.PACKAGE: PackageState,
    Kind.PROJECT: ProjectState,
    Kind.SERVICE_LOG: ServiceLogState,
    Kind.ATTENDANCE: AttendanceState,
    Kind.HOUR_RECORD: HourRecordState,
    Kind.RATING: RatingState,
    Kind.PRESENCE_WORD: PresenceWordState,
    Kind.REPORT: ReportState,
    Kind.PRE_REPORT: PreReportState,
    Kind.CERTIFICATE: CertificateState,
    Kind.STAR: StarState,
    Kind.TIME_CLAIM: TimeClaimState,
    Kind.REWARD_ORDER: RewardOrderState,
    Kind.UNMASKED_FILE: UnmaskedFileState,
}

# The states in which a thing may come into being.
BORN_AS: Mapping[Kind, frozenset[str]] = {
    Kind.NEED: frozenset({"SUBMITTED"}),
    Kind.NEED_GROUP: frozenset({"SUGGESTED"}),
    Kind.PACKAGE: frozenset({"DRAFT"}),
    Kind.PROJECT: frozenset({"APPROVED"}),
    Kind.SERVICE_LOG: frozenset({"DRAFT"}),
    Kind.ATTENDANCE: frozenset({"WAITLISTED", "EXPECTED", "TO_MATCH", "PRESENT"}),
    Kind.HOUR_RECORD: frozenset({"PROPOSED"}),
    Kind.RATING: frozenset({"VALID", "WAITING"}),
    Kind.PRESENCE_WORD: frozenset({"CONFIRMED", "DISPUTED"}),
    Kind.REPORT: frozenset({"DRAFT"}),
    Kind.PRE_REPORT: frozenset({"REPORTED"}),
    Kind.CERTIFICATE: frozenset({"ISSUED"}),
    Kind.STAR: frozenset({"APPLIED"}),
    Kind.TIME_CLAIM: frozenset({"CLAIMED"}),
    Kind.REWARD_ORDER: frozenset({"RESERVED"}),
    Kind.UNMASKED_FILE: frozenset({"ASKED"}),
}

# Each line: from which states, by which verb, to which state. SAME means the state stays; several targets mean that
# the verb's own rule chooses, and the caller names its choice.
SAME = "SAME"
Lines = tuple[tuple[str, str, str], ...]

_LINES: Mapping[Kind, Lines] = {
    Kind.NEED: (
        ("SUBMITTED ACCEPTED REOPENED", "ask_info", "NEED_INFO"),
        ("NEED_INFO", "inform", "SUBMITTED ACCEPTED REOPENED"),  # the state before
        ("SUBMITTED", "accept", "ACCEPTED"),
        ("SUBMITTED ACCEPTED NEED_INFO", "reject", "REJECTED"),
        ("SUBMITTED ACCEPTED REOPENED", "redirect", "REDIRECTED"),
        ("ACCEPTED REOPENED", "answer", "RESOLVED"),
        ("ACCEPTED REOPENED", "_plan", "PLANNED"),
        ("PLANNED IN_SERVICE", "_unplan", "ACCEPTED"),
        ("PLANNED", "_enter_service", "IN_SERVICE"),
        ("SUBMITTED NEED_INFO ACCEPTED REJECTED REDIRECTED IN_SERVICE", "_enter_service", SAME),
        ("MERGED RESOLVED CONFIRMED AUTO_CLOSED REOPENED WITHDRAWN", "_enter_service", SAME),
        ("IN_SERVICE", "_leave_service", "PLANNED"),
        ("RESOLVED", "_leave_service", "REOPENED RESOLVED"),  # reopened unless an answer was written
        ("AUTO_CLOSED", "_leave_service", "REOPENED AUTO_CLOSED"),
        ("SUBMITTED NEED_INFO ACCEPTED REJECTED REDIRECTED", "_leave_service", SAME),
        ("PLANNED MERGED CONFIRMED REOPENED WITHDRAWN", "_leave_service", SAME),
        ("ACCEPTED NEED_INFO REOPENED", "extend", SAME),
        ("SUBMITTED NEED_INFO", "edit", SAME),
        ("PLANNED IN_SERVICE", "promise", SAME),
        ("REJECTED REDIRECTED", "object", "REOPENED"),
        ("SUBMITTED NEED_INFO ACCEPTED REOPENED", "withdraw", "WITHDRAWN"),  # the author
        ("ACCEPTED PLANNED IN_SERVICE", "withdraw_on_request", "WITHDRAWN"),  # the clerk, for the author
        ("SUBMITTED", "_undo_import", "WITHDRAWN"),
        ("PLANNED IN_SERVICE", "resolve", "RESOLVED"),
        ("ACCEPTED REOPENED PLANNED", "merge", "MERGED"),
        ("MERGED", "split_out", "ACCEPTED REOPENED"),  # reopened where an author of the merged need reopens
        ("RESOLVED", "confirm", "CONFIRMED"),
        ("RESOLVED", "auto_close", "AUTO_CLOSED"),
        ("RESOLVED CONFIRMED AUTO_CLOSED", "reopen", "REOPENED"),
    ),
    Kind.NEED_GROUP: (
        ("SUGGESTED", "take", "TAKEN"),
        ("SUGGESTED", "dismiss", "DISMISSED"),
    ),
    Kind.PACKAGE: (
        ("DRAFT RETURNED", "submit", "SUBMITTED"),
        ("SUBMITTED", "return", "RETURNED"),
        ("SUBMITTED", "judge_unfeasible", "UNFEASIBLE"),
        ("SUBMITTED", "approve", "APPROVED"),
        ("DRAFT RETURNED", "dissolve", "DISSOLVED"),
    ),
    Kind.PROJECT: (
        ("APPROVED", "assign", "RUNNING"),
        ("RUNNING", "suspend", "SUSPENDED"),
        ("SUSPENDED", "resume", "RUNNING"),
        ("RUNNING", "close", "CLOSED"),
        ("RUNNING SUSPENDED", "terminate", "TERMINATED"),
        ("RUNNING", "_undo_import", "TAKEN_BACK"),  # nobody has touched it
    ),
    Kind.SERVICE_LOG: (
        ("DRAFT RETURNED", "submit", "SUBMITTED"),
        ("SUBMITTED", "approve", "APPROVED AWAITING_COMMITTEE"),  # a late one waits for the committee
        ("AWAITING_COMMITTEE", "approve", "APPROVED"),
        ("SUBMITTED AWAITING_COMMITTEE", "return", "RETURNED"),
        ("APPROVED", "correct", "SUBMITTED"),
        ("APPROVED", "void", "VOIDED"),
    ),
    Kind.ATTENDANCE: (
        ("WAITLISTED", "admit", "EXPECTED"),
        ("EXPECTED WAITLISTED", "cancel", "CANCELLED"),
        ("EXPECTED", "check_in", "PRESENT"),
        ("EXPECTED", "mark_absent", "ABSENT"),
        (
            "ABSENT",
            "come_after_all",
            "PRESENT",
        ),  # who was noted as not having come; not whom the committee found absent
        ("TO_MATCH", "match", "PRESENT"),
        ("PRESENT", "confirm", "CONFIRMED"),
        ("PRESENT", "dispute", "DISPUTED"),
        ("DISPUTED", "uphold", "ABSENT"),
        ("DISPUTED", "dismiss", "PRESENT"),
    ),
    Kind.HOUR_RECORD: (
        ("PROPOSED", "approve", "COUNTED"),
        ("PROPOSED", "reject", "REJECTED"),
        ("COUNTED", "void", "VOIDED"),
    ),
    Kind.RATING: (
        ("WAITING", "validate", "VALID"),
        ("WAITING VALID", "invalidate", "INVALID"),
        ("VALID", "supersede", "SUPERSEDED"),
    ),
    Kind.PRESENCE_WORD: (
        ("DISPUTED", "uphold", "UPHELD"),
        ("DISPUTED", "dismiss", "DISMISSED"),
    ),
    Kind.REPORT: (
        ("DRAFT RETURNED", "submit", "SUBMITTED"),
        ("SUBMITTED", "sign", "SIGNED"),
        ("SIGNED", "receive", "RECEIVED"),
        ("SUBMITTED SIGNED", "return", "RETURNED"),
    ),
    Kind.PRE_REPORT: (
        ("REPORTED", "note", "NOTED"),
        ("REPORTED", "ask", "ASKED"),
        ("ASKED", "answer", "REPORTED"),
        ("REPORTED ASKED", "refuse", "REFUSED"),
        ("REPORTED ASKED NOTED", "withdraw", "WITHDRAWN"),
        ("NOTED", "announce", "ANNOUNCED"),
    ),
    Kind.CERTIFICATE: (("ISSUED", "revoke", "REVOKED"),),
    Kind.STAR: (
        ("APPLIED", "approve", "NOTICED"),
        ("APPLIED NOTICED", "decline", "DECLINED"),
        ("NOTICED", "award", "AWARDED"),  # when the notice has stood for its days
    ),
    Kind.TIME_CLAIM: (
        ("CLAIMED", "confirm", "CONFIRMED"),
        ("CLAIMED", "decline", "DECLINED"),
        ("CLAIMED", "withdraw", "WITHDRAWN"),
    ),
    Kind.REWARD_ORDER: (
        ("RESERVED", "hand_out", "HANDED_OUT"),
        ("RESERVED", "cancel", "CANCELLED"),
    ),
    Kind.UNMASKED_FILE: (
        ("ASKED", "approve", "APPROVED"),
        ("ASKED APPROVED", "refuse", "REFUSED"),  # what was agreed to may be taken back while it is open
        ("ASKED APPROVED", "withdraw", "WITHDRAWN"),
        ("APPROVED", "take", SAME),
    ),
}


def _table(kind: Kind, lines: Lines) -> dict[tuple[str, str], frozenset[str]]:
    states = STATES[kind]
    table: dict[tuple[str, str], frozenset[str]] = {}
    for froms, verb, leads_to in lines:
        for state in froms.split():
            chosen = state if leads_to == SAME else leads_to
            if (states(state), verb) in table:
                raise ValueError(f"{kind} lists {state} and {verb} twice")
            table[states(state), verb] = frozenset(states(target) for target in chosen.split())
    return table


TABLES: Mapping[Kind, Mapping[tuple[str, str], frozenset[str]]] = {
    kind: _table(kind, lines) for kind, lines in _LINES.items()
}
VERBS: Mapping[Kind, frozenset[str]] = {kind: frozenset(verb for _, verb in table) for kind, table in TABLES.items()}


def targets(kind: Kind, state: str, verb: str) -> frozenset[str]:
    """Return the states to which a verb may lead from a state; none where the table does not list it.

    Errors: ValueError for a verb that this kind of thing does not know at all, so that a slip of the pen is found.
    """
    if verb not in VERBS[kind]:
        raise ValueError(f"{kind} knows no verb {verb!r}")
    return TABLES[kind].get((state, verb), frozenset())


def may(kind: Kind, state: str, verb: str) -> bool:
    """Say whether the closed table lists the verb from this state."""
    return bool(targets(kind, state, verb))


def step(kind: Kind, state: S, verb: str, to: S | None = None) -> S:
    """Return the state after a verb. Where the verb may lead to several states, `to` names the one its rule chose.

    Errors: Refused("not_from_here", state=…, verb=…) for what the table does not list; ValueError for an unknown verb,
    a missing choice, or a choice that the table does not offer. Source: domain/states.md.
    """
    offered = targets(kind, state, verb)
    if not offered:
        raise Refused("not_from_here", state=STATES[kind](state), verb=verb)
    if to is None:
        if len(offered) > 1:
            raise ValueError(f"{verb} from {state} leads to {', '.join(sorted(offered))}: name one")
        to = cast(S, next(iter(offered)))
    if to not in offered:
        raise ValueError(f"{verb} does not lead from {state} to {to}")
    return cast(S, STATES[kind](to))
