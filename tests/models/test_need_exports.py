"""What is taken along is masked, reached, counted and noted."""

from __future__ import annotations

from typing import Any

import pytest

from models import need_exports
from models.accounts import actor_of
from models.base import Refused
from models.base import db as database
from models.desk import Filters, Tab
from models.events import Event
from models.needs import Field
from tests import builders
from tests.cast import Cast


def test_names_phones_rooms_and_numbers_in_texts_are_masked(db: Any, cast: Cast) -> None:
    author = builders.person(cast.community, "欧阳建国", phone="13811112222")
    builders.need(
        cast.community, "请打 138 1111 2222 或 028-85001234，身份证 51010619500101123X", author=author,
        place_detail="纺织厂小区5栋2单元301",
    )  # fmt: skip
    (row,) = need_exports.take(Tab.ALL, Filters(), kind="csv", by=actor_of(cast.clerk)).rows
    cells = dict(zip(need_exports.COLUMNS, row, strict=True))
    assert (cells["author"], cells["phone"]) == ("欧阳**", "138****2222")
    assert cells["text"] == "请打 **** 或 ****，身份证 ****" and "301" not in str(cells["place"])
    assert not any(part in str(row) for part in ("建国", "11112222", "85001234", "19500101"))


def test_only_what_is_in_reach_is_taken_and_it_is_noted_with_its_count(db: Any, cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    builders.need(cast.community)
    builders.accepted(cast.community, clerk, Field.HEALTH)
    builders.need(cast.other_community)
    assert need_exports.count(clerk, Tab.ALL, Filters()) == 2
    assert need_exports.count(actor_of(cast.street_officer), Tab.ALL, Filters()) == 3
    assert need_exports.count(actor_of(cast.resident), Tab.ALL, Filters()) == 0
    assert need_exports.count(actor_of(cast.auditor), Tab.ALL, Filters()) == 0
    taken = need_exports.take(Tab.ALL, Filters(field=Field.HEALTH), kind="xlsx", by=clerk)
    event = database.session.query(Event).filter_by(verb="need_export.take").one()
    assert len(taken.rows) == 1
    assert event.details["rows"] == 1 and event.details["field"] == "HEALTH" and event.details["masked"] is True


def test_nothing_is_not_exported(db: Any, cast: Cast) -> None:
    with pytest.raises(Refused, match="nothing_to_export"):
        need_exports.take(Tab.ALL, Filters(), kind="csv", by=actor_of(cast.clerk))
