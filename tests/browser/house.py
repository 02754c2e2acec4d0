"""A town hall in a process of its own, which is killed as a power cut kills it: in the midst of whatever it writes."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

from models.base import db
from tests.browser.conftest import Hall

# What the other process must know in order to be the same house.
SHARED = ("TESTING", "SECRET_KEY", "LINLI_DATA_KEY", "WTF_CSRF_ENABLED", "GLANCE_MINUTES", "FILES")
PATIENCE = 60


class House:
    """A second door to the books of a hall."""

    def __init__(self, hall: Hall) -> None:
        with hall.app.app_context():
            url = db.engine.url.render_as_string(hide_password=False)
        self.settings = {name: hall.app.config[name] for name in SHARED} | {"SQLALCHEMY_DATABASE_URI": url}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.hall, self.url = hall, f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None
        self.open()

    def open(self) -> None:
        """Start the process and wait until it answers."""
        command = [sys.executable, "-m", "tests.browser.house", str(self.port), json.dumps(self.settings)]
        self.process = subprocess.Popen(
            command,
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=5):
                    return
            except OSError:
                assert time.monotonic() < deadline and self.process.poll() is None, "the house did not open"
                time.sleep(0.05)

    def kill(self) -> None:
        """Kill the process; nothing is written to an end."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None


def serve(port: int, settings: str) -> None:
    """Be the house until somebody kills it, or until the test that opened it is no more."""
    from werkzeug.serving import make_server

    from web import create_app

    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    make_server("127.0.0.1", port, create_app(json.loads(settings)), threaded=True).serve_forever()


if __name__ == "__main__":
    serve(int(sys.argv[1]), sys.argv[2])
