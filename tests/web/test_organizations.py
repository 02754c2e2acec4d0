"""Organizations at the counter: entered by the offices, kept true by their own managers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.organizations import Organization
from tests.cast import Cast
from tests.visiting import Visitor


def test_an_organization_is_entered_once_and_edited_by_its_manager(
    db: Any, cast: Cast, client_for: Callable[..., Visitor]
) -> None:
    street, manager = client_for(cast.street_officer), client_for(cast.manager)
    form = {"name": "邻里帮扶服务社", "legal_form": "SERVICE_INSTITUTION"}
    assert street.post("/organizations", data=form).status_code == 303
    assert street.post("/organizations", data=form).status_code == 422
    assert street.post("/organizations", data={**form, "name": "别的", "uscc": "123"}).status_code == 422
    assert manager.post("/organizations", data=form).status_code == 403
    own, rival = cast.organization.public_id, cast.other_organization.public_id
    assert manager.post(f"/organizations/{own}", data={**form, "name": "新名字"}).status_code == 303
    assert manager.post(f"/organizations/{rival}", data={**form, "name": "抢名字"}).status_code == 404
    assert db.session.get(Organization, cast.organization.id).name == "新名字"
