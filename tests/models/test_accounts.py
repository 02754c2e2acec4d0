"""Accounts: confirmed on sight, roles within reach, and everything ends at once when somebody leaves."""

from __future__ import annotations

from typing import Any

import pytest

from models import doorkeeping
from models.accounts import Account, AccountState, Permission, Role, actor_of
from models.accounts.lists import grants_within, why_no_reset
from models.base import Refused
from tests import builders
from tests.cast import Cast


def test_a_request_for_a_taken_number_changes_nothing_and_is_refused_on_sight(db: Any, cast: Cast) -> None:
    asked = Account.request("李", cast.clerk.phone, "hash", cast.community, courtyard=None, notice="2026-11")
    assert asked is not None and asked.state == AccountState.REQUESTED
    with pytest.raises(Refused, match="phone_taken"):
        asked.confirm(None, by=actor_of(cast.clerk))
    for _ in range(2):
        Account.request("李", cast.clerk.phone, "hash", cast.community, courtyard=None, notice="2026-11")
    fourth = Account.request("李", cast.clerk.phone, "hash", cast.community, courtyard=None, notice="2026-11")
    assert fourth is None


def test_a_confirmed_request_belongs_to_an_entry_of_the_register(db: Any, cast: Cast) -> None:
    asked = Account.request("张", builders.phone(), "hash", cast.community, courtyard=None, notice="2026-11")
    assert asked is not None
    asked.confirm(None, by=actor_of(cast.clerk))
    assert asked.state == AccountState.CONFIRMED and asked.person_id is not None
    with pytest.raises(Refused, match="not_waiting"):
        asked.confirm(None, by=actor_of(cast.clerk))


def test_nobody_gives_a_role_beyond_the_own_reach(db: Any, cast: Cast) -> None:
    newcomer, head = builders.account("新人"), actor_of(cast.head)
    newcomer.grant(Role.CLERK, by=head, place=cast.community)
    for role, place in ((Role.CLERK, cast.other_community), (Role.HEAD, cast.community), (Role.AUDITOR, cast.street)):
        with pytest.raises(Refused, match="role_not_yours_to_give"):
            newcomer.grant(role, by=head, place=place)
    with pytest.raises(Refused, match="seat_wrong"):
        newcomer.grant(Role.GRID_WORKER, by=head, place=cast.community)
    with pytest.raises(Refused, match="not_for_oneself"):
        cast.administrator.grant(Role.AUDITOR, by=actor_of(cast.administrator), place=cast.street)
    newcomer.grant(Role.SUPERVISOR, by=actor_of(cast.manager), organization=cast.organization)
    with pytest.raises(Refused, match="role_not_yours_to_give"):
        newcomer.grant(Role.SUPERVISOR, by=actor_of(cast.manager), organization=cast.other_organization)


def test_leaving_ends_sessions_and_reach_at_once(db: Any, cast: Cast) -> None:
    token, manager = doorkeeping.begin(cast.worker), actor_of(cast.manager)
    assert doorkeeping.enter(token) is not None
    cast.worker.leave(by=manager, grants=grants_within(cast.worker, manager, Permission.END_GRANTS))
    assert doorkeeping.enter(token) is None
    assert actor_of(cast.worker).held == ()
    assert cast.worker.state == AccountState.LEFT


def test_a_transfer_closes_the_old_side(db: Any, cast: Cast) -> None:
    street = actor_of(cast.street_officer)
    token = doorkeeping.begin(cast.clerk)
    (grant,) = grants_within(cast.clerk, street, Permission.END_GRANTS)
    cast.clerk.transfer(grant, by=street, place=cast.other_community)
    assert doorkeeping.enter(token) is None
    reach = actor_of(cast.clerk).reach(Permission.TRIAGE)
    assert reach.community_ids == {cast.other_community.id}


def test_who_approves_for_somebody_never_resets_their_password(db: Any, cast: Cast) -> None:
    asked = {
        (cast.resident, cast.clerk): None, (cast.clerk, cast.head): "reset_by_somebody_else",
        (cast.head, cast.clerk): "reset_by_somebody_else", (cast.clerk, cast.street_officer): "reset_by_somebody_else",
        (cast.clerk, cast.administrator): None, (cast.clerk, cast.clerk): "not_for_oneself",
        (cast.finance, cast.clerk): "reset_not_yours", (cast.finance, cast.street_officer): None,
    }  # fmt: skip
    for (account, by), why in asked.items():
        assert why_no_reset(account, actor_of(by)) == why, (account.name, by.name)


def test_a_changed_password_ends_the_other_sessions_only(db: Any, cast: Cast) -> None:
    here, there = doorkeeping.begin(cast.clerk), doorkeeping.begin(cast.clerk)
    inside = doorkeeping.enter(here)
    assert inside is not None
    cast.clerk.set_password("hash", by=actor_of(cast.clerk))
    doorkeeping.stay(inside.session_id, cast.clerk)
    db.session.flush()
    assert doorkeeping.enter(here) is not None
    assert doorkeeping.enter(there) is None
