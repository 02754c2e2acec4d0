"""Whether two hundred phones are served at once, while the house is renewed under them."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import random
import re
import signal
import statistics
import tempfile
import threading
import time
import urllib.parse
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import _house
from bench._running import House

USAGE = (
    "python -m bench phones [SECONDS [PHONES]]: 200 phones for 60 s, once renewed: p95 500 ms, no error, nothing lost"
)
PHONES, SECONDS = 200, 60
NEEDS, LOGS = 2_000, 10_000
# A phone looks at a page for so many seconds; one step in so many sends a need.
LOOKS, SENDS = (2.0, 6.0), 12
SLOWEST_P95 = 500.0
PAGES = ("/", "/board", "/board/needs", "/board/projects", "/notices", "/activities/calendar")
HTML = {"Accept": "text/html", "Accept-Language": "zh-CN", "Accept-Encoding": "gzip"}
FORM = {**HTML, "Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Tally:
    """What the phones met: milliseconds of each answer, what went wrong, and the keys of needs that were acknowledged."""

    taken: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    again: int = 0
    renewed: bool = False
    acknowledged: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Town:
    """Where phones knock: the port, a community's number, and the addresses that they open."""

    port: int
    community: str
    addresses: tuple[str, ...]


class Phone(threading.Thread):
    """Somebody who opens a page, reads it, opens the next, and now and then sends a need."""

    def __init__(self, number: int, town: Town, tally: Tally, until: float) -> None:
        super().__init__(daemon=True)
        self.town, self.tally, self.until = town, tally, until
        self.chance, self.cookie = random.Random(number), ""

    def run(self) -> None:
        """Come in some time in the first seconds, as people do, and stay."""
        time.sleep(self.chance.uniform(0, LOOKS[1]))
        while time.monotonic() < self.until:
            if self.chance.randrange(SENDS):
                self._ask("GET", self.chance.choice(self.town.addresses))
            else:
                self._send()
            time.sleep(self.chance.uniform(*LOOKS))

    def _send(self) -> None:
        page = self._ask("GET", f"/needs/new?community={self.town.community}")
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        key = str(uuid.uuid4())
        said = {"community": self.town.community, "text": f"楼道灯坏了，编号{key}", "key": key, "similar_seen": "y",
                "name": "周奶奶", "phone": "13800138000", "csrf_token": token[1] if token else ""}  # fmt: skip
        if self._ask("POST", "/needs", urllib.parse.urlencode(said), wanted=303) is not None:
            self.tally.acknowledged.append(key)

    def _ask(self, method: str, path: str, body: str | None = None, *, wanted: int = 200) -> Any:
        """Return the page, asking once again where no answer came: the need's own key keeps it from being there twice."""
        began = time.perf_counter()
        for turn in range(2):
            try:
                status, page = self._once(method, path, body)
            except (OSError, http.client.HTTPException) as error:
                if turn:
                    self.tally.wrong.append(f"{method} {path}: {error!r}")
                    break
                self.tally.again += 1
                continue
            self.tally.taken.append((time.perf_counter() - began) * 1000)
            if status == wanted:
                return page
            self.tally.wrong.append(f"{method} {path}: {status}")
            return None
        return None

    def _once(self, method: str, path: str, body: str | None) -> tuple[int, str]:
        # The line of the page before was closed while its reader read: each page comes over a new one.
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.town.port, timeout=30)) as line:
            line.request(method, path, body, {**(FORM if body else HTML), "Cookie": self.cookie})
            answer = line.getresponse()
            page = answer.read()
        if given := answer.headers.get("Set-Cookie"):
            self.cookie = given.partition(";")[0]
        if answer.headers.get("Content-Encoding") == "gzip":
            page = gzip.decompress(page)
        return answer.status, page.decode(errors="replace")


def memory(house: House) -> float:
    """Return the megabytes that the processes of the house hold."""
    pages = 0
    for number in house.below():
        with contextlib.suppress(OSError):
            pages += int(Path(f"/proc/{number}/statm").read_text().split()[1])
    return pages * 4096 / 1024**2


def rush(house: House, town: Town, *, phones: int, seconds: int) -> tuple[Tally, list[float]]:
    """Let so many phones in for so many seconds, renew the counters at half time; return what they met and the memory of each ten seconds."""
    tally, until = Tally(), time.monotonic() + seconds
    crowd = [Phone(number, town, tally, until) for number in range(phones)]
    for one in crowd:
        one.start()
    held: list[float] = []
    before: set[int] = set()
    while (left := until - time.monotonic()) > 0:
        time.sleep(min(10.0, left))
        held.append(memory(house))
        if not before and left < seconds / 2 and house.caretaker:
            before = set(house.below())
            house.caretaker.send_signal(signal.SIGHUP)
    for one in crowd:
        one.join(60)
    tally.renewed = bool(before) and before.isdisjoint(house.below())
    return tally, held


def prepared() -> tuple[str, tuple[str, ...]]:
    """Fill a community, and return it with the addresses that phones open."""
    from sqlalchemy import select

    from models import need_counts
    from models.base import db
    from models.needs import Need

    place = _house.communities(1)[0]
    needs, projects = _house.fill([place], NEEDS), _house.serve([place], LOGS)
    shown = db.session.scalars(select(Need).where(Need.id.in_(needs[:400]))).all()
    for need in shown:
        need.public_title = need.title
    need_counts.recount()
    db.session.commit()
    stories = [f"/board/projects/{project.public_id}" for project in projects]
    return place.public_id, (*PAGES, *stories[:4])


def main(arguments: list[str]) -> int:
    """Measure; return 1 where phones waited too long, met an error or lost a need."""
    from sqlalchemy import select

    from models.base import db
    from models.needs import Need

    seconds, phones = (int(one) for one in (*arguments, *(str(one) for one in (SECONDS, PHONES)[len(arguments) :])))
    with _house.sqlite() as url, tempfile.TemporaryDirectory(prefix="linli-bench-") as folder:
        with _house.house(url):
            community, addresses = prepared()
        house = House(url, folder)
        house.open()
        try:
            tally, held = rush(house, Town(house.port, community, addresses), phones=phones, seconds=seconds)
            log = Path(url.removeprefix("sqlite:///") + "-wal").stat().st_size / 1024**2
        finally:
            house.kill()
        with _house.house(url):
            texts = db.session.scalars(select(Need.text).where(Need.text.contains("编号"))).all()
    kept = [text.rpartition("编号")[2] for text in texts]
    lost, doubled = len(set(tally.acknowledged) - set(kept)), len(kept) - len(set(kept))
    for line in tally.wrong[:5]:
        print("  ", line)
    slow = statistics.quantiles(tally.taken, n=20)[-1]
    print(
        f"  {phones} phones, {seconds} s, {'renewed once' if tally.renewed else 'NOT RENEWED'}: {len(tally.taken)} answers, {len(tally.wrong)} errors, ",
        end="",
    )
    print(
        f"{tally.again} asked again; p50 {statistics.median(tally.taken):.0f} ms, p95 {slow:.0f}, slowest {max(tally.taken):.0f}"
    )
    print(
        f"  {len(tally.acknowledged)} needs acknowledged: {lost} lost, {doubled} doubled; write-ahead log {log:.1f} MB"
    )
    print(f"  memory of the house every ten seconds: {', '.join(f'{one:.0f}' for one in held)} MB")
    return int(not tally.renewed or bool(tally.wrong) or slow > SLOWEST_P95 or bool(lost) or bool(doubled))
