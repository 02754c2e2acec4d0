"""Whether many residents can write at once: 32 of them at the real counters, on SQLite."""

from __future__ import annotations

import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from http.cookiejar import CookieJar
from pathlib import Path
from urllib import error, parse, request

from bench import _house

USAGE = "python -m bench creates [EACH]: 32 residents send needs at once through gunicorn on SQLite; none is lost"
CLIENTS, EACH = 32, 4


class Resident:
    """A browser that opens the form and sends it again and again."""

    def __init__(self, base: str, community: str) -> None:
        self.base, self.community = base, community
        self.open = request.build_opener(request.HTTPCookieProcessor(CookieJar()), _Stay()).open
        with self.open(f"{base}/needs/new?community={community}", timeout=60) as answer:
            token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', answer.read().decode())
        self.token = token[1] if token else ""

    def send(self) -> int:
        """Send a need and return the status."""
        said = {
            "csrf_token": self.token, "key": str(uuid.uuid4()), "community": self.community, "name": "王桂兰",
            "phone": "13800001111", "similar_seen": "1", "tile": "OTHER", "consent": "1", "agree": "1",
            "text": f"路灯不亮 {uuid.uuid4()}",
        }  # fmt: skip
        try:
            with self.open(f"{self.base}/needs", data=parse.urlencode(said).encode(), timeout=60) as answer:
                return int(answer.status)
        except error.HTTPError as answer:
            return answer.code


class _Stay(request.HTTPRedirectHandler):
    """Look at a redirect instead of following it."""

    def redirect_request(self, *args: object, **more: object) -> None:
        return None


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def serve(folder: str, port: int) -> subprocess.Popen[bytes]:
    """Start the counters as web.serve does and wait until they answer."""
    from web.serve import COUNTERS

    command = [sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{port}", "--log-level", "error"]
    settings = {
        **os.environ,
        "LINLI_INSTANCE": folder,
        "DATABASE_URL": f"sqlite:///{folder}/linli.db",
        "LINLI_DEMO": "1",
    }
    process = subprocess.Popen(
        [*command, *COUNTERS], env=settings, cwd=_house.ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    for _ in range(600):
        try:
            with request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return process
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the counters did not open")


def rush(base: str, community: str, each: int) -> tuple[list[float], list[str]]:
    """Let all residents send at once; return the milliseconds of each answer and what went wrong."""
    taken: list[float] = []
    wrong: list[str] = []

    def resident() -> None:
        try:
            one = Resident(base, community)
            for _ in range(each):
                began = time.perf_counter()
                status = one.send()
                taken.append((time.perf_counter() - began) * 1000)
                if status != 303:
                    wrong.append(f"answered {status}")
        except OSError as error:
            wrong.append(repr(error))

    threads = [threading.Thread(target=resident) for _ in range(CLIENTS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return taken, wrong


def main(arguments: list[str]) -> int:
    """Measure; return 1 where a need met an error or was lost."""
    from sqlalchemy import func, select

    from models.base import db
    from models.needs import Need

    each = int(arguments[0]) if arguments else EACH
    with (
        tempfile.TemporaryDirectory(prefix="linli-bench-") as folder,
        _house.house(f"sqlite:///{Path(folder) / 'linli.db'}"),
    ):
        (place,) = _house.communities(1)
        port = _free_port()
        process = serve(folder, port)
        try:
            began = time.perf_counter()
            taken, wrong = rush(f"http://127.0.0.1:{port}", place.public_id, each)
            seconds = time.perf_counter() - began
        finally:
            process.terminate()
            process.wait(timeout=60)
        kept = db.session.scalar(select(func.count()).select_from(Need)) or 0
    for line in wrong[:3]:
        print("  ", line)
    sent = CLIENTS * each
    print(f"  {CLIENTS} residents sent {sent} in {seconds:.1f} s: {kept} kept, {len(wrong)} errors, ", end="")
    print(f"p50 {statistics.median(taken or [0]):.0f} ms, slowest {max(taken or [0]):.0f} ms")
    return int(bool(wrong) or kept != sent)
