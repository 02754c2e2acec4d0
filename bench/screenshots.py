"""Pictures of every page as everybody sees it: on a phone and at a desk, in elder mode, at night and in print."""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

USAGE = (
    "python -m bench screenshots [--role CLERK …] [--mode elder …] [/path …]   draws pages of the demo (not in `all`)"
)
IN_ALL = False
ROOT = Path(__file__).resolve().parent.parent
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}


@dataclass(frozen=True)
class Mode:
    """A way of looking: the size, and what differs from the usual."""

    size: dict[str, int]
    elder: bool = False
    dark: bool = False
    printed: bool = False
    locale: str = "zh_Hans"


MODES = {
    "phone": Mode(PHONE),
    "desk": Mode(DESK),
    "elder": Mode(PHONE, elder=True),
    "dark": Mode(PHONE, dark=True),
    "english": Mode(PHONE, locale="en"),
    "print": Mode(DESK, printed=True),
}


@contextmanager
def demo_hall() -> Iterator[tuple[Any, str]]:
    """Open a copy of the demo on a free port: settings are changed for the pictures, never in the original."""
    from werkzeug.serving import make_server

    from web import config, create_app

    original = Path(config.instance_path(None))
    if os.environ.get("DATABASE_URL") or not (original / "linli.db").exists():
        raise SystemExit("The pictures are drawn from a demo in SQLite: run `make run` once, without DATABASE_URL.")
    with tempfile.TemporaryDirectory() as copy:
        shutil.copytree(original, copy, dirs_exist_ok=True, ignore=shutil.ignore_patterns("screenshots", "jobs.db*"))
        app = create_app({"INSTANCE_PATH": copy, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{copy}/linli.db"})
        server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield app, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()


def somebody(app: Any, role: str, mode: Mode) -> dict[str, str]:
    """Sign in the first account of a role, or nobody for PUBLIC, and return the cookie of that visit."""
    from sqlalchemy import select

    from models.accounts import Account, Grant
    from models.base import db
    from web.doors import sign_in_client

    client = app.test_client()
    with app.app_context():
        account = db.session.scalars(
            select(Account).join(Grant, Grant.account_id == Account.id).where(Grant.role == role)
        )
        one = account.first() if role != "PUBLIC" else None
        if one is not None:
            one.elder, one.locale = mode.elder, mode.locale
            db.session.commit()
            sign_in_client(client, one)
    with client.session_transaction() as cookie:
        cookie.update(elder=mode.elder, locale=mode.locale)
    name = app.config["SESSION_COOKIE_NAME"]
    return {"name": name, "value": client.get_cookie(name).value}


def pages(app: Any) -> list[str]:
    """Return the addresses of all pages that need no id; those with one are given by hand."""
    rules = (rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments)
    return sorted(rule.rule for rule in rules if "." not in rule.rule and "token" not in rule.rule)


def draw(browser: Any, url: str, cookie: dict[str, str], mode: Mode, path: str, target: Path) -> bool:
    """Draw one page and tell whether it was there for this reader."""
    context = browser.new_context(
        viewport=mode.size,
        color_scheme="dark" if mode.dark else "light",
        locale="en" if mode.locale == "en" else "zh-CN",
        reduced_motion="reduce",
    )
    context.add_cookies([{**cookie, "url": url}])
    page = context.new_page()
    if mode.printed:
        page.emulate_media(media="print")
    answer = page.goto(url + path, wait_until="networkidle")
    html = answer is not None and answer.ok and "text/html" in answer.headers.get("content-type", "")
    if html:
        page.screenshot(path=str(target), full_page=True)
    context.close()
    return bool(html)


def main(arguments: list[str]) -> int:
    """Draw the pages into instance/screenshots and return 0 where any page could be drawn."""
    from playwright.sync_api import sync_playwright

    from models.permissions import Role

    reader = argparse.ArgumentParser(prog="python -m bench screenshots")
    reader.add_argument("--role", nargs="*", default=["PUBLIC", *(role.name for role in Role)])
    reader.add_argument("--mode", nargs="*", default=["phone", "desk"], choices=list(MODES))
    reader.add_argument("paths", nargs="*")
    wanted = reader.parse_args(arguments)
    folder = ROOT / "instance" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    drawn = 0
    with demo_hall() as (app, url), sync_playwright() as playwright:
        chromium = os.environ.get("LINLI_CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for role in wanted.role:
            for name in wanted.mode:
                cookie = somebody(app, role, MODES[name])
                for path in wanted.paths or pages(app):
                    file = folder / f"{role.lower()}-{path.strip('/').replace('/', '-') or 'home'}-{name}.png"
                    drawn += draw(browser, url, cookie, MODES[name], path, file)
        browser.close()
    print(f"  {drawn} pictures in {folder.relative_to(ROOT)}")
    return 0 if drawn else 1
