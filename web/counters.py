"""What gunicorn reads of us: a worker that has read the house says so to the caretaker."""

from __future__ import annotations

import contextlib
import os

READY = "LINLI_READY"


def post_worker_init(worker: object) -> None:
    """Say that one more worker can serve; one that is started later finds nobody listening any more."""
    with contextlib.suppress(OSError, ValueError):
        os.write(int(os.environ.get(READY, "")), b".")
