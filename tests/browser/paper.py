"""What comes out of the printer: the page as Chromium prints it, sheet by sheet."""

from __future__ import annotations

import os
from pathlib import Path

import pypdfium2
from playwright.sync_api import Page

# A4 in points, as the printer counts; a browser rounds to whole ones.
A4 = (595, 842)


def printed(page: Page, name: str = "") -> list[str]:
    """Print the page and return what stands on each sheet, without blanks; LINLI_LOOK keeps pictures of the sheets."""
    # Before its styles have come a page prints on the paper of the browser.
    page.wait_for_load_state()
    data = page.pdf(prefer_css_page_size=True, print_background=True)
    paper = pypdfium2.PdfDocument(data)
    try:
        for sheet in paper:
            assert all(abs(is_ - should) < 2 for is_, should in zip(sheet.get_size(), A4, strict=True)), (
                sheet.get_size()
            )
        if folder := os.environ.get("LINLI_LOOK"):
            for number, sheet in enumerate(paper, 1):
                sheet.render(scale=1.2).to_pil().save(Path(folder) / f"{name}-{number}.png")
        return ["".join(sheet.get_textpage().get_text_bounded().split()) for sheet in paper]
    finally:
        paper.close()
