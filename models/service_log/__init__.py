"""The record of one service: what was done, for whom, when, seen by a second pair of eyes before it counts."""

from models.service_log.choosing import (
    Choices,
    LastLog,
    MyPerson,
    Workplace,
    choices_for,
    find_goal,
    find_logs,
    find_needs,
    find_people,
    last_of,
    people_of_worker,
    workplaces,
)
from models.service_log.counting import Counts, counts, counts_by_goal, counts_of, public_logs, walk_in_share
from models.service_log.flags import Flag, flags_of
from models.service_log.kinds import CaseStage, Entry, ServiceMethod
from models.service_log.reading import (
    LogCard,
    LogLine,
    Waiting,
    card_of,
    count_waiting,
    lines_of_author,
    lines_of_project,
    may_read_internal,
    waiting_for,
)
from models.service_log.row import LogNeed, ServiceLog

__all__ = [
    "CaseStage",
    "Choices",
    "Counts",
    "Entry",
    "Flag",
    "LastLog",
    "LogCard",
    "LogLine",
    "LogNeed",
    "MyPerson",
    "ServiceLog",
    "ServiceMethod",
    "Waiting",
    "Workplace",
    "card_of",
    "choices_for",
    "count_waiting",
    "counts",
    "counts_by_goal",
    "counts_of",
    "find_goal",
    "find_logs",
    "find_needs",
    "find_people",
    "flags_of",
    "last_of",
    "lines_of_author",
    "lines_of_project",
    "may_read_internal",
    "people_of_worker",
    "public_logs",
    "waiting_for",
    "walk_in_share",
    "workplaces",
]
