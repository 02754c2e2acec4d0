"""Service by list at the counter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.base import today
from models.service_lists import ServiceList, ServiceListLine
from models.service_log import ServiceLog
from models.states import ServiceLogState
from tests import builders, serving
from tests.cast import Cast
from tests.web.test_service_log import key


def test_from_the_choice_to_the_record(client_for: Callable[..., Any], cast: Cast) -> None:
    of = serving.project(cast, organization=None)
    people = [builders.person(cast.community, f"老人{n}", building="3", birth_year=1938) for n in range(3)]
    clerk = client_for(cast.clerk)
    page = clerk.get(f"/service-lists/new?project={of.public_id}&age=80&building=3").text
    assert all(person.name in page for person in people)
    assert clerk.get("/service-lists/new?tag=NOSUCH&age=many").status_code == 200
    typed = {"project": of.public_id, "title": "重阳慰问", "goods": "食用油 5 升", "day": today().isoformat(),
             "people": [one.public_id for one in people[:2]]}  # fmt: skip
    assert clerk.post("/service-lists", data={"key": key(), **typed, "department": "区民政局"}).status_code == 422
    assert clerk.post("/service-lists", data={"key": key(), **typed, "people": []}).status_code == 422
    source = {"department": "区民政局", "basis": "重阳慰问通知", "money": "1200.50"}
    here = clerk.post("/service-lists", data={"key": key(), **typed, **source}).location
    one = ServiceList.query.one()
    assert one.money == 120050
    shown = clerk.get(here).text
    assert "老人0" in shown
    assert "老人2" not in shown
    assert "签收" in clerk.get(f"{here}/sheet").text
    first, second = ServiceListLine.query.order_by(ServiceListLine.id).all()
    door = f"{here}/lines/{first.public_id}"
    assert clerk.post(door, data={"key": key(), "outcome": "TAKEN_BACK"}).status_code == 422
    part = clerk.post(door, data={"key": key(), "outcome": "SEEN"}, headers={"HX-Request": "true"})
    assert part.text.lstrip().startswith(f'<li id="door-{first.public_id}" class="door done"')
    assert clerk.post(f"{here}/lines/{second.public_id}", data={"key": key(), "outcome": "NOT_IN"}).status_code == 303
    told = {"key": key(), "began": f"{today().isoformat()}T00:00", "minutes": "1", "summary": "逐户送油。"}
    log = clerk.post(f"{here}/record", data=told).location
    assert ServiceLog.query.one().state == ServiceLogState.SUBMITTED
    assert "逐户送油" in clerk.get(log).text
    assert clerk.post(f"{here}/record", data={**told, "key": key()}).status_code == 422
    assert clerk.post(f"{here}/removal", data={"key": key()}).status_code == 422
    for stranger in (cast.worker, cast.other_clerk):
        assert client_for(stranger).get(here).status_code == 404
    assert client_for(cast.resident).get("/service-lists").status_code == 403
