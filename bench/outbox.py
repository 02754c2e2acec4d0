"""What waits on a phone: how fast it goes, how much room it takes, and how soon the carried round opens without a network."""

from __future__ import annotations

import os
import statistics
import time
from typing import Any

from bench.screenshots import MODES, PHONE, demo_hall, somebody

USAGE = (
    "python -m bench outbox [ENTRIES]: replay of entries, storage per entry, opening the round offline (not in `all`)"
)
# It needs the demo and a browser, which not every machine has.
IN_ALL = False
OPENS_WITHIN = 1000.0

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


def main(arguments: list[str]) -> int:
    """Measure on a copy of the demo; return 1 where the round takes longer than a second to open."""
    from playwright.sync_api import sync_playwright

    count = int(arguments[0]) if arguments else 500
    with demo_hall() as (app, url), sync_playwright() as playwright:
        chromium = os.environ.get("LINLI_CHROMIUM", "/usr/bin/chromium")
        browser: Any = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport=PHONE, locale="zh-CN", timezone_id="Asia/Shanghai")
        context.add_cookies([{**somebody(app, "SOCIAL_WORKER", MODES["phone"]), "url": url}])
        page = context.new_page()
        taken = carried(page, url)
        size, rate = replayed(page, count)
        browser.close()
    opens = statistics.median(taken)
    print(f"\n| {count} entries | |\n|---|---|\n| replayed, each with its receipt | {rate:.1f} a second |")
    print(f"| on the phone, sealed | {size:,.0f} bytes an entry |")
    print(f"| a carried visit opens without a network | {opens:.0f} ms (at most {OPENS_WITHIN:.0f}) |")
    return 0 if opens <= OPENS_WITHIN else 1
