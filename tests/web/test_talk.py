"""The counter of talk among colleagues."""

from __future__ import annotations

from typing import Any

from models.accounts import actor_of
from models.talk import Comment
from tests import builders, serving
from tests.cast import Cast


def key() -> str:
    return f"0000-{builders.number():08d}"


def test_colleagues_talk_about_a_record_and_the_one_who_is_called_answers(client_for: Any, cast: Cast, db: Any) -> None:
    log = serving.log(serving.project(cast), cast.worker, cast.neighbor)
    here = f"/talk/service-logs/{log.public_id}"
    clerk, worker = client_for(cast.clerk), client_for(cast.worker)
    assert here in clerk.get(f"/logs/{log.public_id}").text
    assert clerk.get(f"{here}/comments").status_code == 303
    assert clerk.get(f"{here}/comments", headers={"HX-Request": "true"}).status_code == 200
    assert clerk.post(f"{here}/comments", data={"key": key(), "text": ""}).status_code == 422
    said = {"key": key(), "text": "@陈社工 签到表呢？"}
    assert (
        clerk.post(f"{here}/comments", data=said).status_code == clerk.post(f"{here}/comments", data=said).status_code
    )
    assert here in worker.get("/").text
    assert worker.post(f"{here}/reading", data={"key": key()}).status_code == 303
    assert here not in worker.get("/").text
    one = db.session.query(Comment).one()
    removal = f"{here}/comments/{one.public_id}/removal"
    assert worker.post(removal, data={"key": key()}).status_code == 422
    assert clerk.post(removal, data={"key": key()}).status_code == 303
    assert "签到表呢" not in worker.get(here).text
    assert client_for(cast.other_clerk).get(here).status_code == 404
    assert client_for(cast.auditor).get(here).status_code == 403


def test_the_talk_about_a_need_stands_on_no_public_page_and_not_with_its_author(client_for: Any, cast: Cast) -> None:
    need = builders.accepted(cast.community, actor_of(cast.clerk), author=cast.neighbor)
    need.public_title, need.author_account_id = "想装扶手", cast.resident.id
    clerk = client_for(cast.clerk)
    form = {"key": key(), "text": "先别回复，等街道"}
    assert clerk.post(f"/talk/needs/{need.public_id}/comments", data=form).status_code == 303
    assert f"/talk/needs/{need.public_id}" in clerk.get(f"/desk/needs/{need.public_id}").text
    for visitor, path in (
        (client_for(), f"/board/needs/{need.public_id}"),
        (client_for(cast.resident), f"/needs/{need.public_id}"),
    ):
        assert "等街道" not in visitor.get(path).text
