"""A battery dies, the town hall is shut, a session ends, the phone is full: all arrives, and each once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import delete, func, select, text

from models.attachments import Attachment
from models.base import db
from models.doorkeeping import Session
from models.service_log import ServiceLog
from tests.browser.conftest import ARGUMENTS, PHONE, Hall, session_of, until
from tests.browser.house import House
from tests.browser.test_outbox import logs, write
from tests.browser.test_service import project_of
from tests.conftest import CHROMIUM

# In which order, evenly among the entries that arrive, the browser (b) or the house (h) is killed, or the session (s) ends.
ENTRIES, PHOTOS, BLOWS = 500, 50, "bhbhsb"

# As many entries as are asked for, made of the one that was written by hand; every so often one with a photo.
MANY = """async ([count, photos]) => {
  const { box } = linli;
  const [one] = await (await box.base()).getAll("entries");
  const { fields } = await box.unsealText(one.owner, one.sealed);
  const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 48 });
  for (let n = 1; n < count; n += 1) {
    const key = linli.newKey();
    const own = fields.map(([name, value]) => [name, name === "key" ? key : name === "summary" ? `number ${n}` : value]);
    const withPhoto = n <= photos;
    if (withPhoto) {
      canvas.getContext("2d").fillStyle = `hsl(${n * 7}, 80%, ${20 + n % 60}%)`;
      canvas.getContext("2d").fillRect(0, 0, 64 - n % 50, 48);
      const blob = await new Promise((done) => { canvas.toBlob(done, "image/jpeg"); });
      const sealed = await box.seal(one.owner, await blob.arrayBuffer());
      const about = { entry: key, owner: one.owner, type: blob.type, name: "a.jpg", taken_at: one.at };
      await box.putPhoto({ key: linli.newKey(), ...about, sealed });
      own.push(["photos_coming", "1"]);
    }
    await box.put({ ...one, key, order: undefined, photos: withPhoto ? 1 : 0, sealed: await box.sealText(one.owner, { fields: own, lines: [] }) });
  }
  await box.recount();
}"""


class Telephone:
    """A browser with a memory on disk, which survives it."""

    def __init__(self, browser: Browser, folder: Path, house: House, account: Any) -> None:
        self.browser, self.folder, self.house, self.account = browser, folder, house, account
        self.context: BrowserContext | None = None

    def switch_on(self, path: str) -> Page:
        self.context = self.browser.browser_type.launch_persistent_context(
            str(self.folder), executable_path=CHROMIUM, args=ARGUMENTS, viewport=PHONE, locale="zh-CN"
        )
        self.context.set_default_timeout(15000)
        self.sign_in()
        page = self.context.pages[0] if self.context.pages else self.context.new_page()
        page.goto(self.house.url + path)
        return page

    def sign_in(self) -> None:
        assert self.context is not None
        self.context.add_cookies([{**session_of(self.house.hall, self.account), "url": self.house.url}])

    def die(self) -> None:
        """Kill the browser as a dead battery does; only the one with this folder."""
        mark = f"--user-data-dir={self.folder}"
        for process in psutil.process_iter(["cmdline"]):
            if mark in (process.info["cmdline"] or []):
                process.kill()


@pytest.fixture
def telephone(hall: Hall, browser: Browser, tmp_path: Path) -> Iterator[Telephone]:
    house = House(hall)
    one = Telephone(browser, tmp_path / "phone", house, hall.cast.worker)
    yield one
    one.die()
    house.kill()


def arrived(hall: Hall) -> int:
    with hall.books():
        return db.session.scalar(select(func.count()).select_from(ServiceLog).where(ServiceLog.done_at.is_not(None)))


def test_all_arrives_once_though_the_browser_and_the_house_are_killed(telephone: Telephone, hall: Hall) -> None:
    page = telephone.switch_on(f"/projects/{project_of(hall)}/logs/new/visit?again=1")
    page.locator("form[data-outbox-ready]").wait_for()
    page.context.set_offline(True)
    write(page, "number 0")
    expect(page.get_by_text("已存在这部手机里")).to_be_visible()
    page.evaluate(MANY, [ENTRIES, PHOTOS])
    page.context.set_offline(False)
    for number, blow in enumerate(BLOWS, 1):
        share = ENTRIES * number // (len(BLOWS) + 1)
        until(page, lambda share=share: arrived(hall) >= share)  # type: ignore[misc]
        if blow == "b":
            telephone.die()
            page = telephone.switch_on("/my-people")
        elif blow == "h":
            telephone.house.kill()
            page.wait_for_timeout(300)
            telephone.house.open()
            page.evaluate("window.dispatchEvent(new Event('online'))")
        else:
            with hall.books():
                db.session.execute(delete(Session))
            page.wait_for_timeout(500)
            telephone.sign_in()
            page.goto(telephone.house.url + "/my-people")
    expect(page.locator("#outbox-pill")).to_be_hidden(timeout=120_000)
    with hall.books():
        words = select(ServiceLog.public_summary).where(ServiceLog.done_at.is_not(None))
        found = sorted(db.session.scalars(words))
        linked = select(func.count()).select_from(Attachment).where(Attachment.kind == "service_logs")
        assert db.session.scalar(linked) == PHOTOS
        assert db.session.scalar(select(func.count()).select_from(Attachment)) == PHOTOS, "none arrived twice"
        assert db.session.scalar(text("PRAGMA integrity_check")) == "ok"
    assert found == sorted(f"number {n}" for n in range(ENTRIES))


def test_a_phone_without_room_sends_at_once_or_says_so(open_page: Callable[..., Page], hall: Hall) -> None:
    page = open_page(f"/projects/{project_of(hall)}/logs/new/visit?again=1", hall.cast.worker)
    page.locator("form[data-outbox-ready]").wait_for()
    page.evaluate(
        "() => { IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
    )
    page.context.set_offline(True)
    write(page, "手机满了。")
    expect(page.get_by_text("手机存满了，这条没有存下。")).to_be_visible()
    assert page.locator("[name=summary]").input_value() == "手机满了。"
    page.context.set_offline(False)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("已经提交")).to_be_visible()
    assert logs(hall, "手机满了。") == 1
