"""Who asked to be erased, noted outside the database: a backup that is put back must not bring anybody back.

One line an erasure, a kind and a public id, which says nothing about anybody. The file is only ever added to, and no
backup is ever put in its place. Source: reliability.md 80.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from models.base import once_committed
from models.events import subject_of

_file: list[Path] = []


def use(file: Path | str) -> None:
    """Name the file, beside the database."""
    _file[:] = [Path(file)]


def note(rows: Iterable[object]) -> None:
    """Note what an erasure emptied, once it is kept; a part of the verb that erases."""
    lines = "".join(f"{subject_of(row)[0]} {getattr(row, 'public_id', '')}\n" for row in rows)
    once_committed(lambda: _add(lines))


def noted() -> list[tuple[str, str]]:
    """Return the kind and the public id of everything that was erased, the oldest first."""
    if not _file or not _file[0].exists():
        return []
    words = (line.split() for line in _file[0].read_text(encoding="utf-8").splitlines())
    return list(dict.fromkeys((pair[0], pair[1]) for pair in words if len(pair) == 2))


def _add(lines: str) -> None:
    with os.fdopen(os.open(_file[0], os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600), "a", encoding="utf-8") as file:
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())
