"""A community's first days: what is missing is read from records, a list of courtyards goes in whole or not at all."""

from __future__ import annotations

from typing import Any

import pytest

from models import places, set_up
from models.accounts import Role, actor_of
from models.base import Refused
from models.invitations import Invitation
from models.places import UNNAMED, CourtyardType, YardLine, read_layout
from models.set_up import Missing, SetAside, SetUpStep
from tests import builders
from tests.cast import Cast

LIST = "网格\t院落\t户数\t类型\n第一网格\t纺织厂家属院\t120户\t单位\n\t锦苑\t３００\t物业小区\n第二网格，河边散户，，农村散居\n第三网格"


def lacks(community: Any) -> dict[SetUpStep, dict[Missing, int]]:
    return {one.step: dict(one.missing) for one in set_up.checklist(community).checks}


def test_a_list_is_read_as_offices_keep_it() -> None:
    lines, faults = read_layout(LIST)
    assert faults == []
    assert lines == [
        YardLine(2, "第一网格", "纺织厂家属院", 120, CourtyardType.WORK_UNIT),
        YardLine(3, "第一网格", "锦苑", 300, CourtyardType.PROPERTY_MANAGED),
        YardLine(4, "第二网格", "河边散户", None, CourtyardType.RURAL_SCATTERED),
        YardLine(5, "第三网格"),
    ]
    faulty = "\t没有网格的院\n一格,院,很多,单位\n一格,院,3,城堡\n一格,,30\n" + "长" * 61
    assert read_layout(faulty)[1] == [
        (1, "grid_missing"), (2, "households_unreadable"), (3, "kind_unknown"), (4, "courtyard_missing"),
        (5, "name_too_long"),
    ]  # fmt: skip
    assert read_layout(" \n")[1] == [(1, "list_empty")]
    assert read_layout("\n".join(f"一格,院{n}" for n in range(301)))[1] == [(301, "list_too_long")]


def test_the_same_list_twice_changes_nothing_and_a_later_one_fills_gaps(db: Any, cast: Cast) -> None:
    head, here = actor_of(cast.head), builders.community(cast.street, "新社区")
    lines = read_layout(LIST)[0]
    assert places.lay_out(here, lines, by=head) == places.LaidOut(3, 3, 0)
    assert places.lay_out(here, lines, by=head) == places.LaidOut(0, 0, 3)
    assert lacks(here)[SetUpStep.PLACES] == {Missing.EMPTY_GRIDS: 1, Missing.HOUSEHOLDS: 1}
    places.lay_out(here, read_layout("第二网格,河边散户,40\n第三网格,新院,8,自治")[0], by=head)
    assert lacks(here)[SetUpStep.PLACES] == {}
    with pytest.raises(Refused, match="place_needed"):
        places.lay_out(cast.grid, lines, by=head)


def test_each_step_is_read_from_records(db: Any, cast: Cast) -> None:
    head, here = actor_of(cast.head), builders.community(cast.street, UNNAMED, phone=None)
    chief = builders.account("新书记", role=Role.HEAD, place=here)
    before = lacks(here)
    assert before[SetUpStep.HOURS] == dict.fromkeys((Missing.NAME, Missing.HOURS, Missing.PHONE, Missing.DUTY_PHONE), 1)
    assert before[SetUpStep.POSTERS] == before[SetUpStep.PLACES] == {Missing.GRIDS: 1}
    with pytest.raises(Refused, match="no_courtyards"):
        set_up.print_posters(here, by=head)
    here.open_hours("柳荫社区", by=head, phone="028-1", duty_phone="028-2", opening_hours=places.USUAL_HOURS)
    places.lay_out(here, read_layout("一格,东院,10,自治\n二格,西院,20,自治")[0], by=head)
    assert lacks(here)[SetUpStep.STAFF] == {Missing.CLERK: 1, Missing.GRID_WORKERS: 2}
    assert [one.courtyard for one in set_up.posters_of(here)] == ["东院", "西院"]
    assert set_up.print_posters(here, by=head) == 2
    places.lay_out(here, read_layout("二格,南院,5,自治")[0], by=head)
    assert lacks(here)[SetUpStep.POSTERS] == {Missing.POSTERS: 1}
    builders.account("经办", role=Role.CLERK, place=here)
    Invitation.invite("网格员", builders.phone(), Role.GRID_WORKER, by=actor_of(chief), place=_grid(here))
    card = set_up.checklist(here)
    assert dict(card.checks[2].missing) == {Missing.GRID_WORKERS: 1} and card.unused == 1
    assert card.next is not None and card.next.step == SetUpStep.STAFF


def _grid(here: places.Place) -> places.Place:
    (one,) = places.tree(places.Place.name == "一格", below=here.id)
    return places.Place.find(one.place.public_id)


def test_a_step_put_aside_waits_no_more_until_it_is_taken_up(db: Any, cast: Cast) -> None:
    head, here = actor_of(cast.head), cast.community
    card = set_up.first_days(head, Role.HEAD)
    assert card is not None and card.public_id == here.public_id
    assert set_up.first_days(actor_of(cast.clerk), Role.CLERK) is None
    with pytest.raises(Refused, match="reason_needed"):
        SetAside.put(here, SetUpStep.LEDGER, "", by=head)
    for one in card.checks:
        if one.open:
            SetAside.put(here, one.step, "不需要", by=head)
    assert set_up.first_days(head, Role.HEAD) is None
    SetAside.take_up(here, SetUpStep.LEDGER, by=head)
    assert set_up.first_days(head, Role.HEAD) is not None
    with pytest.raises(Refused, match="step_not_aside"):
        SetAside.take_up(here, SetUpStep.LEDGER, by=head)
