"""The closed tables: the product of all states and all verbs, against a list copied by hand from the rules."""

from enum import StrEnum

import pytest

from models.base import Refused
from models.states import (
    BORN_AS,
    STATES,
    TABLES,
    VERBS,
    AttendanceState,
    Kind,
    NeedState,
    PackageState,
    ServiceLogState,
    may,
    step,
    targets,
)

# Copied line by line from the rules, one line per state, not derived from the code: verb and the states it leads to.
NEED: dict[str, dict[str, str]] = {
    "SUBMITTED": {
        "ask_info": "NEED_INFO",
        "accept": "ACCEPTED",
        "reject": "REJECTED",
        "redirect": "REDIRECTED",
        "edit": "SUBMITTED",
        "withdraw": "WITHDRAWN",
        "_undo_import": "WITHDRAWN",
        "_enter_service": "SUBMITTED",
        "_leave_service": "SUBMITTED",
    },
    "NEED_INFO": {
        "inform": "SUBMITTED|ACCEPTED|REOPENED",
        "extend": "NEED_INFO",
        "edit": "NEED_INFO",
        "reject": "REJECTED",
        "withdraw": "WITHDRAWN",
        "_enter_service": "NEED_INFO",
        "_leave_service": "NEED_INFO",
    },
    "ACCEPTED": {
        "ask_info": "NEED_INFO",
        "reject": "REJECTED",
        "redirect": "REDIRECTED",
        "answer": "RESOLVED",
        "_plan": "PLANNED",
        "extend": "ACCEPTED",
        "withdraw": "WITHDRAWN",
        "withdraw_on_request": "WITHDRAWN",
        "merge": "MERGED",
        "_enter_service": "ACCEPTED",
        "_leave_service": "ACCEPTED",
    },
    "REJECTED": {"object": "REOPENED", "_enter_service": "REJECTED", "_leave_service": "REJECTED"},
    "REDIRECTED": {"object": "REOPENED", "_enter_service": "REDIRECTED", "_leave_service": "REDIRECTED"},
    "PLANNED": {
        "_unplan": "ACCEPTED",
        "_enter_service": "IN_SERVICE",
        "promise": "PLANNED",
        "withdraw_on_request": "WITHDRAWN",
        "resolve": "RESOLVED",
        "merge": "MERGED",
        "_leave_service": "PLANNED",
    },
    "IN_SERVICE": {
        "_unplan": "ACCEPTED",
        "_leave_service": "PLANNED",
        "promise": "IN_SERVICE",
        "withdraw_on_request": "WITHDRAWN",
        "resolve": "RESOLVED",
        "_enter_service": "IN_SERVICE",
    },
    "MERGED": {"split_out": "ACCEPTED|REOPENED", "_enter_service": "MERGED", "_leave_service": "MERGED"},
    "RESOLVED": {
        "confirm": "CONFIRMED",
        "auto_close": "AUTO_CLOSED",
        "reopen": "REOPENED",
        "_leave_service": "REOPENED|RESOLVED",
        "_enter_service": "RESOLVED",
    },
    "CONFIRMED": {"reopen": "REOPENED", "_enter_service": "CONFIRMED", "_leave_service": "CONFIRMED"},
    "AUTO_CLOSED": {
        "reopen": "REOPENED",
        "_leave_service": "REOPENED|AUTO_CLOSED",
        "_enter_service": "AUTO_CLOSED",
    },
    "REOPENED": {
        "ask_info": "NEED_INFO",
        "redirect": "REDIRECTED",
        "answer": "RESOLVED",
        "_plan": "PLANNED",
        "extend": "REOPENED",
        "merge": "MERGED",
        "withdraw": "WITHDRAWN",
        "_enter_service": "REOPENED",
        "_leave_service": "REOPENED",
    },
    "WITHDRAWN": {"_enter_service": "WITHDRAWN", "_leave_service": "WITHDRAWN"},
}
EXPECTED: dict[Kind, dict[str, dict[str, str]]] = {
    Kind.NEED: NEED,
    Kind.NEED_GROUP: {"SUGGESTED": {"take": "TAKEN", "dismiss": "DISMISSED"}, "TAKEN": {}, "DISMISSED": {}},
    Kind.PACKAGE: {
        "DRAFT": {"submit": "SUBMITTED", "dissolve": "DISSOLVED"},
        "SUBMITTED": {"return": "RETURNED", "judge_unfeasible": "UNFEASIBLE", "approve": "APPROVED"},
        "RETURNED": {"submit": "SUBMITTED", "dissolve": "DISSOLVED"},
        "APPROVED": {},
        "UNFEASIBLE": {},
        "DISSOLVED": {},
    },
    Kind.PROJECT: {
        "APPROVED": {"assign": "RUNNING"},
        "RUNNING": {
            "close": "CLOSED",
            "suspend": "SUSPENDED",
            "terminate": "TERMINATED",
            "_undo_import": "TAKEN_BACK",
        },
        "SUSPENDED": {"resume": "RUNNING", "terminate": "TERMINATED"},
        "CLOSED": {},
        "TERMINATED": {},
        "TAKEN_BACK": {},
    },
    Kind.SERVICE_LOG: {
        "DRAFT": {"submit": "SUBMITTED"},
        "SUBMITTED": {"approve": "APPROVED|AWAITING_COMMITTEE", "return": "RETURNED"},
        "AWAITING_COMMITTEE": {"approve": "APPROVED", "return": "RETURNED"},
        "RETURNED": {"submit": "SUBMITTED"},
        "APPROVED": {"correct": "SUBMITTED", "void": "VOIDED"},
        "VOIDED": {},
    },
    Kind.ATTENDANCE: {
        "WAITLISTED": {"admit": "EXPECTED", "cancel": "CANCELLED"},
        "EXPECTED": {"cancel": "CANCELLED", "check_in": "PRESENT", "mark_absent": "ABSENT"},
        "TO_MATCH": {"match": "PRESENT"},
        "PRESENT": {"confirm": "CONFIRMED", "dispute": "DISPUTED"},
        "DISPUTED": {"uphold": "ABSENT", "dismiss": "PRESENT"},
        "CONFIRMED": {},
        "ABSENT": {"come_after_all": "PRESENT"},
        "CANCELLED": {},
    },
    Kind.HOUR_RECORD: {
        "PROPOSED": {"approve": "COUNTED", "reject": "REJECTED"},
        "COUNTED": {"void": "VOIDED"},
        "REJECTED": {},
        "VOIDED": {},
    },
    Kind.RATING: {
        "WAITING": {"validate": "VALID", "invalidate": "INVALID"},
        "VALID": {"supersede": "SUPERSEDED", "invalidate": "INVALID"},
        "INVALID": {},
        "SUPERSEDED": {},
    },
    Kind.REPORT: {
        "DRAFT": {"submit": "SUBMITTED"},
        "SUBMITTED": {"sign": "SIGNED", "return": "RETURNED"},
        "SIGNED": {"receive": "RECEIVED", "return": "RETURNED"},
        "RETURNED": {"submit": "SUBMITTED"},
        "RECEIVED": {},
    },
    Kind.PRE_REPORT: {
        "REPORTED": {"note": "NOTED", "ask": "ASKED", "refuse": "REFUSED", "withdraw": "WITHDRAWN"},
        "ASKED": {"answer": "REPORTED", "refuse": "REFUSED", "withdraw": "WITHDRAWN"},
        "NOTED": {"withdraw": "WITHDRAWN", "announce": "ANNOUNCED"},
        "REFUSED": {},
        "WITHDRAWN": {},
        "ANNOUNCED": {},
    },
    Kind.STAR: {
        "APPLIED": {"approve": "NOTICED", "decline": "DECLINED"},
        "NOTICED": {"award": "AWARDED", "decline": "DECLINED"},
        "AWARDED": {},
        "DECLINED": {},
    },
    Kind.TIME_CLAIM: {
        "CLAIMED": {"confirm": "CONFIRMED", "decline": "DECLINED", "withdraw": "WITHDRAWN"},
        "CONFIRMED": {},
        "DECLINED": {},
        "WITHDRAWN": {},
    },
    Kind.UNMASKED_FILE: {
        "ASKED": {"approve": "APPROVED", "refuse": "REFUSED", "withdraw": "WITHDRAWN"},
        "APPROVED": {"take": "APPROVED", "refuse": "REFUSED", "withdraw": "WITHDRAWN"},
        "REFUSED": {},
        "WITHDRAWN": {},
    },
    Kind.REWARD_ORDER: {
        "RESERVED": {"hand_out": "HANDED_OUT", "cancel": "CANCELLED"},
        "HANDED_OUT": {},
        "CANCELLED": {},
    },
    Kind.PRESENCE_WORD: {
        "CONFIRMED": {},
        "DISPUTED": {"uphold": "UPHELD", "dismiss": "DISMISSED"},
        "UPHELD": {},
        "DISMISSED": {},
    },
    Kind.CERTIFICATE: {"ISSUED": {"revoke": "REVOKED"}, "REVOKED": {}},
}
ALL_VERBS = {kind: sorted({verb for verbs in states.values() for verb in verbs}) for kind, states in EXPECTED.items()}
PRODUCT = [(kind, state, verb) for kind, states in EXPECTED.items() for state in states for verb in ALL_VERBS[kind]]


