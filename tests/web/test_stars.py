"""The counter of stars: applied for, approved by the head, on the public notice, taken back with a reason."""

from __future__ import annotations

import re
from typing import Any

from tests.cast import Cast
from tests.models.test_certificates import counted
from tests.web.test_volunteer_rules import key, rules


def test_a_star_is_applied_for_approved_by_the_head_and_stands_on_the_notice(
    client_for: Any, cast: Cast, db: Any
) -> None:
    counted(cast, cast.neighbor, minutes=130)
    head, resident = client_for(cast.head), client_for(cast.resident)
    assert resident.post("/me/stars", data=key()).status_code == 422
    at = f"/volunteer-rules/{cast.community.public_id}"
    assert head.post(at, data=rules(stars_on="y")).status_code == 303
    assert resident.post("/me/stars", data=key()).status_code == 303
    assert resident.post("/me/stars", data=key()).status_code == 422
    star = re.search(r"/stars/(\w+)/approval", head.get("/star-desk").text)[1]  # type: ignore[index]
    assert client_for(cast.other_head).post(f"/stars/{star}/approval", data=key()).status_code == 404
    assert "王" not in client_for().get(f"/board/stars?community={cast.community.public_id}").text.split("<main")[1]
    assert head.post(f"/stars/{star}/approval", data=key()).status_code == 303
    notice = client_for().get(f"/board/stars?community={cast.community.public_id}").text
    assert "王**" in notice and "王桂兰" not in notice
    # Whoever belongs to no community chooses one instead of reading that nothing stands there.
    assert f"/board/stars?community={cast.community.public_id}" in client_for().get("/board/stars").text
    assert head.post(f"/stars/{star}/refusal", data={"reason": "有人反映", **key()}).status_code == 303
    assert "有人反映" in resident.get("/me/stars").text
