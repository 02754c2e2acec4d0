"""Roles at the counter: given after the password was typed again, and gone at once when they end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from models.accounts import Grant, Role, actor_of
from models.base import now, travel
from tests import builders
from tests.cast import Cast
from tests.visiting import Visitor
from web import passwords


def test_a_role_is_given_after_the_password_was_typed_again(
    db: Any, cast: Cast, client_for: Callable[..., Visitor]
) -> None:
    cast.head.password_hash = passwords.hashed(builders.PASSWORD)
    head = client_for(cast.head)
    seat = {"role": "GRID_WORKER", "seat": f"p-{cast.grid.public_id}"}
    page = f"/accounts/{cast.clerk.public_id}/grants"
    with travel(now() + timedelta(minutes=11)):
        asked = head.post(page, data=seat)
        assert asked.status_code == 422
        assert 'name="seat"' in asked.text and "password_again" in asked.text
        assert head.post(page, data={**seat, "password_again": "wrong"}).status_code == 422
        assert not actor_of(cast.clerk).has(Role.GRID_WORKER)
        assert head.post(page, data={**seat, "password_again": builders.PASSWORD}).status_code == 303
    assert actor_of(cast.clerk).has(Role.GRID_WORKER)


def test_whoever_has_left_is_out_with_the_next_press(db: Any, cast: Cast, client_for: Callable[..., Visitor]) -> None:
    worker, manager = client_for(cast.worker), client_for(cast.manager)
    assert worker.get("/settings/sessions").status_code == 200
    assert manager.post(f"/accounts/{cast.other_worker.public_id}/departure").status_code == 404
    assert manager.post(f"/accounts/{cast.worker.public_id}/departure").status_code == 303
    assert worker.get("/settings/sessions").status_code == 302


def test_a_slip_for_a_new_password_is_shown_once_to_the_right_colleague(
    db: Any, cast: Cast, client_for: Callable[..., Visitor]
) -> None:
    page = f"/accounts/{cast.clerk.public_id}/slip"
    assert client_for(cast.head).post(page).status_code == 422
    assert "重设单" in client_for(cast.administrator).post(page).text


def test_seats_beyond_the_reach_are_no_choice(db: Any, cast: Cast, client_for: Callable[..., Visitor]) -> None:
    head = client_for(cast.head)
    page = f"/accounts/{cast.clerk.public_id}/grants"
    for seat in (f"p-{cast.other_community.public_id}", f"o-{cast.organization.public_id}", "p-", "x", ""):
        assert head.post(page, data={"role": "CLERK", "seat": seat}).status_code == 422, seat
    assert head.post(page, data={"role": "SYSADMIN", "seat": f"p-{cast.community.public_id}"}).status_code == 422


def test_a_move_to_where_nobody_may_be_sent_is_refused_in_words(
    db: Any, cast: Cast, client_for: Callable[..., Visitor]
) -> None:
    grant = db.session.scalars(select(Grant).where(Grant.account_id == cast.clerk.id)).one()
    page = f"/accounts/{cast.clerk.public_id}/grants/{grant.public_id}/transfer"
    answer = client_for(cast.head).post(page, data={"seat": f"p-{cast.other_community.public_id}"})
    assert answer.status_code == 422
    assert 'class="wrong-list" role="alert">调到哪里 请从给出的选项里选。' in answer.text
