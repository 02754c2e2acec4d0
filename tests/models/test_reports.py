"""Reports: every figure is the list it opens, what few people said stays hidden, and what was handed in stays as it was."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import need_counts, ratings, reports
from models.accounts import actor_of
from models.base import NotFound, Refused, db, travel
from models.needs import AnswerKind, Field, Need, Tile
from models.people import PersonState
from models.places import Place
from models.ratings.pooling import FIVE, Voice, pool
from models.reports import Amount, Book, Period, Report, ReportKind
from models.service_log import CaseStage, Lasting, ServiceMethod
from models.states import HourRecordState, ReportState
from models.volunteering import HourRecord
from tests import builders, serving, voices
from tests.cast import Cast

OCTOBER = Period.of("2026-10")
# A Tuesday in October, ten in the morning in Shanghai.
THEN = datetime(2026, 10, 13, 2, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 10, 2, 0, tzinfo=UTC)


def lived(cast: Cast) -> Any:
    """Let an October happen: needs of several sorts, four kinds of service, a volunteer, ratings and a merged person."""
    with travel(THEN):
        for tile, field in ((Tile.HEALTH, Field.HEALTH), (Tile.HEALTH, None), (None, Field.RURAL)):
            one = builders.need(cast.community, tile=tile, author=cast.neighbor)
            if field:
                one.accept(field, builders.Urgency.GENERAL, by=actor_of(cast.clerk))
        one.answer("已经修好，路灯亮了。", AnswerKind.DONE, by=actor_of(cast.clerk))
        builders.need(cast.community, tile=Tile.PARKING)
        builders.need(cast.other_community)
        project = serving.project(cast, budget=1_234_56)
        people = serving.people(cast, 7)
        twin = serving.people(cast, 1)[0]
        serving.approved(cast, project, *people[:5])
        serving.approved(cast, project, *people[3:], method=ServiceMethod.GROUP, hours_ago=8, minutes=95)
        serving.approved(cast, project, people[6], twin, method=ServiceMethod.EVENT, walk_ins=2, hours_ago=30)
        for number in ("A-1", "A-1", "A-2"):
            hours = 40 + builders.number() % 7
            serving.approved(cast, project, method=ServiceMethod.CASE, case_no=number, case_stage="INTAKE",
                             hours_ago=hours, public_summary="", people=None)  # fmt: skip
        scaled = serving.goal(project)
        log = serving.approved(cast, project, people[0], goal=scaled, scale_before=7, scale_after=4, hours_ago=60)
        serving.log(project, cast.worker, people[1], hours_ago=70)
        row = serving.helper(cast, log, came_at=log.started_at, left_at=log.ended_at)
        record = HourRecord.propose(row, by=actor_of(cast.worker))
        record.approve(by=actor_of(cast.supervisor))
        assert record.state == HourRecordState.COUNTED
        twin.state, twin.merged_into_id = PersonState.MERGED, people[0].id
    with travel(THEN + timedelta(days=5)):
        Need.escalate_all(by=builders.JOB)
    return project


def _listed(here: reports.Scope, cell: reports.Cell) -> int:
    """Add up what the list of a cell shows, page after page of two."""
    total, before = 0, None
    while True:
        page = reports.page(here, cell, before=before, limit=2)
        total += sum(one.amount for one in page.lines)
        if page.older is None:
            return total
        before = page.older


def test_every_figure_is_what_its_list_adds_up_to(cast: Cast) -> None:
    lived(cast)
    filled = set()
    for place in (cast.community, cast.street, cast.other_community):
        here = reports.scope(place, OCTOBER)
        for kind in ReportKind:
            figures = reports.count(kind, here).figures
            assert set(figures) == {one.name for one in reports.BY_KIND[kind]}
            for name, value in figures.items():
                cell = reports.cell(name)
                if cell.opens and cell.amount != Amount.RATE:
                    assert _listed(here, cell) == value == reports.figure(here, cell), name
                    filled |= {name} if value else set()
    assert {"need.received", "need.done", "need.overdue", "tile.health.received", "field.rural.done", "service.cases",
            "service.turns_one_off", "service.persons_continuing", "volunteer.hours", "outcome.fallen",
            "money.running", "service.visited"} <= filled  # fmt: skip


def test_the_figures_of_a_station_are_what_its_lists_add_up_to(cast: Cast) -> None:
    lived(cast)
    whole, rows = reports.stations(reports.scope(cast.street, OCTOBER))
    assert len(rows) == 1 and whole["service.persons"] == rows[0][1]["service.persons"] == 7
    here = reports.scope(cast.street, OCTOBER, rows[0][0])
    for name, value in rows[0][1].items():
        assert _listed(here, reports.cell(name)) == value, name


def test_persons_and_turns_continuing_and_one_off_are_apart(cast: Cast) -> None:
    lived(cast)
    found = reports.monthly(reports.scope(cast.community, OCTOBER))[0]
    # Somebody entered twice is one person; who came without a name is a turn and no person.
    assert (found["service.persons"], found["service.persons_continuing"], found["service.persons_one_off"]) == (
        7,
        7,
        2,
    )
    assert (found["service.turns"], found["service.turns_one_off"]) == (14, 4)
    assert found["service.sessions"] == 7 and found["service.cases"] == 2 and found["service.case_sessions"] == 3
    assert found["rates.response"] is None


def test_needs_overdue_are_those_of_the_daily_counts(cast: Cast) -> None:
    lived(cast)
    for what in need_counts.Count:
        if what == need_counts.Count.CLOSED:
            continue
        daily = need_counts.totals([cast.community.id], OCTOBER.first, OCTOBER.until, "what", counts=[what])
        name = {v: k for k, v in reports.cells.WHATS.items()}[what]
        found = reports.monthly(reports.scope(cast.community, OCTOBER))[0]
        assert found[f"need.{name}"] == daily.get((what,), 0), what


def test_a_month_is_cut_at_midnight_in_shanghai(cast: Cast) -> None:
    before, after = datetime(2026, 9, 30, 15, 59, tzinfo=UTC), datetime(2026, 9, 30, 16, 0, tzinfo=UTC)
    for at in (before, after):
        with travel(at):
            builders.need(cast.community)
    months = [reports.scope(cast.community, Period.of(code)) for code in ("2026-09", "2026-10", "2026-Q3", "2026")]
    assert [reports.monthly(one)[0]["need.received"] for one in months] == [1, 1, 1, 2]


@pytest.mark.parametrize("code", ["2026-13", "2026-Q5", "26", "2026-1", "２０２６", "2026-10\n", "", "1999"])
def test_what_is_no_period_is_not_found(code: str) -> None:
    with pytest.raises(NotFound):
        Period.of(code)


def test_the_last_months_are_offered_over_a_change_of_year(db: Any) -> None:
    with travel(datetime(2027, 1, 3, 4, 0, tzinfo=UTC)):
        assert reports.last_month().code == "2026-12"
        assert reports.choices()[:2] == ["2027-01", "2026-12"] and "2026-Q4" in reports.choices()
    assert Period.of("2026-Q4").until == date(2027, 1, 1) and Period.of("2026-12").months == 1


def test_a_report_costs_the_same_for_one_record_and_for_many(cast: Cast, count_queries: Any) -> None:
    with count_queries() as few:
        reports.count(ReportKind.MONTHLY, reports.scope(cast.street, OCTOBER))
    lived(cast)
    db.session.flush()
    for kind, most in ((ReportKind.MONTHLY, len(few)), (ReportKind.STATION, 12)):
        with count_queries() as many:
            reports.count(kind, reports.scope(cast.street, OCTOBER))
        assert len(many) <= most, kind
    with count_queries() as listed:
        reports.page(reports.scope(cast.street, OCTOBER), reports.cell("service.turns"))
    assert len(listed) <= 10


# Satisfaction.


def _points(level: int) -> Fraction:
    return Fraction((0, 30, 60, 85, 100)[level - 1])


def said(cast: Cast, levels: list[int], at: datetime = THEN) -> None:
    with travel(at):
        voices.rated(cast, levels)


def _mean(place: Any, code: str) -> Any:
    return reports.monthly(reports.scope(place, Period.of(code)))[1][""]


def test_what_fewer_than_five_said_is_not_told_but_n_and_served_are(cast: Cast) -> None:
    said(cast, [5, 5, 1, 4])
    one = _mean(cast.community, "2026-10")
    assert (one.n, one.served, one.mean, one.counted) == (4, 4, None, 0)
    said(cast, [1])
    one = _mean(cast.community, "2026-10")
    assert (one.n, one.counted, one.mean) == (5, 5, Fraction(100 + 100 + 0 + 85 + 0, 5))


def test_no_difference_of_two_places_or_periods_tells_what_few_said(cast: Cast) -> None:
    said(cast, [5] * 12)
    # The street and the year hold two more voices than the community and the month, and tell no more than these.
    said(cast, [1, 1], datetime(2026, 9, 8, 2, 0, tzinfo=UTC))
    known = {(place.name, code): _mean(place, code)
             for place in (cast.community, cast.street) for code in ("2026-09", "2026-10", "2026-Q3", "2026")}  # fmt: skip
    assert known[cast.street.name, "2026"].n == 14
    means = {one.mean for one in known.values() if one.mean is not None}
    assert means == {Fraction(100)} and known[cast.community.name, "2026-Q3"].mean is None
    assert all(one.counted % FIVE == 0 for one in known.values())


@given(st.integers(0, 2**32))
def test_pools_of_wider_periods_and_places_are_whole_pools_of_five_more(seed: int) -> None:
    chance = random.Random(seed)
    everybody = [
        Voice(chance.randrange(9), chance.randrange(1, 6), chance.randrange(2), (2024, chance.randrange(1, 13)),
              Lasting.CONTINUING)
        for _ in range(chance.randrange(60))
    ]  # fmt: skip

    def of(months: range, communities: set[int]) -> list[Fraction]:
        inside = [one for one in everybody if one.month[1] in months and one.community in communities]
        return pool(inside, _points, months=len(months), wide=len(communities) > 1)

    spans = [range(5, 6), range(4, 7), range(1, 13)]
    for here in ({0}, {0, 1}):
        for narrow, wide in pairwise(spans):
            assert _without(of(wide, here), of(narrow, here)) is not None
    for span in spans:
        assert _without(of(span, {0, 1}), of(span, {0})) is not None


def _without(whole: list[Fraction], part: list[Fraction]) -> list[Fraction] | None:
    rest = list(whole)
    for one in part:
        if one not in rest:
            return None
        rest.remove(one)
    return rest


def test_a_new_rating_never_changes_a_full_pool() -> None:
    first = [Voice(n, 5, 1, (2026, 10), Lasting.ONE_OFF) for n in range(7)]
    before = pool(first, _points, months=1, wide=False)
    more = [*first, Voice(1, 1, 1, (2026, 10), Lasting.ONE_OFF), Voice(8, 1, 1, (2026, 10), Lasting.ONE_OFF)]
    after = pool(more, _points, months=1, wide=False)
    assert before == [Fraction(500)] == after[:1]


def test_only_ratings_reads_who_said_what() -> None:
    assert "who" not in ratings.Pooled.__dataclass_fields__


# The way from clerk to head to street.


def handed_in(cast: Cast) -> Report:
    lived(cast)
    with travel(LATER):
        one = Report.draft(cast.community, ReportKind.MONTHLY, OCTOBER, by=actor_of(cast.clerk))
        one.submit("十月来访多。", by=actor_of(cast.clerk))
    return one


def test_a_report_goes_from_clerk_to_head_to_street(cast: Cast) -> None:
    one = handed_in(cast)
    assert reports.lines_for(actor_of(cast.street_officer)) == []
    one.sign(by=actor_of(cast.head))
    assert [r.public_id for r in reports.lines_for(actor_of(cast.street_officer))] == [one.public_id]
    assert reports.lines_for(actor_of(cast.other_clerk)) == []
    one.receive(by=actor_of(cast.street_officer))
    assert one.state == ReportState.RECEIVED
    with pytest.raises(Refused, match="not_from_here"):
        one.return_("再看看", by=actor_of(cast.street_officer))


def test_whoever_hands_a_report_in_does_not_sign_it(cast: Cast) -> None:
    lived(cast)
    with travel(LATER):
        one = Report.draft(cast.community, ReportKind.MONTHLY, OCTOBER, by=actor_of(cast.head))
        one.submit(by=actor_of(cast.head))
    with pytest.raises(Refused, match="report_needs_another"):
        one.sign(by=actor_of(cast.head))


def test_a_report_that_came_back_is_handed_in_anew_and_frozen_anew(cast: Cast) -> None:
    one = handed_in(cast)
    one.return_("少了一次活动", by=actor_of(cast.head))
    with travel(THEN):
        builders.need(cast.community)
    one.submit("补上了。", by=actor_of(cast.clerk))
    assert one.figures["figures"]["need.received"] == 5 and one.return_reason is None and one.signed_at is None


def test_what_was_handed_in_stays_and_later_changes_stand_beside_it(cast: Cast) -> None:
    one = handed_in(cast)
    assert reports.card_of(one).corrections == ()
    with travel(THEN):
        builders.need(cast.community, tile=Tile.HEALTH)
        said(cast, [5] * 5)
    card = reports.card_of(one)
    assert card.frozen and card.sheet.figures["need.received"] == 4
    changed = {c.name: (c.was, c.now) for c in card.corrections}
    assert changed["need.received"] == (4, 5) and changed["tile.health.received"] == (2, 3)
    # Two means beside each other would tell what the new ones said.
    assert not any(reports.cell(name).book == Book.VOICES for name in changed)


def test_a_report_is_refused_for_a_street_twice_too_early_and_before_its_end(cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    for place, code, why in ((cast.street, "2026-10", "report_of_a_community"),
                             (cast.community, "2026-12", "period_not_begun")):  # fmt: skip
        with travel(LATER), pytest.raises(Refused, match=why):
            Report.draft(place, ReportKind.MONTHLY, Period.of(code), by=clerk)
    with travel(LATER):
        one = Report.draft(cast.community, ReportKind.MONTHLY, Period.of("2026-11"), by=clerk)
        with pytest.raises(Refused, match="period_not_over"):
            one.submit(by=clerk)
        with pytest.raises(Refused, match="report_there"):
            Report.draft(cast.community, ReportKind.MONTHLY, Period.of("2026-11"), by=clerk)
    db.session.flush()


# Grids and courtyards: where people live.


def at_home(cast: Cast, count: int, **more: Any) -> list[Any]:
    """Return people who live in the courtyard of the cast, or in its grid without a courtyard."""
    where = {"courtyard_id": cast.courtyard.id, "grid_id": cast.grid.id, **more}
    return [builders.person(cast.community, f"院民{builders.number()}", building="1", **where) for _ in range(count)]


def lived_in_a_grid(cast: Cast) -> None:
    """Let some of the people of an October live in a grid: needs, three kinds of service, a volunteer, a merged entry."""
    project = lived(cast)
    with travel(THEN):
        builders.need(cast.community, tile=Tile.HEALTH, courtyard=cast.courtyard)
        builders.need(cast.community, tile=Tile.HEALTH).grid_id = cast.grid.id
        own, near = at_home(cast, 3), at_home(cast, 1, courtyard_id=None)[0]
        twin, far = serving.people(cast, 2)
        twin.state, twin.merged_into_id = PersonState.MERGED, own[0].id
        serving.approved(cast, project, *own, far, walk_ins=4, method=ServiceMethod.EVENT, hours_ago=90)
        log = serving.approved(cast, project, twin, near, hours_ago=110)
        sheet, _line = serving.service_list(cast, project)
        row = serving.helper(cast, log, own[1], came_at=log.started_at, left_at=log.ended_at)
        HourRecord.propose(row, by=actor_of(cast.worker)).approve(by=actor_of(cast.supervisor))
        assert sheet.department


def test_every_figure_of_a_grid_is_what_its_list_adds_up_to(cast: Cast) -> None:
    lived_in_a_grid(cast)
    filled: dict[str, set[str]] = {}
    for place in (cast.grid, cast.courtyard):
        here = reports.scope(place, OCTOBER)
        for kind in ReportKind:
            for name, value in reports.count(kind, here).figures.items():
                cell = reports.cell(name)
                if not value and (cell.tile or cell.field):
                    continue
                if cell.opens and value is not None:
                    assert _listed(here, cell) == value == reports.figure(here, cell), (place.kind, name)
                    filled.setdefault(place.kind, set()).update({name} if value else ())
                elif cell.opens:
                    assert reports.page(here, cell).lines == [], name
    known = {"need.received", "tile.health.received", "service.persons_one_off", "service.turns", "volunteer.hours",
             "money.projects"}  # fmt: skip
    assert known <= filled["GRID"] and known <= filled["COURTYARD"]


def test_in_a_grid_counts_what_its_people_met(cast: Cast) -> None:
    lived_in_a_grid(cast)
    grid, yard, whole = (
        reports.monthly(reports.scope(place, OCTOBER))[0] for place in (cast.grid, cast.courtyard, cast.community)
    )
    assert [one["need.received"] for one in (yard, grid, whole)] == [1, 2, 6]
    # Who was entered twice lives where the entry lives that stays; who came without a name lives nowhere.
    assert [one["service.persons"] for one in (yard, grid)] == [3, 4]
    assert [one["service.turns"] for one in (yard, grid)] == [4, 5]
    assert [one["service.sessions"] for one in (yard, grid)] == [2, 2]
    assert grid["volunteer.persons"] == 1 and whole["volunteer.persons"] == 2
    assert grid["money.running"] is None and grid["money.projects"] == 1


def test_no_mean_is_told_of_a_grid_and_no_n_of_few_people(cast: Cast) -> None:
    with travel(THEN):
        project, own = serving.project(cast), at_home(cast, 6)
        others = serving.people(cast, 6)
        log = serving.approved(cast, project, *own, *others)
        for person in (*own, *others):
            voices.rate(log, person, 5)
        few = at_home(cast, 2, courtyard_id=builders.courtyard(cast.grid).id)
        voices.rate(serving.approved(cast, project, *few, hours_ago=50), few[0], 1)
    yard = Place.get(few[0].courtyard_id)
    for place, n, served in ((cast.courtyard, 6, 6), (cast.grid, 7, 8), (yard, None, 2)):
        figures, said_ = reports.monthly(reports.scope(place, OCTOBER))
        assert (said_[""].n, said_[""].served, said_[""].mean, said_[""].counted) == (n, served, None, 0)
        told = {name: figures[f"satisfaction.{name}"] for name in ("n", "served", "counted", "mean")}
        assert told == {"n": n, "served": served, "counted": None, "mean": None}
    whole = _mean(cast.community, "2026-10")
    assert whole.counted == 10 and whole.mean is not None


def test_a_report_of_a_grid_asks_no_more_however_much_there_is(cast: Cast, count_queries: Any) -> None:
    with count_queries() as few:
        reports.count(ReportKind.MONTHLY, reports.scope(cast.grid, OCTOBER))
    lived_in_a_grid(cast)
    db.session.flush()
    with count_queries() as many:
        reports.count(ReportKind.MONTHLY, reports.scope(cast.grid, OCTOBER))
    assert len(many) <= len(few)


def test_what_no_grid_can_claim_stands_with_its_records(cast: Cast) -> None:
    with travel(THEN):
        project, own, (stranger,) = serving.project(cast), at_home(cast, 1)[0], serving.people(cast, 1)
        serving.approved(cast, project, own, stranger)
        case: dict[str, Any] = {"method": ServiceMethod.CASE, "case_stage": CaseStage.INTERVENTION}
        # A case names nobody, and of this visit nobody's home is known.
        lost = {serving.approved(cast, project, case_no="个案-1", hours_ago=30, **case).id}
        lost |= {serving.approved(cast, project, stranger, hours_ago=50).id}
        # An entry that was one person with another all along lives where that one does.
        twin = builders.person(cast.community, "又一次", state=PersonState.MERGED, merged_into_id=own.id)
        serving.approved(cast, project, twin, hours_ago=70)
    cell, whole = reports.cell("service.no_grid"), reports.scope(cast.community, OCTOBER)
    assert {one.id for one in reports.page(whole, cell).lines} == lost
    assert reports.monthly(whole)[0]["service.no_grid"] == 2 == reports.figure(whole, cell)
    for place in (cast.grid, cast.courtyard):
        here = reports.scope(place, OCTOBER)
        figures = reports.monthly(here)[0]
        assert (figures["service.sessions"], figures["service.no_grid"], figures["service.cases"]) == (2, None, 0)
        assert reports.page(here, cell).lines == []
