"""The record of one service: what was done, for whom, when, seen by a second pair of eyes before it counts."""

from models.service_log.counting import Counts, counts, counts_by_goal, counts_of, public_logs, walk_in_share
from models.service_log.flags import Flag, flags_of
from models.service_log.kinds import CaseStage, Entry, ServiceMethod
from models.service_log.reading import (
    LastLog,
    LogCard,
    LogLine,
    Waiting,
    card_of,
    count_waiting,
    last_of,
    lines_of_author,
    lines_of_project,
    people_of_worker,
    waiting_for,
)
from models.service_log.row import LogNeed, ServiceLog

__all__ = [
    "CaseStage",
    "Counts",
    "Entry",
    "Flag",
    "LastLog",
    "LogCard",
    "LogLine",
    "LogNeed",
    "ServiceLog",
    "ServiceMethod",
    "Waiting",
    "card_of",
    "count_waiting",
    "counts",
    "counts_by_goal",
    "counts_of",
    "flags_of",
    "last_of",
    "lines_of_author",
    "lines_of_project",
    "people_of_worker",
    "public_logs",
    "waiting_for",
    "walk_in_share",
]
