"""Every write fails once: what was there before stands, or what was asked for, and never something between.

Source: reliability.md 82. A disk that fails is played on the way to it, so that both databases are tried alike.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from models.base import db as database
from models.base import now
from tests import builders, serving, voices
from tests.cast import Cast
from web.forms.moments import local
from web.rating_links import seal

Flow = Callable[[Callable[..., Any], Cast], tuple[Any, str, dict[str, Any]]]
WRITES = ("INSERT", "UPDATE", "DELETE")
MANY = 80


class Disk:
    """A disk whose n-th write, or the commit after the last, fails."""

    def __init__(self, fails_at: int) -> None:
        self.fails_at, self.writes = fails_at, 0

    @property
    def failed(self) -> bool:
        return self.writes >= self.fails_at

    def statement(self, connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if statement.lstrip().upper().startswith(WRITES):
            self._write(statement)

    def commit(self, connection: Any) -> None:
        self._write("COMMIT")

    def _write(self, statement: str) -> None:
        self.writes += 1
        if self.writes == self.fails_at:
            raise OperationalError(statement, {}, OSError("disk I/O error"))


@contextlib.contextmanager
def failing(at: int) -> Iterator[Disk]:
    disk = Disk(at)
    event.listen(Engine, "before_cursor_execute", disk.statement)
    event.listen(Engine, "commit", disk.commit)
    try:
        yield disk
    finally:
        event.remove(Engine, "before_cursor_execute", disk.statement)
        event.remove(Engine, "commit", disk.commit)


def everything() -> dict[str, list[Any]]:
    """Return every row of every table."""
    database.session.rollback()
    rows = {
        table.name: [tuple(row) for row in database.session.execute(select(table).order_by(*table.primary_key))]
        for table in database.metadata.sorted_tables
    }
    database.session.rollback()
    return rows


def a_need(client_for: Callable[..., Any], cast: Cast) -> tuple[Any, str, dict[str, Any]]:
    body = {
        "community": cast.community.public_id,
        "text": "楼道灯坏了三天，老人不敢下楼。",
        "name": "周奶奶",
        "phone": "13800138000",
    }
    return client_for(), "/needs", body


def an_acceptance(client_for: Callable[..., Any], cast: Cast) -> tuple[Any, str, dict[str, Any]]:
    need = builders.need(cast.community)
    return (
        client_for(cast.clerk),
        f"/desk/needs/{need.public_id}/acceptance",
        {"field": "ELDERLY_DISABLED", "urgency": "GENERAL", "kind": "HELP"},
    )


def a_visit(client_for: Callable[..., Any], cast: Cast) -> tuple[Any, str, dict[str, Any]]:
    of = serving.project(cast)
    body = {"began": local(now() - timedelta(hours=2)), "minutes": "45", "summary": "陪老人聊天。",
            f"seen_{cast.neighbor.public_id}": "SEEN", "act": "submit"}  # fmt: skip
    return client_for(cast.worker), f"/projects/{of.public_id}/logs/new/visit", body


def an_approval(client_for: Callable[..., Any], cast: Cast) -> tuple[Any, str, dict[str, Any]]:
    log = serving.log(serving.project(cast), cast.worker, cast.neighbor)
    return client_for(cast.supervisor), f"/logs/{log.public_id}/approval", {}


def a_rating(client_for: Callable[..., Any], cast: Cast) -> tuple[Any, str, dict[str, Any]]:
    log = serving.approved(cast, serving.project(cast), cast.neighbor)
    token = seal(voices.invitation(log, cast.neighbor).public_id)
    return client_for(), f"/ratings/{token}", {"level": "5", "solved": "yes"}


@pytest.mark.commits
@pytest.mark.parametrize("flow", [a_need, an_acceptance, a_visit, an_approval, a_rating])
def test_whichever_write_fails_the_old_or_the_new_stands(
    flow: Flow, client_for: Callable[..., Any], cast: Cast
) -> None:
    client, address, body = flow(client_for, cast)
    database.session.commit()
    body |= {"key": f"0000-{builders.number():08d}"}
    before, tried = everything(), 0
    for tried in range(1, MANY):
        with failing(tried) as disk:
            answer = client.post(address, data=body)
        if not disk.failed:
            break
        assert answer.status_code == 503, (tried, answer.status_code)
        assert "Retry-After" in answer.headers
        after = everything()
        assert not [name for name in before if before[name] != after[name]], tried
    assert answer.status_code == 303 and 3 < tried < MANY - 1, answer.status_code
    done = everything()
    again = client.post(address, data=body)
    assert again.location == answer.location
    assert not [name for name, rows in everything().items() if rows != done[name]]


@pytest.mark.commits
@pytest.mark.sqlite_only
def test_a_full_disk_stops_writing_alone_and_keeps_what_was_typed(client_for: Callable[..., Any], cast: Cast) -> None:
    client, address, body = a_need(client_for, cast)
    body |= {"key": f"0000-{builders.number():08d}", "text": "楼道灯坏了三天，" * 200}
    database.session.commit()

    def full(connection: Any) -> None:
        # What is left of the last page is used up first, so that the next one that is needed is one too many.
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    event.listen(Engine, "begin", full)
    try:
        for turn in range(MANY):
            refused = client.post(address, data=body | {"key": f"0000-full-{turn:04d}"})
            if refused.status_code != 303:
                break
        assert refused.status_code == 507
        assert "楼道灯坏了三天" in refused.text and "现在存不下" in refused.text
        assert client.get("/board").status_code == 200
    finally:
        event.remove(Engine, "begin", full)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1073741823")
    assert client.post(address, data=body).status_code == 303
    assert database.session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
