"""Visits that several benchmarks make: pages of the desk, a naked page beside them, and a need that is sent."""

from __future__ import annotations

import contextvars
import re
from collections.abc import Callable
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

NAKED = """{% extends "layouts/base.html" %}{% block title %}{{ _("Needs") }}{% endblock %}
{% block main %}<h1>{{ _("Needs") }}</h1><ul class="list">{% for row in rows %}<li><a href="/needs/{{ row.public_id }}">
{{ row.title }}</a> {{ row.ticket_no }} {{ row.state }}</li>{% endfor %}</ul>
<form method="post"><input type="hidden" name="csrf_token" value="{{ csrf_token() }}"></form>{% endblock %}"""


def with_naked_page(app: Flask) -> None:
    """Hang a page with the whole shell around 25 rows that SQLAlchemy Core reads: what every page costs at least."""
    from flask import render_template
    from sqlalchemy import select

    from models.base import db
    from models.needs import Need
    from web.doors import open_to_everyone

    template = app.jinja_env.from_string(NAKED)

    @open_to_everyone
    def naked() -> str:
        query = select(Need.public_id, Need.title, Need.ticket_no, Need.state).order_by(Need.id.desc()).limit(25)
        return render_template(template, rows=db.session.execute(query).all())

    app.add_url_rule("/naked", view_func=naked)


def clerk_of(app: Flask, place: Any) -> FlaskClient:
    """Return a clerk of a community who is signed in."""
    from models.accounts import Account, Role
    from models.base import db
    from models.events import JOB
    from web.doors import sign_in_client

    account = Account.open("李晓梅", f"138{place.id:08d}", by=JOB, community_id=place.id)
    account.grant(Role.CLERK, by=JOB, place=place)
    db.session.commit()
    client = app.test_client()
    sign_in_client(client, account)
    return client


def worker_of(app: Flask, project: Any) -> FlaskClient:
    """Return the head of the community that a project serves, signed in."""
    from models.accounts import Account, Role
    from models.base import db
    from models.events import JOB
    from models.places import Place
    from web.doors import sign_in_client

    account = Account.open("吴志强", f"137{project.id:08d}", by=JOB, community_id=project.community_id)
    account.grant(Role.HEAD, by=JOB, place=db.session.get_one(Place, project.community_id))
    db.session.commit()
    client = app.test_client()
    sign_in_client(client, account)
    return client


def apart(call: Callable[[], Any]) -> Any:
    """Send a request outside the app context of the bench, as a server would."""
    db_commit()
    return contextvars.Context().run(call)


def get(client: FlaskClient, url: str) -> Callable[[], None]:
    """Return a visit of a page that must be there."""

    def visit() -> None:
        answer = apart(lambda: client.get(url))
        if answer.status_code != 200:
            raise RuntimeError(f"{url} answered {answer.status_code}")

    return visit


def pages(client: FlaskClient, need: str) -> dict[str, Callable[[], None]]:
    """Return the visits that are measured."""
    return {
        "naked": get(client, "/naked"),
        "list": get(client, "/desk?tab=working"),
        "need": get(client, f"/desk/needs/{need}"),
        "search": get(client, "/desk?tab=all&older=1&q=%E7%94%B5%E6%A2%AF"),
    }


def a_need_of(place: Any) -> str:
    """Return the public id of an accepted need."""
    from sqlalchemy import select

    from models.base import db
    from models.needs import Need

    query = select(Need.public_id).where(Need.community_id == place.id, Need.state == "ACCEPTED")
    return str(db.session.scalar(query.limit(1)))


def db_commit() -> None:
    """Commit what was filled in, where this thread has a session at all."""
    from flask import has_app_context

    from models.base import db

    if has_app_context():
        db.session.commit()


def creation(app: Flask, place: Any, client: FlaskClient | None = None) -> Callable[[], None]:
    """Return the sending of a need by a resident without an account."""
    import uuid

    client = client or app.test_client()
    page = apart(lambda: client.get(f"/needs/new?community={place.public_id}")).get_data(as_text=True)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    form = {"csrf_token": token[1] if token else "", "community": place.public_id, "name": "王桂兰", "agree": "1",
            "phone": "13800001111", "similar_seen": "1", "tile": "OTHER", "consent": "1"}  # fmt: skip

    def send() -> None:
        said = {**form, "key": str(uuid.uuid4()), "text": f"路灯不亮 {uuid.uuid4()}"}
        answer = apart(lambda: client.post("/needs", data=said))
        if answer.status_code != 303:
            raise RuntimeError(f"a need was answered {answer.status_code}")

    return send
