"""Signs of life for whoever runs the house."""

from __future__ import annotations

from typing import Any


def test_the_process_and_the_database_answer(client: Any) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok"}
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.get_json() == {"status": "ok"}
