"""Slips: used once, in time, and only while whoever wrote them may still give the role."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from models import doorkeeping, invitations
from models.accounts import Permission, Role, actor_of
from models.accounts.lists import grants_within
from models.base import Refused, now, travel
from models.invitations import Invitation
from tests import builders
from tests.cast import Cast


def test_a_slip_opens_an_account_with_its_role_once(db: Any, cast: Cast) -> None:
    _, code = Invitation.invite("新人", builders.phone(), Role.CLERK, by=actor_of(cast.head), place=cast.community)
    slip = invitations.by_code(code.lower().replace("-", " ").replace("0", "o"))
    assert slip is not None
    account = slip.use("hash")
    assert actor_of(account).has(Role.CLERK)
    assert invitations.by_code(code) is None
    with pytest.raises(Refused, match="slip_is_over"):
        slip.use("hash")


def test_a_slip_expires_and_can_be_taken_back(db: Any, cast: Cast) -> None:
    head = actor_of(cast.head)
    slip, code = Invitation.invite("新人", builders.phone(), Role.CLERK, by=head, place=cast.community)
    with travel(now() + timedelta(days=8)):
        assert invitations.by_code(code) is None
    slip.revoke(by=head)
    assert invitations.by_code(code) is None


def test_a_slip_of_somebody_who_left_is_worth_nothing(db: Any, cast: Cast) -> None:
    slip, _ = Invitation.invite("新人", builders.phone(), Role.CLERK, by=actor_of(cast.head), place=cast.community)
    street = actor_of(cast.street_officer)
    cast.head.leave(by=street, grants=grants_within(cast.head, street, Permission.END_GRANTS))
    with pytest.raises(Refused, match="role_not_yours_to_give"):
        slip.use("hash")


def test_a_new_password_ends_sessions_and_the_owner_is_told(db: Any, cast: Cast) -> None:
    token = doorkeeping.begin(cast.resident)
    slip, _ = Invitation.for_new_password(cast.resident, by=actor_of(cast.clerk))
    assert doorkeeping.enter(token) is not None
    slip.use("other")
    assert doorkeeping.enter(token) is None
    assert cast.resident.tell_at_sign_in == "password_reset_by_slip"
