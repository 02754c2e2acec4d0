"""Service by list: chosen by mark, age and building, ticked at the door, recorded once by the rules of every record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from models import dashboards, disclosure, reports, service_lists, service_log
from models.accounts import actor_of
from models.attendance import Outcome
from models.base import NotFound, Refused, now, today
from models.people import PersonTag, Tag, TagBasis
from models.permissions import Permission
from models.reports import Period
from models.service_lists import ServiceList, ServiceListLine, Source, Wanted
from models.service_log import Entry, Lasting, ServiceLog, ServiceMethod, lasting
from tests import builders, serving
from tests.cast import Cast


def drawn(cast: Cast, of: Any, people: Any, **more: Any) -> ServiceList:
    return ServiceList.draw_up(
        of, people, "中秋慰问", by=actor_of(cast.worker), goods="大米 10 公斤", on_day=today(), **more
    )


def entry(one: ServiceList, **more: Any) -> Entry:
    began = now() - timedelta(hours=3)
    return Entry(ServiceMethod.LIST, one.title, "5栋", began, began + timedelta(hours=2), "逐户送达。",
                 people=one.presences(), from_list=one, **more)  # fmt: skip


def tick(cast: Cast, one: ServiceList, *outcomes: Outcome) -> None:
    lines = ServiceListLine.query.filter_by(list_id=one.id).order_by(ServiceListLine.id).all()
    for line, outcome in zip(lines, outcomes, strict=False):
        one.tick(line, outcome, by=actor_of(cast.worker))


def test_people_are_chosen_by_mark_age_and_building_in_the_order_of_the_doors(db: Any, cast: Cast) -> None:
    of, clerk = serving.project(cast, organization=None), actor_of(cast.clerk)
    old = [builders.person(cast.community, name, building=b, unit="1", room=r, birth_year=1940)
           for name, b, r in (("甲", "10", "101"), ("乙", "2", "1001"), ("丙", "2", "201"))]  # fmt: skip
    young = builders.person(cast.community, "丁", building="2", unit="1", room="101", birth_year=2000)
    for person, basis in ((old[0], TagBasis.CONSENT), (old[1], None), (young, TagBasis.CONSENT)):
        PersonTag(person_id=person.id, tag=Tag.LONELY_ELDER, basis=basis, basis_on=today()).save()

    def names(**wanted: Any) -> list[str]:
        return [one.name for one in service_lists.choose(of, Wanted(**wanted), clerk)]

    assert names(age=80) == ["丙", "乙", "甲"]
    assert names(tag=Tag.LONELY_ELDER) == ["丁", "甲"]
    assert names(tag=Tag.LONELY_ELDER, age=80) == ["甲"]
    assert names(building="2", age=18) == ["丁", "丙", "乙"]
    # What only looks like a number does not stop the list: ² is no digit to count with, ١٣ is thirteen.
    builders.person(cast.community, "戊", building="²١٣", birth_year=1938)
    assert names(age=80) == ["丙", "乙", "甲", "戊"]
    # An organization chooses among those whom its project served.
    own = serving.project(cast)
    assert service_lists.choose(own, Wanted(age=80), actor_of(cast.worker)) == []
    serving.approved(cast, own, old[0])
    assert [one.name for one in service_lists.choose(own, Wanted(age=80), actor_of(cast.worker))] == ["甲"]
    assert service_lists.find(own, [old[0].public_id, old[1].public_id], actor_of(cast.worker)) == [old[0]]


def test_a_list_becomes_one_record_that_another_approves_and_counts_once(db: Any, cast: Cast) -> None:
    of, people, worker = serving.project(cast), serving.people(cast, 4), actor_of(cast.worker)
    one = drawn(cast, of, people)
    with pytest.raises(Refused, match="nobody_ticked"):
        one.presences()
    tick(cast, one, Outcome.REFUSED, Outcome.NOT_IN, Outcome.SEEN)
    tick(cast, one, Outcome.SEEN)
    log = ServiceLog.write(of, entry(one), by=worker, submit=True)
    with pytest.raises(Refused, match="list_is_recorded"):
        tick(cast, one, Outcome.REFUSED)
    with pytest.raises(Refused, match="list_is_recorded"):
        entry(one)
    with pytest.raises(Refused, match="own_log"):
        log.approve(by=worker)
    assert service_log.counts(of).persons == 0
    log.approve(by=actor_of(cast.supervisor))
    counted = service_log.counts(of)
    assert (counted.sessions, counted.persons, counted.turns) == (1, 2, 2)
    absences = [seat.absence for seat in service_log.card_of(log, internal=False).served]
    assert sorted(a or "" for a in absences) == ["", "", "NOT_IN"]
    assert lasting(log.method) == Lasting.ONE_OFF
    card = service_lists.card_of(one)
    assert (card.line.ticked, card.line.seen, card.left, card.line.log_public_id) == (3, 2, 1, log.public_id)
    log.void("送错了名单，整条作废", by=actor_of(cast.head))
    tick(cast, one, Outcome.REFUSED)
    ServiceLog.write(of, entry(one), by=worker, submit=True)


def test_a_list_stays_with_its_project_and_its_doors_when_the_record_is_reworded(db: Any, cast: Cast) -> None:
    of, other = serving.project(cast), serving.project(cast)
    one = drawn(cast, of, serving.people(cast, 2))
    tick(cast, one, Outcome.SEEN)
    written = entry(one)
    with pytest.raises(Refused, match="list_of_another_project"):
        ServiceLog.write(other, written, by=actor_of(cast.worker))
    log = ServiceLog.write(of, written, by=actor_of(cast.worker), submit=True)
    log.return_("请写清楚送了什么", by=actor_of(cast.supervisor))
    # Rewording leaves the doors as they were ticked.
    log.rewrite(serving.entry(method=ServiceMethod.LIST, people=None), by=actor_of(cast.worker), submit=True)
    assert (log.list_id, len(service_log.card_of(log, internal=False).served)) == (one.id, 1)


def test_a_task_that_was_handed_down_names_its_source(db: Any, cast: Cast) -> None:
    of, people = serving.project(cast), serving.people(cast, 1)
    one = drawn(cast, of, people, source=Source("区民政局", "区民发〔2026〕18号", 500_00))
    assert (one.department, one.money) == ("区民政局", 500_00)
    for wrong, key in (
        ({"source": Source("区民政局", " ", 0)}, "source_incomplete"), ({"source": Source("", "", 100)}, "source_incomplete"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=key):
            drawn(cast, of, people, **wrong)
    with pytest.raises(Refused, match="nobody_chosen"):
        drawn(cast, of, [])
    with pytest.raises(Refused, match="person_of_another_community"):
        drawn(cast, of, [builders.person(cast.other_community, "外人")])


@pytest.mark.usefixtures("past_noon")
def test_what_was_handed_down_and_what_happened_once_are_counted_apart(db: Any, cast: Cast) -> None:
    of, people, worker = serving.project(cast), serving.people(cast, 3), actor_of(cast.worker)
    serving.approved(cast, of, people[0], hours_ago=5)
    for source in (Source("区民政局", "区民发〔2026〕18号", 500_00), None):
        one = drawn(cast, of, people, source=source)
        tick(cast, one, Outcome.SEEN, Outcome.SEEN, Outcome.REFUSED)
        ServiceLog.write(of, entry(one), by=worker, submit=True).approve(by=actor_of(cast.supervisor))
    counted = service_log.counts(of)
    assert (counted.sessions, counted.persons, counted.turns) == (3, 2, 5)
    assert (counted.one_off.sessions, counted.one_off.persons, counted.one_off.turns) == (2, 2, 4)
    assert (counted.persons_continuing, counted.minutes - counted.one_off.minutes) == (1, 60)
    here = reports.scope(cast.community, Period.of(f"{today():%Y}"))
    names = ("service.lists", "handed.lists", "handed.turns", "handed.money", "service.sessions_one_off")
    assert [reports.records.figure(here, reports.cell(name)) for name in names] == [2, 1, 2, 500_00, 2]
    behind = reports.records.page(here, reports.cell("handed.turns"))
    assert [(line.amount, line.detail) for line in behind.lines] == [(2, "区民政局")]
    board = dashboards.dashboard(actor_of(cast.head))
    assert (board.services, board.one_off) == (3, 2)
    assert (disclosure.wall(community_id=cast.community.id).one_off, disclosure.wall(everywhere=True).one_off) == (2, 2)


def test_only_those_who_serve_find_the_list(db: Any, cast: Cast) -> None:
    one = drawn(cast, serving.project(cast), serving.people(cast, 1))
    for stranger in (cast.other_worker, cast.clerk, cast.other_clerk):
        with pytest.raises(NotFound):
            ServiceList.find(one.public_id, ServiceList.visible_to(actor_of(stranger), Permission.WRITE_LOG))
    assert service_lists.lines(actor_of(cast.worker))[0][0].public_id == one.public_id
    one.drop(by=actor_of(cast.worker))
    assert service_lists.lines(actor_of(cast.worker))[0] == []
    with pytest.raises(Refused, match="list_was_dropped"):
        tick(cast, one, Outcome.SEEN)


def test_whoever_was_chosen_is_found_again_in_a_register_of_thousands(
    db: Any, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service_lists.reading, "MOST_LINES", 3)
    of, clerk = serving.project(cast, organization=None), actor_of(cast.clerk)
    serving.people(cast, 5)
    last = builders.person(cast.community, "最后登记的", building="9")
    chosen = service_lists.choose(of, Wanted(building="9"), clerk)
    assert [one.name for one in chosen] == ["最后登记的"]
    assert service_lists.find(of, [chosen[0].public_id], clerk) == [last]
    elsewhere = builders.person(cast.other_community, "外社区的")
    assert service_lists.find(of, [elsewhere.public_id], clerk) == []
    assert service_lists.find(serving.project(cast), [last.public_id], actor_of(cast.worker)) == []
