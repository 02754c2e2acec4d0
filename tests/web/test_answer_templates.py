"""Ready sentences are kept by those who triage, and by nobody else."""

from __future__ import annotations

from typing import Any

from models.accounts import actor_of
from models.answer_templates import AnswerTemplate, TemplateStep
from tests import builders
from tests.cast import Cast


def entry(cast: Cast, **more: str) -> dict[str, str]:
    """Return a filled form."""
    form = {
        "key": f"0000-{builders.number():08d}", "community": cast.community.public_id, "step": "REJECT", "field": "",
        "title": "归城管", "text": "这件事归城管，请打 12345。",
    }  # fmt: skip
    return {**form, **more}


def test_a_clerk_writes_rewrites_and_takes_away_a_sentence(client_for: Any, cast: Cast, db: Any) -> None:
    clerk = client_for(cast.clerk)
    assert clerk.get("/answer-templates/new").status_code == 200
    assert clerk.post("/answer-templates", data=entry(cast)).status_code == 303
    one = db.session.query(AnswerTemplate).one()
    assert "这件事归城管" in clerk.get("/answer-templates").text
    edit = f"/answer-templates/{one.public_id}/edit"
    assert clerk.get(edit).status_code == 200
    changed = entry(cast, text="请打 12345。", field="HEALTH", version=str(one.version))
    assert clerk.post(edit, data=changed).status_code == 303
    assert (one.text, one.field) == ("请打 12345。", "HEALTH")
    assert clerk.post(edit, data={**changed, "key": "0000-00000002"}).status_code == 409
    assert clerk.post(f"/answer-templates/{one.public_id}/retirement").status_code == 303
    assert "12345" not in clerk.get("/answer-templates").text


def test_nobody_else_keeps_sentences(client_for: Any, cast: Cast) -> None:
    one = AnswerTemplate.write(cast.community, TemplateStep.REJECT, "名", "话。", by=actor_of(cast.clerk))
    edit = f"/answer-templates/{one.public_id}/edit"
    for account, status in ((cast.other_clerk, 404), (cast.resident, 403), (cast.grid_worker, 403)):
        visitor = client_for(account)
        assert visitor.get(edit).status_code == visitor.post(edit, data=entry(cast)).status_code == status
        assert visitor.post(f"/answer-templates/{one.public_id}/retirement").status_code == status
        assert visitor.post("/answer-templates", data=entry(cast)).status_code == status
    assert client_for().get("/answer-templates").status_code == 302


def test_an_unfinished_or_absurd_sentence_is_refused(client_for: Any, cast: Cast) -> None:
    clerk = client_for(cast.clerk)
    for change in ({"title": ""}, {"text": ""}, {"text": "长" * 1001}, {"step": "NO"}, {"field": "NO"}):
        page = clerk.post("/answer-templates", data=entry(cast, **change))
        assert page.status_code == 422
    assert clerk.post("/answer-templates", data=entry(cast, community="x")).status_code == 404