def test_every_kind_state_and_verb_stands_on_the_hand_written_list() -> None:
    assert set(EXPECTED) == set(Kind) == set(STATES) == set(TABLES) == set(BORN_AS)
    for kind, states in EXPECTED.items():
        assert set(states) == {state.name for state in STATES[kind]}
        assert set(ALL_VERBS[kind]) == VERBS[kind]


@pytest.mark.parametrize(("kind", "state", "verb"), PRODUCT, ids=str)
def test_a_verb_leads_where_the_rules_say_and_nowhere_else(kind: Kind, state: str, verb: str) -> None:
    expected = EXPECTED[kind][state].get(verb)
    before: StrEnum = STATES[kind](state)
    if expected is None:
        assert not may(kind, before, verb)
        with pytest.raises(Refused) as no:
            step(kind, before, verb)
        assert no.value.key == "not_from_here"
        assert no.value.values == {"state": before, "verb": verb}
        return
    assert targets(kind, before, verb) == set(expected.split("|"))
    for after in expected.split("|"):
        assert step(kind, before, verb, STATES[kind](after)) is STATES[kind](after)
    if "|" not in expected:
        assert step(kind, before, verb) is STATES[kind](expected)


def test_a_refusal_names_the_state_and_the_verb() -> None:
    with pytest.raises(Refused) as no:
        step(Kind.NEED, NeedState.CONFIRMED, "accept")
    assert no.value.values == {"state": NeedState.CONFIRMED, "verb": "accept"}


