"""The sheet of the day at its counter."""

from __future__ import annotations

from typing import Any

from tests import builders
from tests.cast import Cast


def test_the_sheet_of_the_day_is_linked_from_the_first_page(client_for: Any, cast: Cast) -> None:
    need = builders.need(cast.community, "路灯不亮")
    clerk = client_for(cast.clerk)
    assert 'href="/today"' in clerk.get("/").text
    page = clerk.get("/today")
    assert f"/desk/needs/{need.public_id}" in page.text
    assert "谁没办" in client_for(cast.head).get("/today").text
    for account in (cast.worker, cast.supervisor, cast.grid_worker, cast.manager):
        assert client_for(account).get("/today").status_code == 200
    assert client_for(cast.resident).get("/today").status_code == 403
