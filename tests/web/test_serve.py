"""The caretaker: whatever happens to one process of the house, none is left behind and nothing fails in silence."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from sqlalchemy import select, text

from bench import kills
from models import seals
from models.base import db as database
from models.needs import Need
from models.places import Place

pytestmark = pytest.mark.sqlite_only
SECONDS = 60


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def until(what: Callable[[], bool]) -> bool:
    """Wait until something holds, and tell whether it came to hold."""
    deadline = time.monotonic() + SECONDS
    while not what():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


class House:
    """A running house: its caretaker, its log and the address of its counters."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.port, self.log = free_port(), folder / "log"
        secrets = {
            "LINLI_DEMO": "0",
            "SECRET_KEY": "only-for-tests",
            "LINLI_DATA_KEY": "a long sentence for tests",
            "LINLI_HTTPS": "1",
        }
        settings = {**secrets, "LINLI_INSTANCE": str(folder), "PORT": str(self.port), "DATABASE_URL": ""}
        with self.log.open("w") as log:
            command = [sys.executable, "-m", "web.serve"]
            environment = {**os.environ, **settings}
            self.caretaker = psutil.Popen(command, cwd=root, env=environment, stdout=log, stderr=subprocess.STDOUT)
        assert until(lambda: "is open at" in self.log.read_text() or self.caretaker.poll() is not None)
        assert self.caretaker.poll() is None, self.log.read_text()
        self.family = self.caretaker.children(recursive=True)

    def everybody_is_gone(self) -> bool:
        return until(lambda: not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in self.family))

    def part(self, word: str) -> psutil.Process:
        return next(one for one in self.family if any(word in argument for argument in one.cmdline()))


@pytest.fixture
def house(root: Path, tmp_path: Path) -> Iterator[House]:
    one = House(root, tmp_path)
    yield one
    for process in [one.caretaker, *one.family]:
        if process.is_running():
            process.kill()
    one.caretaker.wait()


def test_the_house_answers_tells_a_second_one_to_take_another_port_and_closes_when_asked(
    house: House, root: Path, tmp_path: Path
) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{house.port}/healthz", timeout=SECONDS) as answer:
        assert answer.status == 200
    settings = {**os.environ, "LINLI_INSTANCE": str(tmp_path), "PORT": str(house.port)}
    command = [sys.executable, "-m", "web.serve"]
    second = subprocess.run(command, cwd=root, env=settings, capture_output=True, text=True, check=False)
    assert second.returncode == 1
    assert f"PORT={house.port + 1}" in second.stdout
    house.caretaker.send_signal(signal.SIGTERM)
    assert house.caretaker.wait(SECONDS) == 0
    assert house.everybody_is_gone()


def test_a_house_whose_jobs_die_closes_and_says_so(house: House) -> None:
    house.part("web.jobs").kill()
    assert house.caretaker.wait(SECONDS) == 1
    assert "the jobs ended by themselves" in house.log.read_text()
    assert house.everybody_is_gone()


def test_a_killed_caretaker_leaves_nobody_behind(house: House) -> None:
    house.caretaker.kill()
    house.caretaker.wait(SECONDS)
    assert house.everybody_is_gone()


@pytest.mark.skipif(
    "LINLI_LONG" not in os.environ, reason="LINLI_LONG=1 kills it; `python -m bench kills` does it six times"
)
def test_a_house_killed_while_residents_write_keeps_what_it_acknowledged_once(
    databases: Any, build_app: Any, peopled: Any, tmp_path: Path
) -> None:
    """One kill and sixty writes here; `python -m bench kills` does six and a thousand."""
    url = databases.clone(of=peopled[0])
    app = build_app(url)
    with app.app_context():
        community = database.session.get_one(Place, peopled[1]["community"][1]).public_id
    tally = kills.storm(url, str(tmp_path), community, kills=1, writes=60)
    with app.app_context():
        texts = list(database.session.scalars(select(Need.text).where(Need.text.contains("编号"))))
        assert kills.count(texts, tally) == (0, 0)
        assert len(tally.acknowledged) >= 60
        assert database.session.scalar(text("PRAGMA integrity_check")) == "ok" and seals.verify().whole
        database.engine.dispose()
    databases.drop(url)
