"""The hall opens on a phone and at a desk: signed in or not, nothing is cut off and everybody can use it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, Hall


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_stranger_reads_the_first_page(
    open_page: Callable[..., Page], accessible: Any, fits: Any, size: dict[str, int]
) -> None:
    page = open_page("/", size=size)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    accessible(page)
    fits(page)


def test_a_clerk_who_is_signed_in_is_greeted_by_name(open_page: Callable[..., Page], hall: Hall) -> None:
    page = open_page("/", hall.cast.clerk, size=DESK)
    expect(page.get_by_role("navigation").get_by_text("李晓梅")).to_be_visible()
