"""The counter of the time bank: a help told and confirmed, a reward reserved and fetched at the desk."""

from __future__ import annotations

import re
from typing import Any

from models.base import today
from models.time_bank import TimeClaim
from tests.cast import Cast
from tests.models.test_time_bank import member
from tests.web.test_volunteer_rules import key, rules


def test_a_help_counts_when_it_is_confirmed_and_a_reward_is_fetched_at_the_desk(
    client_for: Any, cast: Cast, db: Any
) -> None:
    head, clerk, resident = client_for(cast.head), client_for(cast.clerk), client_for(cast.resident)
    assert "没有时间银行" in resident.get("/me/time-bank").text
    assert head.post(f"/volunteer-rules/{cast.community.public_id}", data=rules(bank_on="y")).status_code == 303
    assert resident.post("/me/time-bank", data=key()).status_code == 303
    other, by = member(cast, "陶小乐")
    db.session.commit()
    told = {"helped": other.public_id, "what": "修水管", "on": today().isoformat(), "minutes": "90"}
    assert resident.post("/time-claims", data={**told, "minutes": "900", **key()}).status_code == 422
    assert resident.post("/time-claims", data={**told, **key()}).status_code == 303
    claim = re.search(r"/time-claims/(\w+)/withdrawal", resident.get("/me/time-bank").text)[1]  # type: ignore[index]
    for verb, reader, status in (("confirmation", resident, 422), ("confirmation", clerk, 404)):
        assert reader.post(f"/time-claims/{claim}/{verb}", data=key()).status_code == status
    TimeClaim.find(claim).confirm(by=by)
    db.session.commit()
    assert clerk.post("/rewards", data={"title": "洗衣液", "minutes": "60", "stock": "2", **key()}).status_code == 303
    page = resident.get("/me/time-bank").text
    reward = re.search(r'name="reward" value="(\w+)"', page)[1]  # type: ignore[index]
    assert resident.post("/reward-orders", data={"reward": reward, **key()}).status_code == 303
    assert resident.post("/reward-orders", data={"reward": reward, **key()}).status_code == 422
    order = re.search(r"/reward-orders/(\w+)/handing-out", clerk.get("/time-bank-desk").text)[1]  # type: ignore[index]
    assert client_for(cast.other_clerk).post(f"/reward-orders/{order}/handing-out", data=key()).status_code == 404
    assert clerk.post(f"/reward-orders/{order}/handing-out", data=key()).status_code == 303
    assert clerk.post(f"/reward-orders/{order}/return", data=key()).status_code == 422
    assert resident.post("/time-gifts", data={"minutes": "30", **key()}).status_code == 303
    assert clerk.post("/time-grants", data={"member": other.public_id, "minutes": "20", **key()}).status_code == 303
    assert "每一分钟都从一个账户出" in clerk.get("/time-bank-desk").text
