"""What a page costs beside a naked one, how it grows with the needs, and whether many residents can write at once."""

from __future__ import annotations

import contextvars
import re
import statistics
import threading
import time
from collections.abc import Callable
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from bench import _house

USAGE = "python -m bench search_and_lists [NEEDS]: pages beside a naked one, growth to NEEDS, 32 residents at once"
RUNS, CLIENTS, EACH = 15, 32, 4
# Milliseconds of processor time that a page may take, and what is aimed at.
ALLOWED, AIMS = 10.0, {"list": 3.0, "need": 4.0, "search": 6.0, "create": 5.0}
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


def beside_a_naked_page(needs: int = 10_000) -> bool:
    """Measure processor time per request at 10,000 needs in 40 communities, in the largest of them."""
    with _house.sqlite() as url, _house.house(url) as app:
        with_naked_page(app)
        places = _house.communities(40)
        _house.fill(places, needs)
        client = clerk_of(app, places[0])
        taken = {
            name: _house.median(visit, RUNS, time.process_time)
            for name, visit in pages(client, a_need_of(places[0])).items()
        }
        taken["create"] = _house.median(creation(app, places[0]), RUNS, time.process_time)
    good = True
    for name, milliseconds in taken.items():
        ratio = milliseconds / taken["naked"]
        print(f"  {name:8} {milliseconds:6.2f} ms CPU  {ratio:4.2f} x naked  (aim {AIMS.get(name, 0):.0f} ms)")
        good = good and milliseconds <= ALLOWED
    return good and taken["list"] <= 2 * taken["naked"]


def growth(most: int = 100_000) -> bool:
    """Measure how list, page, search and totals grow from 1,000 needs to many."""
    from datetime import timedelta

    from models import need_counts
    from models.base import today

    found: dict[str, list[float]] = {}
    with _house.sqlite() as url, _house.house(url) as app:
        with_naked_page(app)
        places = _house.communities(40)
        client = clerk_of(app, places[0])
        for before, count in ((0, 1_000), (1_000, most)):
            _house.fill(places, count - before, seed=count)
            need_counts.recount()
            db_commit()
            visits: dict[str, Callable[[], Any]] = dict(pages(client, a_need_of(places[0])))
            since, until = today() - timedelta(days=90), today() + timedelta(days=1)
            ids = [place.id for place in places]
            visits["totals"] = lambda ids=ids, a=since, b=until: need_counts.totals(ids, a, b, "what", "tile")  # type: ignore[misc]
            for name, visit in visits.items():
                found.setdefault(name, []).append(_house.median(visit, RUNS))
    good = True
    for name, (small, large) in found.items():
        limit = 3.0 if name in ("search", "totals") else 1.3
        holds = large <= limit * small or large <= 1.0 or (name in ("search", "totals") and large <= 50.0)
        print(f"  {name:8} {small:7.2f} ms at 1,000, {large:7.2f} ms at {most:,}  {large / small:4.2f} x")
        good = good and holds
    return good


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


def many_at_once() -> bool:
    """Let 32 residents send needs at once on SQLite: every one is answered and none is lost."""
    from sqlalchemy import func, select

    from models.base import db
    from models.needs import Need

    wrong: list[str] = []
    taken: list[float] = []

    def resident(app: Flask, place: Any) -> None:
        try:
            send = creation(app, place)
            for _ in range(EACH):
                began = time.perf_counter()
                send()
                taken.append((time.perf_counter() - began) * 1000)
        except (RuntimeError, OSError, AttributeError) as error:
            wrong.append(repr(error))

    with _house.sqlite() as url, _house.house(url) as app:
        (place,) = _house.communities(1)
        app.config["RATELIMIT_ENABLED"] = False
        threads = [threading.Thread(target=resident, args=(app, place)) for _ in range(CLIENTS)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        db.session.rollback()
        count = db.session.scalar(select(func.count()).select_from(Need))
    for error in wrong[:3]:
        print("  ", error)
    slowest = max(taken, default=0.0)
    middle = statistics.median(taken) if taken else 0.0
    sent = CLIENTS * EACH
    print(f"  {CLIENTS} residents sent {sent}: {count} kept, {len(wrong)} errors, ", end="")
    print(f"p50 {middle:.0f} ms, slowest {slowest:.0f} ms")
    return not wrong and count == CLIENTS * EACH


def main(arguments: list[str]) -> int:
    """Measure all three; return 1 where a promise does not hold."""
    most = int(arguments[0]) if arguments else 100_000
    held = [beside_a_naked_page(min(10_000, most)), growth(most), many_at_once()]
    return 0 if all(held) else 1
