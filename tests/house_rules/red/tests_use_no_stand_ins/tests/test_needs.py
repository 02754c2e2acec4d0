"""Needs."""

from unittest.mock import patch  # RED


def test_a_clerk_accepts_a_need(monkeypatch: object) -> None:
    monkeypatch.setattr("models.needs.accept", None)  # RED
    monkeypatch.setattr(web.doors, "open_to", None)  # RED
    monkeypatch.setattr("time.sleep", None)
    monkeypatch.setenv("PORT", "1")
