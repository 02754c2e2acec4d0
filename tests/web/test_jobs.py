"""What happens without anybody pressing: a job whose time passed while the house was closed is made up for, once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from huey import SqliteHuey

from models import base
from models.base import now, travel
from models.ratings import RatingRelease
from tests import voices
from tests.cast import Cast
from web import jobs

# A Sunday afternoon in Shanghai; the week's figures are released five past midnight.
SUNDAY = datetime(2027, 3, 7, 7, 0, tzinfo=UTC)


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the memory of the jobs be this test's own."""
    queue = SqliteHuey("linli", filename=str(tmp_path / "jobs.db"))
    monkeypatch.setattr(jobs, "queue", lambda: queue)


def at(clock: base.Clock, moment: datetime) -> None:
    clock.read = lambda: moment


def test_whatever_the_closed_house_missed_is_made_up_for_once(db: Any, kept: None, clock: base.Clock) -> None:
    at(clock, SUNDAY)
    assert jobs.missed() == [], "of a job that never ran nothing is known"
    at(clock, SUNDAY + timedelta(hours=3))
    assert jobs.missed() == []
    at(clock, SUNDAY + timedelta(days=1))
    late = jobs.missed()
    assert {"release_ratings", "ring_the_morning", "invite_raters", "close_silent_needs"} <= set(late)
    # Hourly ones come by themselves, and the minutes of the month were not due.
    assert not {"settle_ratings", "escalate", "expire_minutes", "catch_up"} & set(late)
    assert jobs.run("catch_up") == len(late)
    assert jobs.run("catch_up") == 0


def test_nobody_is_called_late_in_the_evening_for_what_the_morning_missed(
    db: Any, kept: None, clock: base.Clock
) -> None:
    at(clock, SUNDAY)
    jobs.missed()
    at(clock, SUNDAY + timedelta(days=1, hours=8))
    late = jobs.missed()
    assert "release_ratings" in late and "award_stars" in late
    assert not {"ring_the_morning", "invite_raters", "remind_of_activities"} & set(late)


def test_what_ran_at_its_time_is_not_run_again(db: Any, kept: None, clock: base.Clock) -> None:
    at(clock, SUNDAY)
    jobs.missed()
    at(clock, datetime(2027, 3, 7, 16, 5, 20, tzinfo=UTC))
    jobs.noted("release_ratings")
    at(clock, SUNDAY + timedelta(days=1))
    assert "release_ratings" not in jobs.missed()
    at(clock, SUNDAY + timedelta(days=9))
    assert "release_ratings" in jobs.missed()


def test_figures_of_a_week_are_released_though_the_house_was_closed_on_monday_night(
    db: Any, cast: Cast, kept: None
) -> None:
    jobs.missed()
    project = voices.rated(cast, [5, 5, 4, 4, 5, 3])
    with travel(timedelta(days=8)):
        jobs.catch_up()
        assert RatingRelease.query.filter_by(project_id=project.id).count() == 1
        assert jobs.queue().get("ran release_ratings", peek=True) == now()
