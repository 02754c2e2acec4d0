"""What can wait for somebody, and the lines of a home."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

# How many lines of one kind a reader gives: few on the first page, more on the sheet of the day.
each: ContextVar[int] = ContextVar("each", default=4)


class Task(StrEnum):
    """What somebody has to do with the thing on the line; each has one action."""

    ACCEPT = "ACCEPT"
    RAISED = "RAISED"
    ANSWER = "ANSWER"
    PROMISE = "PROMISE"
    OBJECTION = "OBJECTION"
    MENTION = "MENTION"
    PHONE = "PHONE"
    TALK = "TALK"
    PRESENCE = "PRESENCE"
    SECOND_EYES = "SECOND_EYES"
    MATCH = "MATCH"
    PRE_REPORT = "PRE_REPORT"
    JOIN = "JOIN"
    MEET = "MEET"
    CONFIRM_PEOPLE = "CONFIRM_PEOPLE"
    PACKAGE_BACK = "PACKAGE_BACK"
    SIGN = "SIGN"
    WRITE_REPORT = "WRITE_REPORT"
    FINISH_REPORT = "FINISH_REPORT"
    SIGN_REPORT = "SIGN_REPORT"
    REPORT_BACK = "REPORT_BACK"
    RECEIVE_REPORT = "RECEIVE_REPORT"
    DECIDE = "DECIDE"
    ASSIGN = "ASSIGN"
    OVERDUE = "OVERDUE"
    NOTICE = "NOTICE"
    APPROVE_LOGS = "APPROVE_LOGS"
    APPROVE_HOURS = "APPROVE_HOURS"
    CORRECT_HOURS = "CORRECT_HOURS"
    CERTIFICATES = "CERTIFICATES"
    UNMASKED = "UNMASKED"
    CHECK_OUT_LACKS = "CHECK_OUT_LACKS"
    LOG_BACK = "LOG_BACK"
    LOG_DRAFT = "LOG_DRAFT"
    VISIT = "VISIT"
    LONG_UNSEEN = "LONG_UNSEEN"
    LOOK_IN = "LOOK_IN"
    NEXT_DATE = "NEXT_DATE"
    QUIET_PROJECT = "QUIET_PROJECT"
    PROJECT_OVER = "PROJECT_OVER"
    SCORE = "SCORE"
    READ_PROJECT = "READ_PROJECT"
    READ_PACKAGE = "READ_PACKAGE"
    BUDGET = "BUDGET"
    TRIAL_ENDS = "TRIAL_ENDS"
    TRIAL_OVER = "TRIAL_OVER"
    VERIFY = "VERIFY"
    REQUESTS = "REQUESTS"


@dataclass(frozen=True)
class Waiting:
    """One line: what to do, with what, by when. `n` counts where many things stand on one line; `inside` is the
    public id of what the thing lies in.
    """

    task: Task
    title: str = ""
    due: datetime | None = None
    public_id: str = ""
    detail: str = ""
    n: int | None = None
    late: bool = False
    fen: int | None = None
    inside: str = ""


class FigureKind(StrEnum):
    """The figures below the list."""

    OPEN_NEEDS = "OPEN_NEEDS"
    LATE_NEEDS = "LATE_NEEDS"
    ANSWERED_MONTH = "ANSWERED_MONTH"
    RECEIVED_MONTH = "RECEIVED_MONTH"
    RUNNING = "RUNNING"
    BUDGET = "BUDGET"
    SERVICES_MONTH = "SERVICES_MONTH"
    MY_SERVICES_MONTH = "MY_SERVICES_MONTH"
    MY_PEOPLE = "MY_PEOPLE"
    HOURS_MONTH = "HOURS_MONTH"
    ACCOUNTS = "ACCOUNTS"
    EVENTS = "EVENTS"
    UNSEALED = "UNSEALED"
    REFUSED_DOORS = "REFUSED_DOORS"


@dataclass(frozen=True)
class Figure:
    """One figure; the page knows how its kind is written."""

    kind: FigureKind
    value: int


@dataclass(frozen=True)
class Share:
    """How many matters are open and late with somebody, in a community or in a street."""

    name: str
    open: int
    late: int


@dataclass(frozen=True)
class Home:
    """A role's first page; `tally` says where matters lie: with whom, or in which community or street."""

    waiting: tuple[Waiting, ...]
    more: int
    figures: tuple[Figure, ...]
    tally: tuple[Share, ...] = ()
