"""找谁办: everybody reads it, the committee keeps it."""

from __future__ import annotations

import re
from typing import Any

from models.accounts import actor_of
from models.directory import ResponsibleUnit
from models.needs import AnswerKind, Field, Kind, Need
from tests import builders
from tests.cast import Cast


def entry(cast: Cast, **more: Any) -> dict[str, Any]:
    """Return a filled form."""
    form = {
        "key": f"0000-{builders.number():08d}", "community": cast.community.public_id, "name": "清河物业",
        "duties": "电梯、停车", "tiles": ["PARKING", "BUILDING"], "phone": "028-8500 1111", "hours": "8:00-20:00",
    }  # fmt: skip
    return {**form, **more}


def test_a_clerk_enters_a_unit_and_everybody_reads_it(client_for: Any, cast: Cast, db: Any) -> None:
    clerk = client_for(cast.clerk)
    assert clerk.get("/directory/units/new").status_code == 200
    assert clerk.post("/directory/units", data=entry(cast)).status_code == 303
    for reader in (client_for(), client_for(cast.resident), clerk):
        assert "清河物业" in reader.get("/directory").text
    unit = db.session.query(ResponsibleUnit).one()
    edit = f"/directory/units/{unit.public_id}/edit"
    assert edit in clerk.get("/directory").text and edit not in client_for().get("/directory").text
    assert clerk.get(edit).status_code == 200
    form = entry(cast, name="清河物业中心", version=str(unit.version))
    assert clerk.post(edit, data=form).status_code == 303
    assert clerk.post(edit, data={**form, "key": "0000-00000001"}).status_code == 409
    assert clerk.post(f"/directory/units/{unit.public_id}/retirement").status_code == 303
    assert "清河物业中心" not in client_for().get("/directory").text


def test_nobody_else_keeps_the_directory(client_for: Any, cast: Cast, db: Any) -> None:
    unit = ResponsibleUnit.enter(cast.community, "清河物业", duties="停车", by=actor_of(cast.clerk))
    edit = f"/directory/units/{unit.public_id}/edit"
    for account, status in ((cast.other_clerk, 404), (cast.resident, 403), (cast.street_officer, 403)):
        visitor = client_for(account)
        assert visitor.get(edit).status_code == visitor.post(edit, data=entry(cast)).status_code == status
        assert visitor.post(f"/directory/units/{unit.public_id}/retirement").status_code == status
        assert visitor.post("/directory/units", data=entry(cast)).status_code == status
    assert client_for().get(edit).status_code == 302


def test_a_hostile_entry_is_refused_or_shown_as_words(client_for: Any, cast: Cast) -> None:
    clerk = client_for(cast.clerk)
    for change in ({"name": ""}, {"duties": "长" * 400}, {"tiles": ["NOTHING"]}, {"position": "x"}):
        answer = clerk.post("/directory/units", data=entry(cast, **change))
        assert answer.status_code == 422 and not re.search("Field|valid", re.sub("<[^>]*>", "", answer.text))
    assert "请从给出的选项里选" in clerk.post("/directory/units", data=entry(cast, tiles=["NOTHING", "x"])).text
    assert clerk.post("/directory/units", data=entry(cast, community="x")).status_code == 404
    assert clerk.post("/directory/units", data=entry(cast, name="<script>alert(1)</script>")).status_code == 303
    assert "<script>alert" not in client_for().get("/directory").text


def test_a_question_to_a_unit_comes_to_the_desk_and_its_answer_stays_in_the_directory(
    client_for: Any, cast: Cast, db: Any
) -> None:
    clerk = client_for(cast.clerk)
    unit = ResponsibleUnit.enter(cast.community, "清河物业", duties="停车", by=actor_of(cast.clerk))
    resident = client_for(cast.resident)
    page = resident.get(f"/needs/new?about={unit.public_id}")
    assert "清河物业" in page.text and f'value="{unit.public_id}"' in page.text
    asked = {"key": "0000-00000077", "about": unit.public_id, "text": "请问车位怎么登记", "similar_seen": "1"}
    assert resident.post("/needs", data=asked).status_code == 303
    need = db.session.query(Need).order_by(Need.id.desc()).first()
    assert need.kind == Kind.CONSULT and "清河物业" in need.title
    need.accept(Field.OTHER, need.suggested_urgency, by=actor_of(cast.clerk))
    need.answer("带行驶证到东门一楼登记。", AnswerKind.DONE, by=actor_of(cast.clerk))
    assert "带行驶证到东门一楼登记。" in resident.get("/directory").text
    assert "带行驶证到东门一楼登记。" not in client_for(cast.other_resident).get("/directory").text
    new = f"/directory/answers/new?need={need.public_id}"
    assert new.replace("?", "?") in clerk.get(f"/desk/needs/{need.public_id}").text
    assert "带行驶证到东门一楼登记。" in clerk.get(new).text
    form = {"key": "0000-00000078", "need": need.public_id, "question": "车位怎么登记", "answer": "带行驶证。",
            "unit": unit.public_id}  # fmt: skip
    assert clerk.post("/directory/answers", data={**form, "question": ""}).status_code == 422
    assert clerk.post("/directory/answers", data=form).status_code == 303
    assert "带行驶证。" in client_for().get("/directory?q=车位").text
    assert "带行驶证。" not in client_for().get("/directory?q=电梯").text
    # The next who asks this unit reads it before asking; whoever asks another does not.
    assert (
        "带行驶证。"
        in client_for(cast.other_resident)
        .get(f"/needs/new?about={unit.public_id}&community={cast.community.public_id}")
        .text
    )
    assert "带行驶证。" not in client_for(cast.resident).get("/needs/new").text


def test_a_forged_unit_is_no_question_about_it(client_for: Any, cast: Cast, db: Any) -> None:
    far = ResponsibleUnit.enter(cast.other_community, "别处物业", duties="停车", by=actor_of(cast.other_clerk))
    asked = {"key": "0000-00000079", "about": far.public_id, "text": "车位怎么登记", "similar_seen": "1"}
    assert client_for(cast.resident).post("/needs", data=asked).status_code == 303
    need = db.session.query(Need).order_by(Need.id.desc()).first()
    assert need.kind is None and need.title is None
