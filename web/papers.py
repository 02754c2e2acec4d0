"""Paper for documents as PDF: A4 with the one embedded Chinese font, words, rows with rules, pages that break well."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pylopdf_fonts_zh_cn
from fpdf import FPDF

from models.base import now
from web.posters import wrapped

EDGE, WIDTH = 18, 174
# A row taller than this may be cut by the end of a page, in millimeters.
TALLEST = 130.0
INK, SOFT, RULE, WARN, PALE = (42, 37, 32), (107, 98, 88), (214, 203, 185), (150, 85, 0), (250, 240, 222)


class A4(FPDF):
    """A sheet of A4 that knows the house's font and colors."""

    def __init__(self, title: str) -> None:
        super().__init__(format="A4")
        self.add_font("sans", "", str(pylopdf_fonts_zh_cn.sans_path()))
        # The bounds of the whole font are the same as before; measuring each letter again takes half of all the time.
        self.font().ttfont.recalcBBoxes = False
        self.set_margins(EDGE, EDGE)
        self.set_auto_page_break(True, 20)
        self.set_title(title)
        self.set_creator("Linli")
        self.set_creation_date(now())

    def font(self) -> Any:
        """Return the one font of the paper."""
        return self.fonts["sans"]

    def words(self, text: str, size: float, color: tuple[int, int, int] = INK, *, before: float = 0) -> None:
        """Write a paragraph."""
        if before:
            self.ln(before)
        self.set_font("sans", size=size)
        self.set_text_color(*color)
        self.multi_cell(WIDTH, size * 0.53, text, wrapmode=wrapping(text), align="L", new_x="LMARGIN", new_y="NEXT")

    def room_for(self, height: float) -> None:
        """Begin a page where a head would stand alone at the foot of this one."""
        if self.will_page_break(height):
            self.add_page()

    def rows(self, widths: Sequence[float], rows: Iterable[Sequence[str]], size: float, *, head: bool = False) -> None:
        """Write rows of cells with a rule below each; the head comes again on each page, and a row stays on one page.

        The library's own tables measure each letter several times over: a dossier took four times as long.
        """
        ruler, high = _Ruler(self, size), size * 0.53
        heads: Sequence[Sequence[str]] = ()
        for n, cells in enumerate(rows):
            lines = [wrapped(cell, ruler, width - 2) for cell, width in zip(cells, widths, strict=True)]
            if head and n == 0:
                heads = lines
            tall = max(map(len, lines)) * high + 2
            # A head stays with its first row; what is longer than half a page may be cut.
            if self.will_page_break(min(tall + (2 * high + 2 if lines is heads else 0), TALLEST)):
                self.add_page()
                if heads and lines is not heads:
                    self._row(widths, heads, size, SOFT)
            self._row(widths, lines, size, SOFT if lines is heads else INK)

    def _row(
        self, widths: Sequence[float], lines: Sequence[Sequence[str]], size: float, color: tuple[int, int, int]
    ) -> None:
        high = size * 0.53
        for at in range(max(map(len, lines))):
            self.room_for(high + 1)
            self.set_font("sans", size=size)
            self.set_text_color(*color)
            left, base = EDGE + self.c_margin, self.get_y() + high * 0.95
            for cell, width in zip(lines, widths, strict=True):
                if at < len(cell) and cell[at]:
                    self.text(left, base, cell[at])
                left += width
            self.set_y(self.get_y() + high)
        self.set_draw_color(*RULE)
        self.line(EDGE, self.get_y() + 1.1, EDGE + WIDTH, self.get_y() + 1.1)
        self.set_y(self.get_y() + 2)

    def whole(self) -> bytes:
        """Return the finished paper."""
        data = bytes(self.output())
        # The library keeps the font's file open until it is forgotten.
        self.font().ttfont.close()
        return data


class _Ruler:
    """How long a text is in a size, each letter measured once."""

    def __init__(self, paper: FPDF, size: float) -> None:
        paper.set_font("sans", size=size)
        self._known: dict[str, float] = {}
        self._paper = paper

    def getlength(self, text: str) -> float:
        """Return the length in millimeters."""
        known = self._known
        try:
            return sum(map(known.__getitem__, text))
        except KeyError:
            known.update((one, self._paper.get_string_width(one)) for one in set(text) - known.keys())
            return sum(map(known.__getitem__, text))


def wrapping(text: str) -> Any:
    """Return how a text is broken: Chinese anywhere, other words between them."""
    return "CHAR" if any("\u2e80" <= one <= "\uffef" for one in text) else "WORD"
