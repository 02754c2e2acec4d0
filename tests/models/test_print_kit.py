"""What stands on the sheets: those who signed up and blank lines, whom a project served, and a month of volunteers."""

from __future__ import annotations

from typing import Any

import pytest

from models import print_kit
from models.accounts import actor_of
from models.attendance import Attendance, Part, Presence
from models.base import today
from models.reports import Period
from models.service_log import ServiceMethod
from models.volunteering import HourRecord
from tests import builders, serving, voices
from tests.cast import Cast


def test_the_sign_in_sheet_names_who_signed_up_and_leaves_lines_for_the_others(db: Any, cast: Cast) -> None:
    day, by = serving.activity(cast, capacity=1), actor_of(cast.clerk)
    for person in (cast.neighbor, *serving.people(cast, 2)):
        Attendance.sign_up(day, person, by=by)
    gone = Attendance.sign_up(day, builders.person(cast.community, "不来了"), by=by)
    gone.cancel(by=by)
    sheet = print_kit.sign_in_sheet(day)
    assert [one.name for one in sheet.expected] == [cast.neighbor.name]
    assert (len(sheet.waiting), sheet.blank) == (2, 17)
    assert [one.public_id for one in print_kit.kit(by).activities] == [day.public_id]
    assert print_kit.kit(actor_of(cast.other_clerk)).activities == ()


def test_the_list_of_those_served_counts_approved_records_by_person(db: Any, cast: Cast) -> None:
    of, (one, twice) = serving.project(cast), serving.people(cast, 2)
    serving.approved(cast, of, twice)
    serving.approved(cast, of, one, twice, hours_ago=30)
    serving.log(of, cast.worker, one, hours_ago=60)
    found = print_kit.people_of(of)
    assert {line.name: line.times for line in found} == {one.name: 1, twice.name: 2}
    twice.merge_into(one, "登记了两次，是同一位老人", by=actor_of(cast.clerk))
    assert [line.name for line in print_kit.people_of(of)] == [one.name]


@pytest.mark.usefixtures("past_noon")
def test_a_month_of_volunteers_holds_what_counts_person_by_person(db: Any, cast: Cast, count_queries: Any) -> None:
    of = serving.project(cast)
    helpers = [builders.person(cast.community, "同名同姓", building=b) for b in ("1", "2")]
    log = serving.approved(
        cast, of, people=tuple(Presence(one, part=Part.VOLUNTEER) for one in helpers), method=ServiceMethod.EVENT
    )
    for one in helpers:
        HourRecord.propose(voices.seat(log, one), by=actor_of(cast.worker)).approve(by=actor_of(cast.supervisor))
    spare = serving.approved(
        cast, of, people=(Presence(cast.neighbor, part=Part.VOLUNTEER),), hours_ago=30, method=ServiceMethod.EVENT
    )
    HourRecord.propose(voices.seat(spare, cast.neighbor), by=actor_of(cast.worker))
    with count_queries() as queries:
        found = print_kit.hours_of(actor_of(cast.supervisor), Period.of(f"{today():%Y}"))
    assert len(queries) == 3  # who asks, the records, whose they are
    assert [(one.name, one.minutes) for one in found] == [("同名同姓", 60), ("同名同姓", 60)]
    assert print_kit.hours_of(actor_of(cast.supervisor), Period.of(f"{today().year - 2}")) == []
