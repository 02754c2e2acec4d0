"""Organizations: known by their own managers and by the offices above the communities."""

from __future__ import annotations

from typing import Any

import pytest

from models.accounts import Permission, actor_of
from models.base import NotFound, Refused
from models.organizations import LegalForm, Organization
from tests.cast import Cast


def test_a_manager_edits_the_own_organization_only(db: Any, cast: Cast) -> None:
    manager = actor_of(cast.manager)
    within = Organization.visible_to(manager, Permission.EDIT_ORGANIZATIONS)
    own = Organization.find(cast.organization.public_id, within)
    own.edit("新名字服务中心", by=manager, legal_form=LegalForm.FOUNDATION, uscc="91350100M000100Y43")
    assert own.name == "新名字服务中心"
    with pytest.raises(Refused, match="uscc_invalid"):
        own.edit("新名字", by=manager, legal_form=LegalForm.FOUNDATION, uscc="12")
    with pytest.raises(NotFound):
        Organization.find(cast.other_organization.public_id, within)
