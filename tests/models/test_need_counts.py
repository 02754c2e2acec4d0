"""The totals by day say after every walk what the needs themselves say."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update

from models import need_counts
from models.accounts import Actor, actor_of
from models.base import Refused, now, today, travel
from models.base import db as database
from models.events import JOB
from models.need_counts import Count, NeedDailyCount
from models.needs import AnswerKind, Channel, Field, Need, RejectReason, Tile, Urgency
from models.places import Place
from tests import builders
from tests.cast import Cast

Verb = Callable[[Need, Actor], Any]
VERBS: dict[str, Verb] = {
    "accept": lambda need, by: need.accept(Field.HEALTH, Urgency.BASIC_LIFE, by=by),
    "ask": lambda need, by: need.ask_info("哪一栋？", by=by),
    "inform": lambda need, by: need.inform("五栋。", by=by),
    "answer": lambda need, by: need.answer("已经修好了。", AnswerKind.DONE, by=by),
    "reject": lambda need, by: need.reject(RejectReason.OUT_OF_SCOPE, "不归社区管。", by=by),
    "redirect": lambda need, by: need.redirect(Channel.HOTLINE, "请打 12345。", by=by),
    "object": lambda need, by: need.object("不同意。", by=by),
    "plan": lambda need, by: need._plan(next_step="周六看现场", next_step_at=now() + timedelta(days=3)),
    "serve": lambda need, by: need._enter_service(now()),
    "unserve": lambda need, by: need._leave_service(),
    "unplan": lambda need, by: need._unplan(),
    "resolve": lambda need, by: need.resolve("装好了。", by=by),
    "confirm": lambda need, by: need.confirm(by=by),
    "reopen": lambda need, by: need.reopen("又坏了。", by=by),
    "withdraw": lambda need, by: need.withdraw_on_request("来电撤回", by=by),
    "merge": lambda need, by: need.merge(builders.need(Place.get(need.community_id)), by=by),
    "split": lambda need, by: need.split_out(by=by),
    "promise": lambda need, by: need.promise("改天再来", today() + timedelta(days=5), by=by),
    "hear": lambda need, by: need.hear("再办一次。", upheld=True, by=by),
    "extend": lambda need, by: need.extend(today() + timedelta(days=9), "要等材料", by=by),
    "escalate": lambda need, by: Need.escalate_all(by=JOB),
    "close": lambda need, by: Need.auto_close_all(by=JOB),
}


@given(
    steps=st.lists(st.tuples(st.sampled_from(sorted(VERBS)), st.integers(0, 9)), max_size=25),
    tile=st.sampled_from([None, *Tile]),
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_any_walk_the_totals_are_what_the_needs_say(
    db: Any, cast: Cast, steps: list[tuple[str, int]], tile: Tile | None
) -> None:
    moment, clerk = now(), actor_of(cast.head)
    need = builders.need(cast.community, tile=tile)
    for verb, days in steps:
        moment += timedelta(days=days)
        with travel(moment), contextlib.suppress(Refused):
            VERBS[verb](need, clerk)
        database.session.flush()
        assert need_counts.kept() == need_counts.counted(), verb
    assert need_counts.recount() == 0 and need_counts.kept() == need_counts.counted() != {}


def test_each_thing_counts_on_its_day_and_for_its_tile_and_field(db: Any, cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    with travel(now() - timedelta(days=20)):
        late = builders.accepted(cast.community, clerk, Field.HEALTH, Urgency.GENERAL, tile=Tile.HEALTH)
        raised_on = today()
    late.answer("已经修好了。", AnswerKind.DONE, by=clerk)
    builders.need(cast.community, tile=Tile.PARKING)
    builders.need(cast.other_community)
    database.session.flush()
    ours = need_counts.totals([cast.community.id], raised_on, today() + timedelta(days=1), "what", "tile", "field")
    assert ours == {
        ("RECEIVED", "HEALTH", "HEALTH"): 1, ("RECEIVED", "PARKING", ""): 1, ("ACCEPTED", "HEALTH", "HEALTH"): 1,
        ("ANSWERED", "HEALTH", "HEALTH"): 1, ("RESOLVED", "HEALTH", "HEALTH"): 1, ("LATE", "HEALTH", "HEALTH"): 1,
    }  # fmt: skip
    days = need_counts.totals([cast.community.id], raised_on, raised_on + timedelta(days=1), "day", "what")
    assert days == {(raised_on, "RECEIVED"): 1, (raised_on, "ACCEPTED"): 1}
    only = need_counts.totals([cast.community.id], today(), today() + timedelta(days=1), counts=[Count.ANSWERED])
    assert only == {(): 1}


def test_folding_keeps_the_totals_and_leaves_one_row_a_key(db: Any, cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    for _ in range(4):
        builders.accepted(cast.community, clerk)
    database.session.flush()
    before, rows = need_counts.kept(), database.session.scalar(select(func.count()).select_from(NeedDailyCount))
    gone = need_counts.fold()
    after = database.session.scalar(select(func.count()).select_from(NeedDailyCount))
    assert need_counts.kept() == before and after == len(before) == rows - gone
    assert need_counts.fold() == 0


def test_the_command_puts_totals_and_words_right(app: Any, db: Any, cast: Cast) -> None:
    need = builders.need(cast.community, "路灯不亮")
    database.session.execute(update(Need).where(Need.id == need.id).values(text="电梯停了"))
    database.session.execute(delete(NeedDailyCount))
    database.session.commit()
    answer = app.test_cli_runner().invoke(args=["recount"])
    assert answer.exit_code == 0 and "totals that differed 1  needs in the index 1" in answer.output
    assert need_counts.kept() == need_counts.counted()
    assert "differed 0" in app.test_cli_runner().invoke(args=["recount"]).output
