"""The desk weighs, sorts and masks: what it shows comes from the rules and nothing is hidden by a score."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from models import desk
from models.accounts import actor_of
from models.base import NotFound, now, travel
from models.deadlines import Color
from models.desk import Filters, Tab
from models.events import JOB, record
from models.needs import Field, Need, Tile, Urgency, clocks
from models.people import PersonTag, Tag, TagBasis
from models.permissions import Permission
from models.priority import Mark
from tests import builders, serving
from tests.cast import Cast


def tag(person: Any, which: Tag, basis: TagBasis | None = TagBasis.CONSENT) -> None:
    """Mark a person, with consent unless said otherwise."""
    PersonTag(person_id=person.id, tag=which, basis=basis).save()


def test_a_priority_is_the_sum_of_its_parts_with_marks_that_were_agreed_to(db: Any, cast: Cast) -> None:
    lonely = builders.person(cast.community, "何淑芬")
    tag(lonely, Tag.LONELY_ELDER)
    tag(lonely, Tag.HARDSHIP, basis=None)
    builders.accepted(cast.community, actor_of(cast.clerk), courtyard=cast.courtyard, urgency=Urgency.BASIC_LIFE)
    need = builders.accepted(
        cast.community, actor_of(cast.clerk), courtyard=cast.courtyard, author=lonely, urgency=Urgency.BASIC_LIFE
    )
    with travel(timedelta(days=15)):
        weighed = desk.weigh([need])[need.id]
    assert weighed.marks == (Mark.LONELY_ELDER,) and weighed.repeated and weighed.first_in_line
    assert weighed.priority.total == pytest.approx(21 + 0 + 35 + 5 + 10)
    assert desk.weigh([]) == {}


def test_the_heap_to_accept_is_sorted_by_what_is_due_first(db: Any, cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    later, sooner = builders.need(cast.community, "路灯不亮"), builders.need(cast.community, "家里着火了")
    lines = desk.page(clerk, Tab.NEW, Filters()).lines
    assert [line.public_id for line in lines] == [sooner.public_id, later.public_id]
    assert lines[0].clock is not None and lines[0].acceptable
    assert desk.page(clerk, Tab.NEW, Filters(), size=1).after == sooner.public_id
    rest = desk.page(clerk, Tab.NEW, Filters(), after=sooner.public_id).lines
    assert [line.public_id for line in rest] == [later.public_id]


def test_filters_narrow_by_tile_field_place_words_and_color(db: Any, cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    need = builders.accepted(
        cast.community, clerk, text="停车位被占", tile=Tile.PARKING, field=Field.OTHER, courtyard=cast.courtyard
    )
    builders.accepted(cast.community, clerk)
    for filters in (
        Filters(tile=Tile.PARKING), Filters(field=Field.OTHER), Filters(place=cast.courtyard.public_id),
        Filters(words="停车"), Filters(words=need.ticket_no),
    ):  # fmt: skip
        lines = desk.page(clerk, Tab.WORKING, filters).lines
        assert [line.public_id for line in lines] == [need.public_id], filters
    assert desk.page(clerk, Tab.WORKING, Filters(color=Color.RED)).lines == []
    with travel(timedelta(days=9)):
        Need.escalate_all(by=JOB)
        assert len(desk.page(clerk, Tab.DUE, Filters(color=Color.RED)).lines) == 2


def test_counts_name_each_heap(db: Any, cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    builders.need(cast.community)
    builders.accepted(cast.community, clerk).ask_info("是几号楼？", by=clerk)
    builders.need(cast.other_community)
    counts = desk.counts(clerk)
    assert (counts.by_tab[Tab.NEW], counts.by_tab[Tab.ASKED], counts.by_tab[Tab.WORKING]) == (1, 1, 0)
    assert counts.to_phone == 2


def test_the_sheet_offers_what_the_table_allows_and_masks_its_author(db: Any, cast: Cast) -> None:
    need = builders.need(cast.community, author=cast.neighbor)
    sheet = desk.sheet(need, actor_of(cast.clerk))
    assert {"accept", "reject", "redirect", "ask_info", "publish_title"} == sheet.may
    assert sheet.may_reveal and sheet.author.name == "王桂兰"
    reader = desk.sheet(need, actor_of(cast.street_officer))
    assert reader.may == frozenset() and not reader.may_reveal
    need.ask_info("是几号楼？", by=actor_of(cast.clerk))
    db.session.flush()
    assert [entry.words for entry in desk.sheet(need, actor_of(cast.clerk)).timeline][-1] == "是几号楼？"


def test_a_contact_leads_to_the_person_the_account_or_the_contact_person(db: Any, cast: Cast) -> None:
    daughter = builders.person(cast.community, "王小梅")
    old = builders.person(cast.community, "王老太", phone=None, contact_person_id=daughter.id)
    contact = desk.contact_of(builders.need(cast.community, author=old))
    assert (contact.name, contact.phone, contact.through) == ("王老太", daughter.phone, "王小梅")
    own = builders.need(cast.community, author=None, author_account_id=cast.resident.id)
    assert desk.contact_of(own).phone == cast.resident.phone
    with pytest.raises(NotFound):
        desk.contact_of(builders.need(cast.community, author=None))


def test_a_choice_with_one_foreign_need_is_not_found(db: Any, cast: Cast) -> None:
    ours, foreign = builders.need(cast.community), builders.need(cast.other_community)
    clerk = actor_of(cast.clerk)
    assert desk.chosen(clerk, [ours.public_id, ours.public_id]) == [ours]
    with pytest.raises(NotFound):
        desk.chosen(clerk, [ours.public_id, foreign.public_id])
    assert desk.mergeable(ours) == [] and desk.receipt(ours).ticket_no == ours.ticket_no
    assert desk.receipt(ours).due is not None and ours.raised_at <= now()


def test_the_line_is_read_from_its_index(db: Any, cast: Cast) -> None:
    """An index of an expression serves only that very expression: migrations and models/needs/clocks.py must agree."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL chooses by how many rows there are")
    actor = actor_of(cast.clerk)
    query = Need.visible_to(actor, Permission.READ_NEEDS).where(clocks.in_line()).order_by(clocks.due_column(), Need.id)
    asked = query.limit(26).compile(db.engine, compile_kwargs={"literal_binds": True})
    plan = db.session.execute(text(f"EXPLAIN QUERY PLAN {asked}")).all()
    assert "ix_needs_line" in str(plan)
    assert "TEMP B-TREE" not in str(plan)


def test_what_the_clock_did_is_not_laid_to_the_author(db: Any, cast: Cast) -> None:
    need = builders.need(cast.community, author=cast.neighbor)
    need.ask_info("是几号楼？", by=actor_of(cast.clerk))
    record("need.escalate", by=JOB, about=[need], community_id=need.community_id)
    asked, escalated = desk.sheet(need, actor_of(cast.clerk)).timeline[-2:]
    assert (asked.nobody, escalated.nobody, escalated.role) == (False, True, "JOB")


def test_a_promise_that_was_kept_is_not_late_on_the_desk_afterwards(db: Any, cast: Cast) -> None:
    clerk, need = actor_of(cast.clerk), serving.planned_need(cast, serving.project(cast))
    with travel(timedelta(days=20)):
        [line] = desk.page(clerk, Tab.ALL, Filters()).lines
        assert line.clock is not None and line.clock.color == Color.RED
        need._enter_service(now() - timedelta(days=13, hours=2))
        db.session.flush()
        [line] = desk.page(clerk, Tab.ALL, Filters()).lines
        assert line.clock is not None and line.clock.color == Color.GREEN