def test_information_brings_a_need_back_to_the_state_it_came_from() -> None:
    for before in (NeedState.SUBMITTED, NeedState.ACCEPTED, NeedState.REOPENED):
        asked = step(Kind.NEED, before, "ask_info")
        assert step(Kind.NEED, asked, "inform", before) is before


def test_a_choice_must_be_named_and_must_be_offered() -> None:
    with pytest.raises(ValueError, match="name one"):
        step(Kind.NEED, NeedState.NEED_INFO, "inform")
    with pytest.raises(ValueError, match="does not lead"):
        step(Kind.NEED, NeedState.NEED_INFO, "inform", NeedState.PLANNED)
    with pytest.raises(ValueError, match="does not lead"):
        step(Kind.PACKAGE, PackageState.SUBMITTED, "approve", PackageState.DISSOLVED)


def test_a_verb_nobody_knows_is_a_slip_of_the_pen_and_no_refusal() -> None:
    with pytest.raises(ValueError, match="knows no verb"):
        step(Kind.NEED, NeedState.SUBMITTED, "delete")


def test_a_state_read_from_the_database_as_text_works_the_same() -> None:
    assert step(Kind.NEED, "SUBMITTED", "accept") is NeedState.ACCEPTED


def test_a_late_log_waits_for_the_committee_before_it_counts() -> None:
    waiting = step(Kind.SERVICE_LOG, ServiceLogState.SUBMITTED, "approve", ServiceLogState.AWAITING_COMMITTEE)
    assert step(Kind.SERVICE_LOG, waiting, "approve") is ServiceLogState.APPROVED


def test_a_dispute_is_upheld_or_dismissed() -> None:
    assert step(Kind.ATTENDANCE, AttendanceState.DISPUTED, "uphold") is AttendanceState.ABSENT
    assert step(Kind.ATTENDANCE, AttendanceState.DISPUTED, "dismiss") is AttendanceState.PRESENT


@pytest.mark.parametrize("kind", list(Kind))
def test_every_state_can_be_reached_from_birth(kind: Kind) -> None:
    reached = {str(state) for state in BORN_AS[kind]}
    for _ in STATES[kind]:
        reached |= {str(after) for (before, _), afters in TABLES[kind].items() if before in reached for after in afters}
    assert reached == {state.name for state in STATES[kind]}
