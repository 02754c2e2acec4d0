"""Whether anything acknowledged is lost or doubled when the whole house is killed while residents write."""

from __future__ import annotations

import random
import re
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookiejar import CookieJar

from bench import _house
from bench._running import House

USAGE = "python -m bench kills [KILLS [WRITES]]: six times kill -9 under 1,000 writes: 0 lost, 0 doubled, open in 15 s"
WRITERS, OPEN_WITHIN = 4, 15.0


@dataclass
class Tally:
    """What the writers were told, by the key of each act, and how long the house took to open again."""

    acknowledged: dict[str, str] = field(default_factory=dict)
    unanswered: set[str] = field(default_factory=set)
    opened_in: list[float] = field(default_factory=list)


class Writer(threading.Thread):
    """A phone that sends needs, each under its own key, and sends one again until it has an answer."""

    def __init__(self, house: House, community: str, tally: Tally, over: threading.Event) -> None:
        super().__init__(daemon=True)
        self.house, self.community, self.tally, self.over = house, community, tally, over
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()), _StayHere())

    def run(self) -> None:
        """Write until it is over."""
        token = ""
        while not self.over.is_set():
            key = str(uuid.uuid4())
            self.tally.unanswered.add(key)
            while not self.over.is_set():
                try:
                    token = token or self._token()
                    self.tally.acknowledged[key] = self._send(key, token)
                    self.tally.unanswered.discard(key)
                    break
                except OSError:
                    # No answer, or half of one: only an answer counts, so the same key goes again.
                    time.sleep(0.05)

    def _token(self) -> str:
        with self.opener.open(self.house.address + "/session/token", timeout=10) as answer:
            found = re.search(r'data-token="([^"]+)"', answer.read().decode())
            return found[1] if found else ""

    def _send(self, key: str, token: str) -> str:
        body = {"community": self.community, "text": f"楼道灯坏了，编号{key}", "key": key, "similar_seen": "y",
                "name": "周奶奶", "phone": "13800138000", "csrf_token": token}  # fmt: skip
        data = urllib.parse.urlencode(body).encode()
        with self.opener.open(self.house.address + "/needs", data, timeout=10) as answer:
            if answer.status != 303:
                raise RuntimeError(f"a need was answered with {answer.status}: {answer.read().decode()}")
            return str(answer.headers["Location"])


class _StayHere(urllib.request.HTTPErrorProcessor):
    """Take a redirect as the answer that it is."""

    def http_response(self, request: urllib.request.Request, response: object) -> object:  # type: ignore[override]
        return response


def storm(url: str, folder: str, community: str, *, kills: int, writes: int) -> Tally:
    """Let writers write, kill the house so often meanwhile, and return what they were told."""
    tally, over, chance = Tally(), threading.Event(), random.Random(3)
    house = House(url, folder)
    house.open()
    writers = [Writer(house, community, tally, over) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    try:
        for number in range(1, kills + 1):
            _until(lambda share=writes * number // (kills + 1): len(tally.acknowledged) >= share)  # type: ignore[misc]
            time.sleep(chance.random() * 0.1)
            house.kill()
            tally.opened_in.append(house.open())
        _until(lambda: len(tally.acknowledged) >= writes)
        over.set()
        for writer in writers:
            writer.join(30)
    finally:
        over.set()
        house.kill()
    return tally


def _until(enough: Callable[[], bool], seconds: float = 300) -> None:
    deadline = time.monotonic() + seconds
    while not enough():
        if time.monotonic() > deadline:
            raise RuntimeError("the writers got no further")
        time.sleep(0.02)


def count(texts: list[str], tally: Tally) -> tuple[int, int]:
    """Return how many acknowledged acts are not there, and how many acts are there twice."""
    kept = [text.rpartition("编号")[2] for text in texts]
    lost = sum(key not in kept for key in tally.acknowledged)
    return lost, len(kept) - len(set(kept))


def main(arguments: list[str]) -> int:
    """Kill, count and say what was found."""
    from sqlalchemy import select, text

    from models import seals
    from models.base import db
    from models.needs import Need

    kills, writes = int(arguments[0]) if arguments else 6, int(arguments[1]) if len(arguments) > 1 else 1000
    with _house.sqlite() as url, tempfile.TemporaryDirectory() as folder:
        with _house.house(url):
            community = _house.communities(1)[0].public_id
        tally = storm(url, folder, community, kills=kills, writes=writes)
        with _house.house(url):
            lost, doubled = count(list(db.session.scalars(select(Need.text))), tally)
            whole = db.session.scalar(text("PRAGMA integrity_check")) == "ok" and seals.verify().whole
    slowest = max(tally.opened_in, default=0.0)
    sys.stdout.write(
        f"{len(tally.acknowledged)} acknowledged writes, {kills} kills: {lost} lost, {doubled} doubled; database and diary "
        f"{'whole' if whole else 'BROKEN'}; open again in {slowest:.1f} s at most\n"
    )
    return 0 if lost == doubled == 0 and whole and slowest <= OPEN_WITHIN else 1
