"""Every door, tried by everybody: who gets in stands in tests/web/route_matrix.py, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from models.accounts import Account, Role
from models.events import Event
from tests import builders, town
from tests.cast import Cast
from tests.visiting import Visitor
from tests.web.route_matrix import GROUPS, OBJECTS, PLAYED_BY, ROUTES

PARTS = [name for name, kind in Cast.__annotations__.items() if kind in ("Account", Account)]
NOBODYS = {"size": "display", "method": "HOME_VISIT", "noun": "answer", "name": "app.css", "version": "2026-11"}


def _lines(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    rows = [line.split() for line in text.strip().splitlines()]
    return [(row[0], row[1], tuple(row[2:])) for row in rows]


def _players(who: tuple[str, ...]) -> set[str]:
    if who[0] in ("everyone", "signed-in"):
        return set(PARTS)
    return {account for part in who for account in PLAYED_BY.get(part, (part,))}


MATRIX = {(endpoint, method): who for endpoint, method, who in _lines(ROUTES)}


def _rules(app: Flask) -> dict[tuple[str, str], str]:
    """Return the first address of every endpoint and method."""
    found: dict[tuple[str, str], str] = {}
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            if rule.endpoint != "static":
                found.setdefault((rule.endpoint, method), rule.rule)
    return found


def _address(rule: str) -> str:
    """Fill an address with ids that nothing has, and with words where a route knows only some."""
    filled = re.sub(r'<any\("?([^",)]+)[^>]*>', r"\1", rule)
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: NOBODYS.get(found[1], "ZZZZZZZZZZ"), filled)


def _got_in(answer: TestResponse) -> bool:
    turned_away = answer.status_code == 302 and answer.location.startswith("/login")
    return answer.status_code not in (401, 403) and not turned_away


def test_every_endpoint_stands_in_the_matrix(app: Flask) -> None:
    unlisted = sorted(set(_rules(app)) - set(MATRIX))
    lines = "\n".join(f"{endpoint:32} {method:5} <everyone | signed-in | parts>" for endpoint, method in unlisted)
    assert not unlisted, f"add these lines to ROUTES in tests/web/route_matrix.py, saying who gets in:\n{lines}"
    gone = sorted(set(MATRIX) - set(_rules(app)))
    assert not gone, "take these lines out of ROUTES in tests/web/route_matrix.py: " + ", ".join(map(str, gone))


@pytest.mark.sqlite_only
@pytest.mark.parametrize("part", [*PARTS, "nobody"])
def test_the_doors_open_for_those_of_the_matrix_and_for_nobody_else(
    app: Flask, db: Any, cast: Cast, client_for: Callable[..., Visitor], part: str
) -> None:
    account = None if part == "nobody" else getattr(cast, part)
    visitor, wrong = client_for(account), []
    for (endpoint, method), rule in sorted(_rules(app).items()):
        who = MATRIX.get((endpoint, method))
        if who is None or endpoint in ("sign_in.delete", "settings.end_all_sessions"):
            continue
        expected = who == ("everyone",) if account is None else part in _players(who)
        # As a fragment, a refusal is one line instead of a page; a stranger gets 401 instead of the way to the sign-in.
        answer = visitor.open(_address(rule), method=method, headers={"HX-Request": "true"})
        refusal = 401 if account is None else 403
        if answer.status_code >= 500 or _got_in(answer) != expected or (not expected and answer.status_code != refusal):
            wrong.append(f"{endpoint} {method}: {answer.status_code}, {'in' if expected else refusal} expected")
    assert not wrong, f"{part}:\n" + "\n".join(wrong)


@pytest.mark.parametrize("part", ["nobody", "other_resident", "worker", "expert", "auditor", "supporter"])
def test_a_weaker_role_with_a_valid_token_writes_nothing(
    app: Flask, db: Any, cast: Cast, client_for: Callable[..., Visitor], csrf: None, part: str
) -> None:
    visitor = client_for(None if part == "nobody" else getattr(cast, part))
    token = re.search(r'data-token="([^"]+)"', visitor.get("/session/token").text)
    before = db.session.scalar(select(func.count()).select_from(Event))
    for (endpoint, method), rule in sorted(_rules(app).items()):
        who = MATRIX.get((endpoint, method), ("everyone",))
        inside = who == ("everyone",) if part == "nobody" else part in _players(who)
        if method != "GET" and not inside:
            filled = rule.replace("<public_id>", cast.neighbor.public_id)
            answer = visitor.open(_address(filled), method=method, data={"csrf_token": token[1] if token else ""})
            assert answer.status_code in (302, 403), endpoint
    assert db.session.scalar(select(func.count()).select_from(Event)) == before


def spelled_out(who: Iterable[str]) -> tuple[str, ...]:
    """Return the parts that a line names, each by itself."""
    return tuple(part for word in who for part in GROUPS.get(word, (word,)))


FINDERS = {(endpoint, method): spelled_out(who) for endpoint, method, who in _lines(OBJECTS)}
# Where the door is open to everybody, these stand for all others too.
SOME = ("resident", "other_resident", "clerk", "other_clerk", "worker", "two_coats", "nobody")


def test_every_endpoint_with_an_id_says_who_finds_it(app: Flask) -> None:
    with_id = {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if "<" in rule.rule and rule.endpoint not in ("static", "assets.file", "settings.end_session")
    }
    unlisted = sorted(with_id - set(FINDERS))
    assert not unlisted, f"add to OBJECTS in tests/web/route_matrix.py who finds the town's thing: {unlisted}"
    assert not set(FINDERS) - with_id, f"take out of OBJECTS: {sorted(set(FINDERS) - with_id)}"


def test_whoever_only_reads_passes_no_door_that_writes() -> None:
    """Auditor, expert, finance, supporter: what they may post is what everybody may, and a reading that is noted."""
    mine = {
        endpoint
        for (endpoint, method), who in MATRIX.items()
        if method == "POST" and {"auditor", "expert", "finance", "supporter"} & set(who)
    }
    assert mine == {"service_log.read_internal", "service_log.read_original"}


# Asked in shares, so that several workers carry the longest test of the house.
SHARES = 4


def _askers(endpoint: str, method: str) -> list[str]:
    who = MATRIX[(endpoint, method)]
    if who[0] == "everyone":
        return list(SOME)
    if who[0] == "signed-in":
        return [part for part in SOME if part != "nobody"]
    coats = ["two_coats"] if _players(who) & {"worker", "other_clerk"} else []
    return [part for part in PARTS if part in _players(who)] + coats


@pytest.mark.sqlite_only
@pytest.mark.parametrize("share", range(SHARES))
def test_whoever_passes_the_door_finds_only_what_lies_within_reach(
    app: Flask, db: Any, cast: Cast, client_for: Callable[..., Visitor], share: int
) -> None:
    things = town.stand(cast)
    both = builders.account("兼职", role=Role.SOCIAL_WORKER, organization=cast.organization)
    both.grant(Role.CLERK, by=builders.JOB, place=cast.other_community)
    visitors = {part: client_for(account) for part, account in {**cast.everybody(), "two_coats": both}.items()}
    visitors["nobody"], wrong = client_for(), []
    with app.test_request_context():
        rules = [
            (rule.endpoint, method, town.address(rule.rule, things))
            for rule in app.url_map.iter_rules()
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
            if (rule.endpoint, method) in FINDERS
        ]
    for endpoint, method, path in sorted(rules)[share::SHARES]:
        for part in _askers(endpoint, method):
            visitors[part].examines = False
            with town.undone():
                answer = visitors[part].open(path, method=method, headers={"HX-Request": "true"})
            finds = FINDERS[(endpoint, method)] == ("everyone",) or part in FINDERS[(endpoint, method)]
            if answer.status_code not in ((200, 204, 302, 303, 422) if finds else (404,)):
                wrong.append(f"{part} {method} {path} ({endpoint}): {answer.status_code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.sqlite_only
def test_no_counter_in_reach_hears_a_post_without_our_token(
    app: Flask, db: Any, cast: Cast, client_for: Callable[..., Visitor], csrf: None
) -> None:
    things, heard = town.stand(cast), []
    with app.test_request_context():
        rules = {
            rule.endpoint: town.address(rule.rule, things)
            for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())
        }  # fmt: skip
    visitors: dict[str, Visitor] = {}
    for endpoint, path in sorted(rules.items()):
        who = FINDERS.get((endpoint, "POST"), MATRIX[(endpoint, "POST")])[0]
        part = "resident" if who in ("everyone", "signed-in") else who
        visitor = visitors.get(part) or visitors.setdefault(part, client_for(getattr(cast, part, None)))
        visitor.examines = False
        with town.undone():
            answer = visitor.post(path)
        # Some ask first for the place that a field names, and one stands open only for a record that was drawn.
        if answer.status_code not in (302, 400, 404):
            heard.append(f"{endpoint} {path} as {part}: {answer.status_code}")
    assert not heard, "\n".join(heard)
