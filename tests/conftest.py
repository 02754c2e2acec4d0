"""What every test may ask for: a database of its own, the town hall, visitors and the clock."""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import settings
from sqlalchemy import create_engine, event, select

from models import base
from models.base import db as database
from models.service_log import ServiceLog
from tests import databases as kinds
from tests import watching
from tests.cast import Cast, assemble
from tests.serving import MORNING
from tests.visiting import Visitor, sign_in

KIND = os.environ.get("LINLI_TEST_DATABASE", "sqlite")
CHROMIUM = os.environ.get("LINLI_CHROMIUM", "/usr/bin/chromium")
# One run of pytest, on either database (decision 31).
MINUTES_IN_CI = 12
ROOMS_OF_BOTH = {"models", "web", "migrations", "journeys"}
BEGAN = pytest.StashKey[float]()
SERVER = pytest.StashKey[Any]()
Numbers = dict[str, tuple[type[Any], int]]

settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


def pytest_configure(config: pytest.Config) -> None:
    """Choose where files of tests lie and start the one PostgreSQL of this run; the workers inherit both."""
    if KIND not in {"sqlite", "postgresql"}:
        raise pytest.UsageError(f"LINLI_TEST_DATABASE={KIND} is neither sqlite nor postgresql")
    if os.environ.get("CI") and not Path(CHROMIUM).exists():
        raise pytest.UsageError(f"there is no browser at {CHROMIUM}; without it CI would prove half of what it says")
    if folder := kinds.fast_folder():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", folder)
    config.stash[BEGAN] = time.time()
    if KIND == "postgresql" and not hasattr(config, "workerinput") and kinds.SERVER_URL not in os.environ:
        config.stash[SERVER] = kinds.start_postgresql()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the PostgreSQL of this run and delete its files."""
    if server := config.stash.get(SERVER, None):
        os.environ.pop(kinds.SERVER_URL)
        server.cleanup()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave to SQLite what does not depend on the kind of database."""
    if KIND == "sqlite":
        return
    kept = [item for item in items if _asks_the_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def _asks_the_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("both_databases"):
        return True
    if item.get_closest_marker("sqlite_only") or item.path.parent.name not in ROOMS_OF_BOTH:
        return False
    return "app" in getattr(item, "fixturenames", ())


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a run in CI that took too long: slow tests are not run, and then they do not help."""
    took = time.time() - session.config.stash[BEGAN]
    if os.environ.get("CI") and took > MINUTES_IN_CI * 60 and not hasattr(session.config, "workerinput"):
        print(f"\nThe tests took {took / 60:.1f} minutes; {MINUTES_IN_CI} are allowed. See the slowest above.")  # noqa: T201
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@event.listens_for(ServiceLog, "before_insert")
def draw_none_for_a_call(mapper: Any, connection: Any, log: ServiceLog) -> None:
    """Give each record a number that is not drawn: lots decide nothing in a test that does not ask for them."""
    while log.public_id is None or log.drawn:
        log.public_id = base.opaque()


@pytest.fixture(scope="session")
def build_app(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Flask]:
    """Return how the town hall is opened on a database."""
    from web import create_app

    instance = tmp_path_factory.mktemp("instance")

    def build(url: str) -> Flask:
        app = create_app(
            {
                "TESTING": True,
                "SQLALCHEMY_DATABASE_URI": url,
                "SECRET_KEY": "only-for-tests",
                "WTF_CSRF_ENABLED": False,
                "GLANCE_MINUTES": 0,
                "FILES": str(instance / "files"),
                "ERASED": str(instance / "erased"),
            }
        )
        app.test_client_class = Visitor
        # What breaks is shown to the test as it is, not as the page that says sorry.
        app.extensions["sorry"] = app.error_handler_spec[None][None].pop(Exception, None)
        return app

    return build


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory, build_app: Callable[[str], Flask]) -> kinds.Databases:
    """Return where clones of the migrated template come from."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own
    if KIND == "postgresql":
        return kinds.PostgresDatabases(shared, build_app)
    return kinds.SqliteDatabases(shared, own, build_app)


@pytest.fixture(scope="session")
def shared_app(databases: kinds.Databases, build_app: Callable[[str], Flask]) -> Iterator[Flask]:
    """Open one empty town hall per worker; ordinary tests share it and leave nothing behind."""
    yield from _open_for_all(databases, build_app, databases.clone())


@pytest.fixture(scope="session")
def peopled_app(
    databases: kinds.Databases, build_app: Callable[[str], Flask], peopled: tuple[str, Numbers]
) -> Iterator[Flask]:
    """Open one town hall per worker in which the cast already stands."""
    yield from _open_for_all(databases, build_app, databases.clone(of=peopled[0]))


def _open_for_all(databases: kinds.Databases, build_app: Callable[[str], Flask], url: str) -> Iterator[Flask]:
    database.session.session_factory.configure(join_transaction_mode="create_savepoint")
    app = build_app(url)
    yield app
    close(app)
    databases.drop(url)


@pytest.fixture(scope="session")
def peopled(databases: kinds.Databases, build_app: Callable[[str], Flask]) -> Iterator[tuple[str, Numbers]]:
    """Call the cast together once per worker, in a database that is then only cloned; return it and who is who."""
    url = databases.clone()
    app = build_app(url)
    with app.app_context():
        together = vars(assemble())
        database.session.commit()
        numbers = {part: (type(one), one.id) for part, one in together.items()}
    close(app)
    yield url, numbers
    databases.drop(url)


def close(app: Flask) -> None:
    """Give the connections of a town hall back."""
    with app.app_context():
        for engine in database.engines.values():
            engine.dispose()


@pytest.fixture
def app(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """Return the town hall, with the cast in it for a test that asks for the cast.

    A test marked `commits` gets a database of its own, the others a savepoint.
    """
    if request.node.get_closest_marker("commits"):
        yield from _own_app(request)
    else:
        yield from _isolated_app(request)


def _own_app(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """Lend the worker's town hall with a database of its own: to build a hall for each test takes half a second."""
    clones = request.getfixturevalue("databases")
    url = clones.clone(of=request.getfixturevalue("peopled")[0] if _asks_for_the_cast(request) else None)
    app = request.getfixturevalue("shared_app")
    with app.app_context():
        engines = database.engines
    usual, engines[None] = engines[None], create_engine(url, **app.config["SQLALCHEMY_ENGINE_OPTIONS"])
    try:
        yield app
    finally:
        close(app)
        engines[None] = usual
        clones.drop(url)


def _asks_for_the_cast(request: pytest.FixtureRequest) -> bool:
    return not {"cast", "hall"}.isdisjoint(request.fixturenames)


def _isolated_app(request: pytest.FixtureRequest) -> Iterator[Flask]:
    app = request.getfixturevalue("peopled_app" if _asks_for_the_cast(request) else "shared_app")
    with app.app_context():
        engines = database.engines
    engine = engines[None]
    with engine.connect() as connection:
        outer = connection.begin()
        # Every session of the test joins this one transaction, which nobody commits.
        engines[None] = connection
        try:
            yield app
        finally:
            engines[None] = engine
            outer.rollback()


@pytest.fixture
def db(app: Flask) -> Iterator[Any]:
    """Return the database inside an app context, for tests of rules."""
    with app.app_context():
        yield database


@pytest.fixture
def cast(db: Any, peopled: tuple[str, Numbers]) -> Cast:
    """Return the cast as rows of this test."""
    for kind in {kind for kind, _ in peopled[1].values()}:
        # One query a kind; what is read stays in the session for the lines below.
        db.session.info[kind] = db.session.scalars(select(kind)).all()
    return Cast(**{part: db.session.get_one(kind, number) for part, (kind, number) in peopled[1].items()})


@pytest.fixture
def client_for(app: Flask) -> Callable[..., Visitor]:
    """Return how a visitor comes in: `client_for(account)`, or `client_for()` for the public."""

    def come_in(account: Any = None) -> Visitor:
        visitor = app.test_client()
        if account is not None:
            sign_in(visitor, account)
        return visitor  # type: ignore[return-value]

    return come_in


@pytest.fixture
def client(client_for: Callable[..., Visitor]) -> Visitor:
    """Return a visitor whom nobody knows."""
    return client_for()


@pytest.fixture
def csrf(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Switch the check of form tokens on, as outside the tests."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)


@pytest.fixture
def sorry_page(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer what breaks with a page, as outside the tests."""
    monkeypatch.setitem(app.error_handler_spec[None][None], Exception, app.extensions["sorry"])


@pytest.fixture
def clock() -> Iterator[base.Clock]:
    """Return the only clock; whatever a test sets it to, it is put right afterwards."""
    before = base.clock.read
    yield base.clock
    base.clock.read = before


@pytest.fixture
def past_noon(clock: base.Clock) -> None:
    """Let it be noon at the earliest: what ended some hours ago was on this day, in this month and in this year."""
    before, here = clock.read, base.now().astimezone(base.SHANGHAI)
    ahead = max(here.replace(hour=12, minute=0) - here, timedelta())
    clock.read = lambda: before() + ahead


@pytest.fixture
def standing_clock(clock: base.Clock) -> None:
    """Stop the clock at the present moment, for a test that says that two looks show the same at any moment."""
    moment = base.now()
    clock.read = lambda: moment


@pytest.fixture
def ticking_clock(clock: base.Clock) -> None:
    """Begin on a morning when every desk works, and let each look at the clock be a second after the one before."""
    seconds = itertools.count()
    clock.read = lambda: MORNING + timedelta(seconds=next(seconds))


@pytest.fixture
def count_queries() -> Any:
    """Return the counter of statements: `with count_queries() as queries: …`."""
    return watching.count_queries


@pytest.fixture(autouse=True)
def nothing_is_asked_while_drawing() -> Iterator[None]:
    """Fail a test in which a template asked the database, or a reading request wrote to it."""
    watching.watch.forget()
    yield
    watching.watch.verdict()


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder of the project."""
    return Path(__file__).parents[1]
