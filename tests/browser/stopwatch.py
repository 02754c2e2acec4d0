"""How long somebody's way through the house takes, and how much of it is tapped and typed."""

from __future__ import annotations

import os
import time
from pathlib import Path

from playwright.sync_api import Locator, Page


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


def named(page: Page, name: str) -> Locator:
    return page.locator(f"main [name='{name}']:visible").first


def button(page: Page, text: str) -> Locator:
    return page.get_by_role("button", name=text, exact=True).first


def send(page: Page) -> Locator:
    return page.locator("main form.form button[type=submit]").last
