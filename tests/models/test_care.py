"""The people served: what a reader may know of one, who has not been seen for long, and what a visit found."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from models import care
from models.accounts import actor_of
from models.attendance import Presence
from models.base import NotFound, Refused, now, travel
from models.contact_terms import set_terms
from models.homes import Task, home_of
from models.needs import Source
from models.people import Consent, Person, Tag, TagBasis
from models.permissions import Role
from models.service_log import people_of_worker
from tests import builders, serving
from tests.cast import Cast

LONG_AGO = {"hours_ago": 24 * 20, "late_reason": "补记上个月的走访"}


def alone(cast: Cast) -> Person:
    """Return the neighbor, whom the register has known for half a year as living alone."""
    person = cast.neighbor
    person.created_at = now() - timedelta(days=180)
    person.set_tag(Tag.LONELY_ELDER, by=actor_of(cast.clerk), basis=TagBasis.CONSENT, basis_on=date(2026, 1, 1))
    return person


def test_whoever_lives_alone_is_missed_after_two_weeks_and_others_after_a_month(db: Any, cast: Cast) -> None:
    of, person = serving.project(cast), alone(cast)
    other = builders.person(cast.community, "李大爷")
    for one in (person, other):
        serving.log(of, cast.worker, one, **LONG_AGO)
    assert {one.name: one.long_unseen for one in people_of_worker(cast.worker.id)} == {"王桂兰": True, "李大爷": False}
    missed = care.unseen(actor_of(cast.clerk))
    # The list counts days as the page of the person does, and as people do.
    days = care.card_of(person, actor_of(cast.clerk)).days
    assert days in (19, 20)
    assert [(one.name, one.days, one.term, one.tags) for one in missed] == [("王桂兰", days, 14, (Tag.LONELY_ELDER,))]
    assert care.count_unseen(actor_of(cast.grid_worker)) == 1
    assert care.count_unseen(actor_of(cast.other_clerk)) == 0
    assert Task.LOOK_IN in [line.task for line in home_of(actor_of(cast.clerk), Role.CLERK).waiting]


def test_a_community_sets_its_own_days_and_a_mark_without_a_basis_misses_nobody(db: Any, cast: Cast) -> None:
    of, person, clerk = serving.project(cast), alone(cast), actor_of(cast.clerk)
    serving.log(of, cast.worker, person, **LONG_AGO)
    set_terms(cast.community, {Tag.LONELY_ELDER: 25}, by=clerk)
    set_terms(cast.community, {Tag.LONELY_ELDER: 30, None: 10}, by=clerk)
    assert care.unseen(clerk) == []
    assert [one.term for one in people_of_worker(cast.worker.id)] == [30]
    with pytest.raises(Refused, match="term_out_of_range"):
        set_terms(cast.community, {Tag.ELDER: 366}, by=clerk)
    with travel(timedelta(days=20)):
        assert len(care.unseen(clerk)) == 1
        person.set_tag(Tag.LONELY_ELDER, by=clerk, basis=None)
        assert care.unseen(clerk) == []


def test_the_page_of_a_person_tells_each_reader_what_is_theirs_to_know(db: Any, cast: Cast) -> None:
    of, person = serving.project(cast), alone(cast)
    rival = serving.project(cast, organization=cast.other_organization, title="同行陪伴")
    next_at = now() + timedelta(days=3)
    serving.log(of, cast.worker, people=(Presence(person, next_at=next_at),), title="王阿姨家", hours_ago=50)
    serving.log(rival, cast.other_worker, person, title="别家的事", hours_ago=30)
    serving.log(rival, cast.other_worker, person, title="草稿", hours_ago=2, submit=False)
    need = builders.need(cast.community, author=person)
    ours, theirs = (care.card_of(person, actor_of(one)) for one in (cast.worker, cast.clerk))
    assert [one.title for one in ours.done] == ["王阿姨家"]
    assert [one.title for one in theirs.done] == ["别家的事", "王阿姨家"]
    assert (ours.others, ours.tags, ours.matters, ours.keeps) == (2, (), (), False)
    assert (theirs.tags, [one.public_id for one in theirs.matters]) == ((Tag.LONELY_ELDER,), [need.public_id])
    assert ours.days == theirs.days in (0, 1)
    assert ours.last_seen == ours.last_visit
    assert [one.at for one in ours.promises] == [next_at]
    assert not ours.long_unseen
    for account in (cast.other_clerk, cast.resident):
        with pytest.raises(NotFound):
            care.find(person.public_id, actor_of(account))
    with pytest.raises(NotFound):
        care.find(builders.person(cast.community, "没服务过").public_id, actor_of(cast.worker))


def test_a_finding_becomes_a_need_and_bears_a_name_only_where_that_was_agreed(db: Any, cast: Cast) -> None:
    of, person, worker = serving.project(cast), cast.neighbor, actor_of(cast.worker)
    log = serving.log(of, cast.worker, person)
    quiet = care.report_finding(person, "楼道灯坏了，老人晚上不敢下楼", by=worker, log=log)
    assert (quiet.source, quiet.proactive, quiet.author_person_id) == (Source.ROUND, True, None)
    assert (quiet.grid_id, quiet.courtyard_id) == (cast.grid.id, cast.courtyard.id)
    assert [one.ticket_no for one in care.found_on(log.id)] == [quiet.ticket_no]
    named = care.report_finding(person, "想装扶手", by=actor_of(cast.grid_worker), agreed=True)
    assert (named.source, named.author_person_id) == (Source.GRID, person.id)
    assert db.session.query(Consent).filter_by(person_id=person.id, notice="proxy_entry").count() == 1
    with pytest.raises(Refused, match="not_of_this_visit"):
        care.report_finding(builders.person(cast.community, "别人"), "灯坏了", by=worker, log=log)
