"""The handwritten words of the demo year (demo/texts/README.md)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

TEXTS = Path(__file__).parent / "texts"


@cache
def rows(name: str) -> list[dict[str, Any]]:
    """Return the lines of a JSONL file."""
    return [json.loads(line) for line in (TEXTS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines() if line]


@cache
def whole(name: str) -> Any:
    """Return a JSON file."""
    return json.loads((TEXTS / f"{name}.json").read_text(encoding="utf-8"))
