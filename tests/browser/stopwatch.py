"""How long somebody's way through the house takes, and how much of it is tapped and typed."""

from __future__ import annotations

import os
import time
from pathlib import Path

from playwright.sync_api import Locator, Page

# What has the focus is named; it must wear a ring, itself or the words it stands for, and no bar may lie over it.
FOCUSED = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  const ringed = [one, one.nextElementSibling, one.closest("[data-photos]")?.querySelector("label")].some((part) => {
    const style = part && getComputedStyle(part);
    return style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
  const above = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)?.closest(".bar, .tabs");
  return { name: one.labels?.[0]?.innerText || one.innerText || one.name || one.tagName, ringed, hidden: Boolean(above) && !above.contains(one) };
}"""


class Stopwatch:
    """One person's way: the seconds from the first page on, and what was tapped and typed."""

    def __init__(self) -> None:
        self.began, self.inputs = time.monotonic(), 0

    def tap(self, what: Locator) -> None:
        self.inputs += 1
        what.click()

    def type(self, what: Locator, text: str) -> None:
        self.inputs += 1
        what.fill(text)

    def stop(self, name: str, seconds: float, inputs: int | None = None) -> None:
        """Fail where it took longer, or more taps and fields, than it may; LINLI_TIMES writes down what it took."""
        took = time.monotonic() - self.began
        if file := os.environ.get("LINLI_TIMES"):
            with Path(file).open("a", encoding="utf-8") as out:
                out.write(f"{name}\t{took:.1f} s of {seconds}\t{self.inputs} inputs of {inputs}\n")
        assert took < seconds, f"{name}: {took:.1f} s"
        assert inputs is None or self.inputs <= inputs, f"{name}: {self.inputs} inputs"


class Thumb(Stopwatch):
    """The same on a phone: a finger taps, no mouse."""

    def tap(self, what: Locator) -> None:
        self.inputs += 1
        what.tap()


class Keys(Stopwatch):
    """The same without a mouse: Tab to it, then Enter, Space or letters; where one is must be seen all the way."""

    # So many stops at most, from where the last thing was: past the side bar one jumps by the link that leads to the text.
    FARTHEST = 60

    def tap(self, what: Locator) -> None:
        self.inputs += 1
        self._go(what)
        ticked = what.evaluate("one => ['checkbox', 'radio'].includes(one.type)")
        # It has the focus; pressed so, a page that it leads to is waited for.
        what.press("Space" if ticked else "Enter")

    def type(self, what: Locator, text: str) -> None:
        self.inputs += 1
        self._go(what)
        if what.get_attribute("type") == "date":
            # Digits alone, each part leads to the next; which stands first is the machine's habit, here the month.
            year, month, day = text.split("-")
            what.page.keyboard.type(month + day + year)
        else:
            what.page.keyboard.press("Control+A")
            what.page.keyboard.type(text)
        assert what.input_value() == text, f"{what.input_value()} instead of {text}"

    def _go(self, what: Locator) -> None:
        keys = what.page.keyboard
        what.wait_for()
        if what.page.evaluate("document.activeElement === document.body"):
            keys.press("Tab")
            if what.page.evaluate("document.activeElement.getAttribute('href')") == "#main":
                keys.press("Enter")
        for _ in range(self.FARTHEST):
            if what.evaluate("one => one === document.activeElement"):
                return
            keys.press("Tab")
            at = what.page.evaluate(FOCUSED)
            assert at["ringed"], f"nobody sees that {at['name']!r} has the focus"
            assert not at["hidden"], f"{at['name']!r} has the focus under a bar"
        raise AssertionError(f"no way by Tab to {what}")


def named(page: Page, name: str) -> Locator:
    return page.locator(f"main [name='{name}']:visible").first


def button(page: Page, text: str) -> Locator:
    return page.get_by_role("button", name=text, exact=True).first


def send(page: Page) -> Locator:
    return page.locator("main form.form button[type=submit]").last
