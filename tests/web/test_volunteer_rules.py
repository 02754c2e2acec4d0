"""The counter of the rules: a head sets those of the own community, the district those of all that set none."""

from __future__ import annotations

from typing import Any

from tests import builders
from tests.cast import Cast


def key() -> dict[str, str]:
    return {"key": f"0000-{builders.number():08d}"}


def rules(**more: str) -> dict[str, str]:
    lines = {f"line_{n}": str(n) for n in range(1, 6)}
    return {**lines, "notice_days": "5", "floor": "10", "ceiling": "100", **more, **key()}


def test_a_head_sets_the_rules_of_the_own_community_and_sees_what_came_between(client_for: Any, cast: Cast) -> None:
    head, at = client_for(cast.head), f"/volunteer-rules/{cast.community.public_id}"
    assert head.post(at, data=rules(line_1="9", stars_on="y")).status_code == 422
    assert head.post(at, data=rules(stars_on="y")).status_code == 303 and "自己的规则" in head.get(at).text
    assert head.post(at, data=rules(version="9")).status_code == 409
    assert client_for(cast.other_head).get(at).status_code == 404
    district = client_for(cast.district_officer)
    assert cast.district.public_id in district.get("/volunteer-rules").text and district.get(at).status_code == 200
