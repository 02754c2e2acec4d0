"""Everybody chooses how Linli looks: with an account it is remembered there, without one in this browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale

from models.accounts import Account
from tests.cast import Cast
from tests.visiting import Visitor


def test_a_stranger_switches_the_elder_version_on_and_goes_back_to_the_page(client: Visitor) -> None:
    answer = client.post("/settings/elder", data={"next": "/login"})
    assert answer.status_code == 303 and answer.location == "/login"
    assert "data-elder" in client.get("/login").text
    client.post("/settings/elder", data={"next": "/login"})
    assert "data-elder" not in client.get("/login").text


def test_an_account_remembers_its_settings_on_every_device(
    db: Any, cast: Cast, client_for: Callable[..., Visitor]
) -> None:
    first = client_for(cast.resident)
    answer = first.post("/settings", data={"locale": "en", "theme": "dark", "elder": "y", "text_step": "3"})
    assert answer.status_code == 303
    page = client_for(cast.resident).get("/settings").text
    assert 'lang="en"' in page and 'data-theme="dark"' in page and 'data-text="3"' in page
    kept = db.session.get(Account, cast.resident.id)
    assert (kept.locale, kept.theme, kept.elder, kept.text_step) == ("en", "dark", True, 3)


def test_a_stranger_changes_the_language(client: Visitor) -> None:
    assert client.post("/settings/language", data={"locale": "en", "next": "/login"}).status_code == 303
    assert "<h1>Sign in</h1>" in client.get("/login").text
    client.post("/settings/language", data={"locale": "zh_Hans", "next": "/login"})
    assert "<h1>登录</h1>" in client.get("/login").text


def test_pages_are_chinese_until_the_reader_chooses_at_their_foot(client: Visitor) -> None:
    page = client.get("/login", headers={"Accept-Language": "en-US,en;q=0.9"}).text
    assert "<h1>登录</h1>" in page and '<button type="submit" class="plain" name="locale" value="en"' in page
    client.post("/settings/language", data={"locale": "en", "next": "/login"})
    assert 'value="zh_Hans" lang="zh-Hans">中文</button>' in client.get("/login").text


@pytest.mark.parametrize("bad", [{"locale": "fr"}, {"theme": "pink"}, {"text_step": "9"}, {"text_step": "٣"}])
def test_what_is_no_choice_is_refused_and_the_form_comes_back(client: Visitor, bad: dict[str, str]) -> None:
    good = {"locale": "en", "theme": "dark", "text_step": "1"}
    answer = client.post("/settings", data={**good, **bad})
    assert answer.status_code == 422
    assert 'data-theme="auto"' in client.get("/settings").text


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "/\\evil.example", "https://evil.example/", "/\t/evil.example", "evil.example", "/no-such-page",
     "/logout", "javascript:alert(1)", "/%09/evil.example", "/\r\nSet-Cookie: a=b", ""],
)  # fmt: skip
def test_the_way_back_never_leaves_our_own_pages(client: Visitor, target: str) -> None:
    assert client.post("/settings/elder", data={"next": target}).location == "/"


def test_a_word_for_a_code_in_a_page_is_said_in_each_readers_language(app: Flask) -> None:
    page = app.jinja_env.from_string('{{ "received"|label("ReportWhat") }}')
    for locale, word in (("zh_Hans", "收到"), ("en", "received"), ("zh_Hans", "收到")):
        with app.test_request_context(), force_locale(locale):
            assert page.render() == word
