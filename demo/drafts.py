"""What lies half done on desks at the end of the demo year: drafts, what was called off or taken down, and reasons."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from demo.clockwork import DAYS, Year
from demo.people import actor, desk_of
from models.activities import Activity
from models.attendance import Attendance
from models.base import db, now
from models.deadlines import Escalation
from models.evaluation import Scheme
from models.evaluation.kinds import Indicator
from models.evaluation.rows import EvaluationScheme
from models.needs import Need
from models.notices import Notice
from models.people import Person
from models.reports import Period, Report, ReportKind
from models.reports.periods import month_of
from models.states import AttendanceState, HourRecordState
from models.volunteering import HourCorrection, HourRecord

# What residents said mattered most this year moves two points to how the work was done.
NEXT_WEIGHTS = {
    Indicator.OPERATION: 28, Indicator.ACHIEVEMENT: 32, Indicator.ORGANIZATION: 20, Indicator.BUDGET: 20,
}  # fmt: skip
BODY = "十二月二十一日下午两点，东院凉亭边上支锅，面和馅由社区备，大家来包。吃素的请先说一声。"
LONGER = "那天收拾桌椅又多留了二十分钟，麻烦核对一下。"
REASON = "这一周两名经办都在外面走访，漏看了，已经约好本周三给居民回话。"


def plan(year: Year) -> None:
    """Leave it on the last days."""
    year.on(DAYS - 3, lambda: _notices(year), 16 * 60 + 20)
    year.on(DAYS - 6, lambda: _call_off(year), 16 * 60 + 30)
    year.on(DAYS - 2, lambda: _reports(year), 16 * 60 + 40)
    year.on(DAYS - 5, lambda: _next_scheme(year), 10 * 60)
    year.on(DAYS - 1, lambda: _explain(year), 23 * 60 + 10)
    year.on(DAYS - 2, lambda: _match(year), 22 * 60)
    year.on(DAYS - 1, lambda: _ask_for_hours(year), 21 * 60 + 55)


def _notices(year: Year) -> None:
    clerk, _second, head = desk_of(year, "jinyang")
    place, until = year.things["jinyang"], year.date(DAYS + 28)
    year.try_(lambda: Notice.write(place, "冬至一起包饺子", BODY, until, by=clerk), "notice")
    query = select(Notice).where(Notice.place_id == place.id, Notice.published_at.is_not(None))
    one = db.session.scalars(query.order_by(Notice.id).limit(1)).first()
    if one is not None:
        year.try_(lambda: one.end(by=head), "notice")


def _call_off(year: Year) -> None:
    clerk, start = desk_of(year, "chunxili")[0], year.at(DAYS + 2, 9 * 60)
    activity = year.try_(
        lambda: Activity.announce(
            year.things["chunxili"], "周末跳蚤市场", by=clerk, content="自带一块布，把家里闲着的东西摆出来换。",
            place="架空层", starts_at=start, ends_at=start + timedelta(hours=3), in_charge=clerk.name,
        ),
        "activity",
    )  # fmt: skip
    if activity is not None:
        year.on(DAYS - 2, lambda: year.try_(lambda: activity.cancel("架空层要刷漆，改到下个月。", by=clerk), "cancel"))


def _reports(year: Year) -> None:
    """Begin this month's report, and the count of the stations in the last one."""
    this, last = Period.of(month_of(year.date(year.day))), Period.of(month_of(year.date(DAYS - 40)))
    year.try_(
        lambda: Report.draft(year.things["jinyang"], ReportKind.MONTHLY, this, by=desk_of(year, "jinyang")[0]), "report"
    )
    year.try_(
        lambda: Report.draft(year.things["liuwan"], ReportKind.STATION, last, by=desk_of(year, "liuwan")[0]), "report"
    )


def _next_scheme(year: Year) -> None:
    officer = actor(year, "章海波")
    year.try_(
        lambda: EvaluationScheme.draft(
            year.things["jinan"], Scheme(), NEXT_WEIGHTS, year.date(DAYS + 60), by=officer
        ),
        "scheme",
    )  # fmt: skip


def _explain(year: Year) -> None:
    """Say in the place behind why one of the late matters is late; of the others nothing is said yet."""
    query = select(Need).where(Need.escalated == Escalation.PUBLIC).order_by(Need.id).limit(1)
    need = db.session.scalars(query).first()
    if need is not None:
        slug = next(one for one in ("jinyang", "chunxili", "liuwan") if year.things[one].id == need.community_id)
        year.try_(lambda: need.explain_delay(REASON, by=desk_of(year, slug)[0]), "explain")


def _match(year: Year) -> None:
    """Find one of the names of a sheet in the register."""
    query = select(Attendance).where(Attendance.state == AttendanceState.TO_MATCH).order_by(Attendance.id).limit(1)
    seat = db.session.scalars(query).first()
    if seat is None:
        return
    slug = next(one for one in ("jinyang", "chunxili", "liuwan") if year.things[one].id == seat.community_id)
    there = select(Attendance.person_id).where(Attendance.log_id == seat.log_id, Attendance.person_id.is_not(None))
    query_people = select(Person).where(Person.community_id == seat.community_id, Person.id.not_in(there))
    person = db.session.scalars(query_people.order_by(Person.id).limit(1)).first()
    if person is not None:
        year.try_(lambda: seat.match(person, by=desk_of(year, slug)[0]), "match")


def _ask_for_hours(year: Year) -> None:
    """Let a volunteer ask for a look at the newest record; nobody has answered yet."""
    names = {
        one.person_id: key.removeprefix("account:") for key, one in year.things.items() if key.startswith("account:")
    }
    query = select(HourRecord).where(HourRecord.state == HourRecordState.COUNTED).order_by(HourRecord.id.desc())
    for record in db.session.scalars(query.limit(40)):
        name = names.get(record.person_id)
        if name is not None:
            by, end = actor(year, name), min(record.ended_at + timedelta(minutes=20), now())
            year.try_(
                lambda r=record, by=by, end=end: HourCorrection.ask(r, LONGER, by=by, wanted_end=end),  # type: ignore[misc]
                "ask hours",
            )
            return
