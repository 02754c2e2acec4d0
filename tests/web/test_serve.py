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
from huey import SqliteHuey
from sqlalchemy import select, text

from bench import kills
from models import seals
from models.base import db as database
from models.needs import Need
from models.places import Place
from web import jobs

pytestmark = pytest.mark.sqlite_only
# How long a slow machine may take; what is promised in seconds is measured by benches.
SECONDS = 120
PRODUCTION = {
    "LINLI_DEMO": "0",
    "SECRET_KEY": "only-for-tests",
    "LINLI_DATA_KEY": "a long sentence for tests",
    "LINLI_HTTPS": "1",
}


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

    def __init__(self, root: Path, folder: Path, *, until_open: bool = True) -> None:
        self.port, self.log = free_port(), folder / "log"
        settings = {**PRODUCTION, "LINLI_INSTANCE": str(folder), "PORT": str(self.port), "DATABASE_URL": ""}
        with self.log.open("w") as log:
            command = [sys.executable, "-m", "web.serve"]
            environment = {**os.environ, **settings}
            self.caretaker = psutil.Popen(command, cwd=root, env=environment, stdout=log, stderr=subprocess.STDOUT)
        if until_open:
            assert until(lambda: "is open at" in self.log.read_text() or self.caretaker.poll() is not None)
        else:
            # The counters, which read the house before they open, and the jobs.
            assert until(lambda: len(self.caretaker.children(recursive=True)) > 1)
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


def test_the_house_answers_tells_a_second_one_to_take_another_port_and_says_when_its_jobs_die(
    house: House, root: Path, tmp_path: Path
) -> None:
    assert status_of(house) == 200
    settings = {**os.environ, "LINLI_INSTANCE": str(tmp_path), "PORT": str(house.port)}
    command = [sys.executable, "-m", "web.serve"]
    second = subprocess.run(command, cwd=root, env=settings, capture_output=True, text=True, check=False)
    assert second.returncode == 1
    assert f"PORT={house.port + 1}" in second.stdout
    # What a counter asks for at once the jobs take up at once; this one exists to be missed by its name.
    SqliteHuey("linli", filename=str(tmp_path / "jobs.db")).task(name="by_name")(jobs._now)("nobody_runs_this")
    assert until(lambda: "KeyError: 'nobody_runs_this'" in house.log.read_text())
    house.part("web.jobs").kill()
    assert house.caretaker.wait(SECONDS) == 1
    assert "the jobs ended by themselves" in house.log.read_text()
    assert house.everybody_is_gone()


def test_a_house_is_renewed_under_way_and_stays_as_it_was_where_the_new_one_does_not_open(
    house: House, tmp_path: Path
) -> None:
    before, words = set(house.family), tmp_path / "translations"
    words.rename(tmp_path / "aside")
    words.write_text("no folder, so that nobody can read the catalogs")
    house.caretaker.send_signal(signal.SIGHUP)
    assert until(lambda: "the new counters did not open" in house.log.read_text())
    assert set(house.caretaker.children(recursive=True)) == before
    words.unlink()
    (tmp_path / "aside").rename(words)
    house.caretaker.send_signal(signal.SIGHUP)
    answers = [status_of(house)]
    assert until(lambda: not answers.append(status_of(house)) and "linli | renewed" in house.log.read_text())
    assert set(answers) == {200}
    house.family = house.caretaker.children(recursive=True)
    assert before.isdisjoint(house.family) and status_of(house) == 200


def status_of(house: House) -> int:
    """Return how the house answers at this moment."""
    with urllib.request.urlopen(f"http://127.0.0.1:{house.port}/healthz", timeout=SECONDS) as answer:
        return int(answer.status)


@pytest.mark.parametrize(("how", "code"), [(signal.SIGTERM, 0), (signal.SIGKILL, -signal.SIGKILL)])
def test_a_house_that_is_closed_or_killed_leaves_nobody_behind(
    root: Path, tmp_path: Path, how: signal.Signals, code: int
) -> None:
    house = House(root, tmp_path, until_open=False)
    house.caretaker.send_signal(how)
    assert house.caretaker.wait(SECONDS) == code
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


def spoken(command: list[str], root: Path, **settings: str) -> tuple[int, str]:
    """Run a command and return its code and everything that it said."""
    bare = {name: value for name, value in os.environ.items() if name not in ("SECRET_KEY", "LINLI_DATA_KEY")}
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=root, env=bare | settings, text=True, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    return done.returncode, done.stdout.strip()


@pytest.mark.parametrize("command", [["web.serve"], ["web.jobs"], ["flask", "--app", "wsgi", "db", "upgrade"]])
def test_production_without_its_secrets_is_refused_in_one_line(root: Path, tmp_path: Path, command: list[str]) -> None:
    settings = {"LINLI_INSTANCE": str(tmp_path), "PORT": str(free_port()), "LINLI_DEMO": "0", "LINLI_HTTPS": "0"}
    code, said = spoken(command, root, **settings)
    assert code == 1 and len(said.splitlines()) == 1, said
    assert all(name in said for name in ("SECRET_KEY", "LINLI_DATA_KEY", "LINLI_HTTPS=1"))
    assert not (tmp_path / "linli.db").exists()


def test_accounts_of_the_demo_under_another_key_in_production_or_without_tables_are_refused_in_one_line(
    databases: Any, peopled: Any, root: Path, tmp_path: Path
) -> None:
    url = databases.clone(of=peopled[0])
    say = ["flask", "--app", "wsgi", "demo-accounts"]
    settings = {"LINLI_INSTANCE": str(tmp_path), "DATABASE_URL": url, "LINLI_DEMO": "1"}
    code, said = spoken(say, root, **settings, LINLI_DATA_KEY="not the key of the tests")
    assert code == 1 and len(said.splitlines()) == 1 and "LINLI_DATA_KEY" in said, said
    code, said = spoken(say, root, **settings | PRODUCTION)
    assert code == 1 and said == "Error: the demo is not for production: LINLI_DEMO=0 is set"
    code, said = spoken(say, root, **settings | {"DATABASE_URL": f"sqlite:///{tmp_path / 'new.db'}"})
    assert code == 1 and said.endswith("flask --app wsgi db upgrade"), said
    databases.drop(url)
