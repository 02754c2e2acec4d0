"""What waits on a phone: how fast it goes, how much room it takes, and how soon the carried round opens without a network."""

from __future__ import annotations

import logging
import os
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import _house
from bench.screenshots import PHONE

USAGE = "python -m bench outbox [ENTRIES]: replay of entries, storage per entry, opening the round without a network"
CHROMIUM = os.environ.get("LINLI_CHROMIUM", "/usr/bin/chromium")
OPENS_WITHIN = 1000.0
# So many services has the worker written before, so that the lists of the form are as long as in life.
SERVICES = 400

MANY = """async (count) => {
  const { box } = linli;
  const [one] = await (await box.base()).getAll("entries");
  const { fields } = await box.unsealText(one.owner, one.sealed);
  for (let n = 1; n < count; n += 1) {
    const key = linli.newKey();
    const own = fields.map(([name, value]) => [name, name === "key" ? key : value]);
    await box.put({ ...one, key, order: undefined, sealed: await box.sealText(one.owner, { fields: own, lines: [] }) });
  }
  await box.recount();
}"""
SIZE = """async () => {
  const { box } = linli;
  const rows = await (await box.base()).getAll("entries");
  const sizes = rows.map((one) => one.sealed.data?.byteLength + JSON.stringify({ ...one, sealed: null }).length);
  return sizes.reduce((a, b) => a + b, 0) / sizes.length;
}"""


def carried(page: Any, url: str) -> list[float]:
    """Carry one visit along and return how many milliseconds it takes to open without a network."""
    page.goto(url + "/my-people")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    button = page.locator("[data-carry]").first
    address = button.get_attribute("data-carry")
    button.click()
    page.locator("[data-carry][aria-pressed=true]").first.wait_for()
    page.reload()
    page.context.set_offline(True)
    taken = []
    for _ in range(7):
        began = time.perf_counter()
        page.goto(url + address)
        page.locator("main form[data-outbox]").wait_for()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def replayed(page: Any, count: int) -> tuple[float, float]:
    """Write one visit without a network, make it many, and return bytes an entry and entries a second."""
    page.locator("main [name=summary]").fill("陪老人聊天，提醒按时复诊。")
    page.locator("main input[type=radio]").first.check()
    page.locator("main form[data-outbox] button[value=draft]").click()
    page.locator("[data-outbox-again]").wait_for()
    page.evaluate(MANY, count)
    size = float(page.evaluate(SIZE))
    began = time.perf_counter()
    page.context.set_offline(False)
    page.locator("[data-outbox-pill]").wait_for(state="hidden", timeout=count * 2000)
    return size, count / (time.perf_counter() - began)


@contextmanager
def office() -> Iterator[tuple[str, dict[str, str]]]:
    """Open a community with a worker's project, and give its address and the cookie of the worker who is signed in."""
    from sqlalchemy import select
    from werkzeug.serving import make_server

    from models.accounts import Account, Grant, Role
    from models.base import db
    from web.doors import sign_in_client

    with _house.sqlite() as database, _house.house(database) as app:
        _house.serve(_house.communities(1), SERVICES)
        holds = select(Account).join(Grant, Grant.account_id == Account.id).where(Grant.role == Role.SOCIAL_WORKER)
        worker, client = db.session.scalars(holds).one(), app.test_client()
        db.session.commit()
        sign_in_client(client, worker)
        db.session.remove()
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        name, url = app.config["SESSION_COOKIE_NAME"], f"http://127.0.0.1:{server.server_port}"
        cookie: Any = client.get_cookie(name)
        try:
            yield url, {"name": name, "value": cookie.value, "url": url}
        finally:
            server.shutdown()
            server.server_close()


def main(arguments: list[str]) -> int:
    """Measure; return 1 where the round takes longer than a second to open."""
    from playwright.sync_api import sync_playwright

    if not Path(CHROMIUM).exists():
        print(f"There is no browser at {CHROMIUM}: not measured.")
        return 0
    count = int(arguments[0]) if arguments else 500
    with office() as (url, cookie), sync_playwright() as playwright:
        browser: Any = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport=PHONE, locale="zh-CN", timezone_id="Asia/Shanghai")
        context.add_cookies([cookie])
        page = context.new_page()
        taken = carried(page, url)
        size, rate = replayed(page, count)
        browser.close()
    opens = statistics.median(taken)
    print(f"| {count} entries | |\n|---|---|\n| replayed, each with its receipt | {rate:.1f} a second |")
    print(f"| on the phone, sealed | {size:,.0f} bytes an entry |")
    print(f"| a carried visit opens without a network | {opens:.0f} ms (at most {OPENS_WITHIN:.0f}) |")
    return 0 if opens <= OPENS_WITHIN else 1
