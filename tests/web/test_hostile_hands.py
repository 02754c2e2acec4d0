"""Hostile, absurd and empty values at every counter that takes a post: a sentence or a clean success, never a fault."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from flask import Flask
from wtforms import BooleanField, FileField, HiddenField, SelectFieldBase, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from tests import town
from tests.cast import Cast
from tests.visiting import Visitor
from tests.web.test_route_matrix import MATRIX
from web.forms.base import Form

HOSTILE = (
    "\x00' OR 1=1 --\r\nX-Set: 1\r\n<script>alert(1)</script>", "²１٣", "9" * 40, "-1", "NaN", "长" * 20_001,
    "2026-02-30", "9999-12-31T23:59", "0001-01-01", "../../etc/passwd", "=cmd()|' /C calc'!A0",
)  # fmt: skip
FILES = ((b"", "x.csv"), (b"\x00\xff" * 50, "../../etc/passwd\x00.xlsx"), (b"<svg onload=x>", "长" * 300 + ".jpg"))
CALM = {200, 204, 303, 404, 409, 410, 422}
# Every field in turn takes every value with LINLI_HOSTILE=all (five minutes); the suite gives each field one of them.
ALL = os.environ.get("LINLI_HOSTILE") == "all"
# The second stands only where the lot drew a record.
LEFT_OUT = {"sign_in.delete", "service_log.reveal_callees"}
# Who comes to counters that are open to many; whoever lives or works where the town's things are.
FIRST = ("worker", "clerk", "head")
OTHERWISE = {
    "accounts.slip": "head", "talk.": "clerk", "packages.approve": "street_officer", "packages.give_back": "street_officer",
    "packages.judge": "street_officer", "packages.": "clerk", "service_log.approve": "supervisor", "service_log.correct": "supervisor",
    "service_log.send_back": "supervisor", "service_log.void": "supervisor", "volunteering.": "supervisor",
    "volunteering.ask": "resident", "volunteering.propose": "worker",
}  # fmt: skip
_turn = count()


pytestmark = [
    pytest.mark.sqlite_only,
    pytest.mark.skipif("LINLI_LONG" not in os.environ, reason="LINLI_LONG=1 goes to every counter: a minute"),
]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Form]:
    """Return the forms that a request opened, so that a test knows their fields."""
    seen: list[Form] = []
    plain = Form.__init__

    def noted(form: Form, *args: Any, **more: Any) -> None:
        plain(form, *args, **more)
        seen.append(form)

    monkeypatch.setattr(Form, "__init__", noted)
    return seen


def _part(endpoint: str) -> str:
    """Return who does this rightfully, and finds the town's thing."""
    who = MATRIX[(endpoint, "POST")]
    if named := next((OTHERWISE[one] for one in sorted(OTHERWISE, reverse=True) if endpoint.startswith(one)), None):
        return named
    if who[0] in ("everyone", "signed-in"):
        return "resident"
    return next((part for part in FIRST if part in who), who[0])


# What a field may well take, tried one after the other until its form has nothing against it.
GOOD = ("这里有十几个字的一段说明", "13812345678", "2027-01-20", "2027-01-20T10:00", "1950", "12.5", "08:30", "A1", "")


def _good(field: Any, tries: int = 0) -> Any:
    if isinstance(field, SelectFieldBase):
        return next((str(choice[0]) for choice in field.iter_choices() if str(choice[0])), "")
    return "y" if isinstance(field, BooleanField) else GOOD[tries % len(GOOD)]


def _settled(visitor: Visitor, path: str, told: dict[str, str], opened: list[Form]) -> tuple[list[Any], dict[str, Any]]:
    """Return the fields of a counter's forms, with values that they take."""
    fields = list({field.name: field for form in opened for field in form}.values())
    good = {field.name: _good(field) for field in fields if not isinstance(field, FileField)} | told
    for tries in range(1, len(GOOD)):
        opened.clear()
        with town.undone():
            visitor.post(path, data=good)
        refused = {field.name for form in opened for field in form if field.errors and field.name in good}
        if not refused:
            break
        good |= {field.name: _good(field, tries) for field in fields if field.name in refused}
    return fields, good


def _converts(field: Any) -> bool:
    """Tell whether more is done with what was typed than to measure its length."""
    plain = (Length, InputRequired, DataRequired, Optional)
    checked = any(not isinstance(one, plain) for one in field.validators)
    own = type(field) not in (StringField, TextAreaField, HiddenField) or hasattr(field, "moment")
    return (checked or own) and not isinstance(field, SelectFieldBase | BooleanField) and field.name != "version"


def _bodies(fields: list[Any], good: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield one body after another: empty, hostile throughout, each field hostile among good ones, hostile files."""
    yield {}
    yield {**good, "key": ""}
    for evil in HOSTILE if ALL else (HOSTILE[0],):
        yield dict.fromkeys([*good, "next", "key", "version"], evil)
    for field in fields:
        if isinstance(field, FileField):
            yield from ({**good, field.name: (io.BytesIO(data), name)} for data, name in FILES)
        elif ALL or _converts(field):
            evils = HOSTILE if ALL else (HOSTILE[next(_turn) % len(HOSTILE)],)
            yield from ({**good, field.name: evil} for evil in evils)


def _fault(visitor: Visitor, path: str, body: dict[str, Any]) -> str | None:
    try:
        answer = visitor.post(path, data=body)
    except Exception as broken:  # noqa: BLE001  # Whatever breaks is what this test looks for.
        return repr(broken)[:300]
    if answer.status_code not in CALM:
        return str(answer.status_code)
    spoken = answer.status_code != 422 or any(sign in answer.text for sign in ('class="error"', 'role="alert"'))
    return None if spoken else "422 without a sentence"


def test_every_counter_answers_hostile_hands_with_a_sentence(
    app: Flask, db: Any, cast: Cast, client_for: Callable[..., Visitor], opened: list[Form]
) -> None:
    things, wrong, unheard = town.stand(cast), [], []
    with app.test_request_context():
        rules = sorted(
            (rule.endpoint, town.address(rule.rule, things))
            for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ()) and rule.endpoint not in LEFT_OUT
        )  # fmt: skip
    visitors = {part: client_for(getattr(cast, part)) for part in {_part(endpoint) for endpoint, _ in rules}}
    for visitor in visitors.values():
        visitor.examines = False
    inside = {part: visitor.get_cookie("linli") for part, visitor in visitors.items()}
    for endpoint, path in rules:
        part, told = _part(endpoint), town.told(endpoint, things)
        visitor = visitors[part]
        opened.clear()
        with town.undone():
            first = visitor.post(path, data=told).status_code
        if first == 404:
            unheard.append(f"{endpoint} {path} as {part}")
        visitor.set_cookie("linli", inside[part].value)
        for body in _bodies(*_settled(visitor, path, told, opened)):
            visitor.set_cookie("linli", inside[part].value)
            with town.undone():
                fault = _fault(visitor, path, body)
            if fault is not None:
                wrong.append(f"{endpoint}: {fault}\n    {str(body)[:300]}")
    assert not wrong, "\n".join(wrong)
    assert not unheard, "nothing stands there for whom this test sends; see AT in tests/town.py:\n" + "\n".join(unheard)
