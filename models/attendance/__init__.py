"""Who was there: every person served stands in a list by name, or waits in 待核对 until somebody is found."""

from models.attendance.arriving import may_say_own_place, may_say_place
from models.attendance.guardians import Agreed, ConsentWay, Guardian, GuardianConsent, Relation, agreed, without_consent
from models.attendance.matching import Candidate, NameLine, Register, read_names
from models.attendance.mine import MyActivity, my_activities
from models.attendance.missing import ask_who_left, no_shows, note_absences, outs_lacking
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
    seat_of,
    seats_of_activities,
    seats_of_logs,
    to_match,
)
from models.attendance.row import THERE, Attendance, AttendancePart, Outcome, Part, Presence
from models.attendance.sheet import Taken, take_list
from models.check_ins import Way

__all__ = [
    "THERE",
    "Agreed",
    "Attendance",
    "AttendancePart",
    "Candidate",
    "ConsentWay",
    "Dispute",
    "Guardian",
    "GuardianConsent",
    "Mine",
    "MyActivity",
    "NameLine",
    "Outcome",
    "Part",
    "Presence",
    "Register",
    "Relation",
    "Seat",
    "Taken",
    "ToMatch",
    "Way",
    "agreed",
    "ask_who_left",
    "count_to_match",
    "disputes",
    "may_say_own_place",
    "may_say_place",
    "mine",
    "my_activities",
    "no_shows",
    "note_absences",
    "outs_lacking",
    "people_of",
    "read_names",
    "search_people",
    "seat_of",
    "seats_of_activities",
    "seats_of_logs",
    "take_list",
    "to_match",
    "without_consent",
]
