"""The trial run: begun once for sixty days, longer once, ended early; meanwhile the public reads counts alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from models import day_sheets, disclosure, homes, trials
from models.accounts import Role, actor_of
from models.base import Refused, now, travel
from models.deadlines import Escalation
from models.events import timeline
from models.homes import Task
from models.needs import Need
from models.trials import EXTENSION, Trial
from tests import builders
from tests.cast import Cast


def waits(cast: Cast, account: Any, role: Role) -> set[Task]:
    return {one.task for one in homes.waiting_for(actor_of(account), role, each=30)} & {
        Task.TRIAL_ENDS, Task.TRIAL_OVER
    }  # fmt: skip


def test_it_is_begun_once_and_lasts_longer_once(cast: Cast) -> None:
    head, street, here = actor_of(cast.head), actor_of(cast.street_officer), cast.community
    with pytest.raises(Refused, match="place_needed"):
        Trial.launch(cast.grid, by=head)
    with pytest.raises(Refused, match="trial_not_begun"):
        trials.standing(here)
    trial = Trial.launch(here, by=head)
    first = here.trial_until
    assert first is not None and timedelta(days=59) < first - now() <= timedelta(days=60)
    with pytest.raises(Refused, match="trial_was_begun"):
        Trial.launch(here, by=head)
    with pytest.raises(Refused, match="reason_needed"):
        trial.extend(" ", by=street)
    trial.extend("新的经办刚到岗", by=street)
    assert here.trial_until == first + EXTENSION
    with pytest.raises(Refused, match="trial_was_extended"):
        trial.extend("再延", by=street)
    trial.end("准备好了", by=street)
    for verb in (trial.end, trial.extend):
        with pytest.raises(Refused, match="trial_is_over"):
            verb("再来", by=street)
    with pytest.raises(Refused, match="trial_was_begun"):
        Trial.launch(here, by=head)
    assert [line.verb for line in timeline([here])][-3:] == ["trial.begin", "trial.extend", "trial.end"]


def test_what_is_late_is_counted_at_once_and_listed_when_it_is_over(cast: Cast) -> None:
    trial = Trial.launch(cast.community, by=actor_of(cast.head))
    need = builders.need(cast.community)
    with travel(timedelta(days=30)):
        Need.escalate_all(by=builders.JOB)
        assert need.escalated == Escalation.STREET
        promises = disclosure.wall(cast.community.public_id).promises
        assert (promises.late, promises.lines) == (1, ())
        trial.end("准备好了", by=actor_of(cast.street_officer))
        Need.escalate_all(by=builders.JOB)
        promises = disclosure.wall(cast.community.public_id).promises
        assert (promises.late, len(promises.lines)) == (1, 1)


def test_its_end_is_told_a_week_before_and_for_three_days(cast: Cast) -> None:
    Trial.launch(cast.community, by=actor_of(cast.head))
    told = [(52, set()), (54, {Task.TRIAL_ENDS}), (61, {Task.TRIAL_OVER}), (64, set())]
    for days, expected in told:
        with travel(timedelta(days=days)):
            for account, role in (
                (cast.head, Role.HEAD),
                (cast.clerk, Role.CLERK),
                (cast.street_officer, Role.STREET_OFFICE),
            ):
                assert waits(cast, account, role) == expected, days
            assert waits(cast, cast.other_head, Role.HEAD) == set()
    with travel(timedelta(days=54)):
        due = dict(day_sheets.sheet_of(actor_of(cast.head)).parts)[day_sheets.DayPart.DUE]
        assert Task.TRIAL_ENDS in {one.task for one in due}
