"""Who was there: every person served stands in a list by name, or waits in 待核对 until somebody is found."""

from models.attendance.matching import Candidate, NameLine, Register, read_names
from models.attendance.mine import MyActivity, my_activities
from models.attendance.reading import (
    Dispute,
    Mine,
    Seat,
    ToMatch,
    count_to_match,
    disputes,
    mine,
    people_of,
    search_people,
    seats_of_activities,
    seats_of_logs,
    to_match,
)
from models.attendance.row import THERE, Attendance, AttendancePart, Outcome, Part, Presence, Way
from models.attendance.sheet import Taken, take_list

__all__ = [
    "THERE",
    "Attendance",
    "AttendancePart",
    "Candidate",
    "Dispute",
    "Mine",
    "MyActivity",
    "NameLine",
    "Outcome",
    "Part",
    "Presence",
    "Register",
    "Seat",
    "Taken",
    "ToMatch",
    "Way",
    "count_to_match",
    "disputes",
    "mine",
    "my_activities",
    "people_of",
    "read_names",
    "search_people",
    "seats_of_activities",
    "seats_of_logs",
    "take_list",
    "to_match",
]
