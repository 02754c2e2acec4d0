"""Sentences that speak of a number: of one thing in the singular, in the reader's language."""

from __future__ import annotations

from flask import Flask
from flask_babel import force_locale

from web import sentences
from web.sentences.thread import DETAILS


def test_one_need_is_not_1_needs(app: Flask) -> None:
    with app.test_request_context(), force_locale("en"):
        assert str(DETAILS["needs"] % {"n": 1}) == "1 need"
        assert str(DETAILS["needs"] % {"n": 9}) == "9 needs"
        assert str(DETAILS["logs"] % {"n": 1}).startswith("1 service,")
        assert sentences.news("day_begins", {"n": 1}) == "Good morning. 1 thing waits today."
    with app.test_request_context(), force_locale("zh_Hans"):
        assert str(DETAILS["needs"] % {"n": 1}) == "1 件需求"
