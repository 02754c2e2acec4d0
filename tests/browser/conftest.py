"""A real town hall on a real port, and a browser that walks through it on a phone and at a desk."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright
from werkzeug.serving import make_server

from models.base import db as database
from tests.browser.furnished import furnish
from tests.cast import Cast
from tests.conftest import CHROMIUM, Numbers, close
from tests.visiting import sign_in

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # What Playwright itself leaves out, and the suggestions of the address bar, which every new window would draw unseen.
    (
        "--disable-features=AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,"
        "HttpsFirstBalancedModeAutoEnable,LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,"
        "AvoidCorsURLLoaderRestartOnRedirect,OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch,"
        "WebUIOmniboxAimPopup,WebUIOmniboxPopup,WebUIOmniboxFullPopup,WebUIOmniboxPopupDebug"
    ),
]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
# What the furnished house holds: the number of each thing by the name of its kind.
Ids = dict[str, str]
# What the tests promise in seconds they measure themselves; this is only how long a slow machine may take to show a thing.
PATIENCE = 20_000
expect.set_options(timeout=15_000)
# What the browser and htmx write into the console where an answer is a refusal (422, 404) or does not come at all:
# a test that takes the network away, or leaves a page, sees that; it is no broken page.
NETWORK = ("Failed to load resource", "htmx:sendError,", "htmx:afterRequest,")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give every test of a real hall a database of its own: the server's threads see only what was committed."""
    for item in items:
        if Path(__file__).parent in item.path.parents and "hall" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.commits)


@dataclass
class Hall:
    """The open town hall: its address, the cast that works in it, and a way to look into its books."""

    url: str
    app: Flask
    cast: Cast

    @contextlib.contextmanager
    def books(self) -> Iterator[Any]:
        """Open the database for a moment: what was prepared is committed, and the lock is given back."""
        with self.app.app_context():
            try:
                yield database
                database.session.commit()
            finally:
                # An open transaction would keep the server from writing.
                database.session.remove()


@contextlib.contextmanager
def opened(app: Flask, numbers: Numbers) -> Iterator[Hall]:
    """Open a town hall with the whole cast, on a port that is free."""
    with app.app_context():
        cast = Cast(**{part: database.session.get_one(kind, number) for part, (kind, number) in numbers.items()})
        database.session.expunge_all()
        database.session.remove()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Hall(f"http://127.0.0.1:{server.server_port}", app, cast)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def hall(app: Flask, peopled: tuple[str, Numbers]) -> Iterator[Hall]:
    """Open the town hall for one test."""
    with opened(app, peopled[1]) as one:
        yield one


@pytest.fixture(scope="session")
def furnished(databases: Any, build_app: Any, peopled: tuple[str, Numbers]) -> Iterator[tuple[str, Ids]]:
    """Let everything happen once, in a database that is then only cloned; return it and the number of each thing."""
    url = databases.clone(of=peopled[0])
    app = build_app(url)
    with opened(app, peopled[1]) as hall, app.app_context():
        ids = furnish(hall.cast, lambda account: visitor(app, account), database)
        database.session.commit()
        database.session.remove()
    close(app)
    yield url, ids
    databases.drop(url)


@pytest.fixture(scope="module")
def house(
    databases: Any, build_app: Any, furnished: tuple[str, Ids], peopled: tuple[str, Numbers]
) -> Iterator[tuple[Hall, Ids]]:
    """Open one furnished town hall for the tests of a file: what they add, no other file's tests find."""
    url = databases.clone(of=furnished[0])
    app = build_app(url)
    with opened(app, peopled[1]) as hall:
        yield hall, furnished[1]
    close(app)
    databases.drop(url)


def visitor(app: Flask, account: Any) -> Any:
    """Return an account's client of a town hall."""
    client = app.test_client()
    sign_in(client, account)
    return client


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the one browser of this run; without chromium the test is skipped and says so."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"there is no browser at {CHROMIUM}")
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield one
        one.close()


@dataclass
class Window:
    """A page with everything that went wrong in it: errors of scripts and what the policy refused."""

    page: Page
    troubles: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Collect the troubles of the page."""
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("console", self._heard)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(NETWORK):
            self.troubles.append(message.text)


@pytest.fixture
def open_page(hall: Hall, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return how a page is opened: `open_page("/desk", hall.cast.clerk, size=DESK)`; script errors fail the test."""
    with windows(hall, browser) as begin:
        yield begin


@pytest.fixture
def look_in(house: tuple[Hall, Ids], browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return how a page of the furnished town hall is opened."""
    with windows(house[0], browser) as begin:
        yield begin


@contextlib.contextmanager
def windows(hall: Hall, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open pages of a town hall, close them in the end, and fail where a script broke."""
    listening: list[Window] = []
    contexts: list[BrowserContext] = []

    def begin(
        path: str, account: Any = None, *, size: dict[str, int] = PHONE, script: bool = True, **more: Any
    ) -> Page:
        context = browser.new_context(
            viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai", java_script_enabled=script, **more
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        if account is not None:
            context.add_cookies([{**session_of(hall, account), "url": hall.url}])
        window = Window(context.new_page())
        window.listen()
        listening.append(window)
        window.page.goto(hall.url + path)
        return window.page

    yield begin
    for context in contexts:
        context.close()
    troubles = [trouble for window in listening for trouble in window.troubles]
    assert not troubles, "\n".join(troubles)


def session_of(hall: Hall, account: Any) -> dict[str, str]:
    """Return the cookie of a signed-in account, as the town hall itself would set it."""
    client = hall.app.test_client()
    sign_in(client, account)
    # With its token in it from the beginning, no late answer of the house hands an older cookie back over a newer one.
    client.get("/session/token")
    name = hall.app.config["SESSION_COOKIE_NAME"]
    cookie = client.get_cookie(name)
    assert cookie is not None
    return {"name": name, "value": cookie.value}


def until(page: Page, holds: Callable[[], bool], patience: float = 120_000) -> None:
    """Look again and again, as somebody does who waits."""
    for _ in range(int(patience / 200)):
        if holds():
            return
        page.wait_for_timeout(200)
    raise AssertionError("it did not come about")


@pytest.fixture
def axe_finds() -> Callable[[Page], list[str]]:
    """Return what axe finds on a page, a line a fault."""

    def look(page: Page) -> list[str]:
        return [
            f"{one['id']}: {one['help']}: {[' '.join(node['target']) for node in one['nodes']][:3]}"
            for one in Axe().run(page).response["violations"]
        ]

    return look


@pytest.fixture
def accessible(axe_finds: Callable[[Page], list[str]]) -> Callable[[Page], None]:
    """Return the check that a page can be used by everybody: `accessible(page)` names what axe finds."""

    def check(page: Page) -> None:
        faults = axe_finds(page)
        assert not faults, page.url + "\n- " + "\n- ".join(faults)

    return check


@pytest.fixture
def fits() -> Callable[[Page], None]:
    """Return the check that nothing of a page is cut off at the side: `fits(page)`."""

    def check(page: Page) -> None:
        wide = page.evaluate("document.documentElement.scrollWidth")
        room = page.evaluate("document.documentElement.clientWidth")
        assert wide <= room, f"{page.url} is {wide} wide in a window of {room}"

    return check
