"""Posters for the group chat and the stairwell: a few words, a square to scan, a number to call, drawn as a picture."""

from __future__ import annotations

import functools
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import pylopdf_fonts_zh_cn
import segno
from PIL import Image, ImageDraw, ImageFont

from models.ciphers.masks import COMPOUND_NAMES

WIDTH, HEIGHT, EDGE = 1080, 1440, 84
PAPER, CARD, INK, SOFT, LINE, ACCENT = "#faf6ee", "#fffdf8", "#2a2520", "#6b6258", "#e6dccb", "#b8390e"
# A line never begins with these: the mark belongs to the word before it.
CLINGING = "，。、；：？！）》”’】…·,.;:?!)"
MOST_LINES = 9
# Letters of what a poster says: few words are read from further away.
SIZES = (60, 50, 42)


@dataclass(frozen=True)
class Poster:
    """What a poster says."""

    place: str
    title: str
    lines: Sequence[str]
    address: str
    caption: str
    call: str = ""


@functools.cache
def _font(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    path = pylopdf_fonts_zh_cn.serif_path() if bold else pylopdf_fonts_zh_cn.sans_path()
    return ImageFont.truetype(str(path), size)


class Ruler(Protocol):
    """Whatever knows how long a text is."""

    def getlength(self, text: str) -> float:
        """Return the length of a text."""


def wrapped(text: str, font: Ruler, width: float) -> list[str]:
    """Break a text into lines of a width; a mark clings to the word before it, a Latin word stays whole. Pure."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for piece in _pieces(paragraph):
            if line and font.getlength(line + piece) > width and piece not in CLINGING:
                lines.append(line.rstrip())
                line = piece.lstrip()
            else:
                line += piece
            while font.getlength(line) > width * 1.08 and len(line) > 1:
                cut = max(1, int(len(line) * width / font.getlength(line)))
                lines.append(line[:cut])
                line = line[cut:]
        lines.append(line)
    return lines


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for one in text:
        if pieces and one == "*":
            # A masked name stays in one piece, a double family name with it.
            double = len(pieces) > 1 and pieces[-2] + pieces[-1] in COMPOUND_NAMES
            pieces[-2:] = ["".join(pieces[-2:]) + one] if double else [*pieces[-2:-1], pieces[-1] + one]
        elif pieces and one.isascii() and one.isalnum() and pieces[-1][-1:].isascii() and pieces[-1][-1:].isalnum():
            pieces[-1] += one
        else:
            pieces.append(one)
    return pieces


def drawn(poster: Poster) -> bytes:
    """Return the poster as a PNG."""
    sheet = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(sheet)
    pen.rounded_rectangle((40, 40, WIDTH - 40, HEIGHT - 40), 36, fill=CARD, outline=LINE, width=3)
    # The pin that holds every notice on our board.
    pen.ellipse((WIDTH // 2 - 20, 22, WIDTH // 2 + 20, 62), fill=ACCENT)
    y = _written(pen, [poster.place], 92, _font(40), SOFT, 56)
    y = _written(pen, wrapped(poster.title, _font(76, True), WIDTH - 2 * EDGE)[:3], y + 14, _font(76, True), INK, 102)
    pen.line((EDGE, y + 22, EDGE + 120, y + 22), fill=ACCENT, width=8)
    square = _square(poster.address)
    foot = HEIGHT - square.height - 150
    size, lines = _fitting(poster.lines, foot - y - 70)
    _written(pen, lines, y + 56, _font(size), INK, size * 3 // 2)
    pen.line((EDGE, foot - 36, WIDTH - EDGE, foot - 36), fill=LINE, width=3)
    sheet.paste(square, (EDGE, foot))
    beside = EDGE + square.width + 48
    y = _written(pen, wrapped(poster.caption, _font(42), WIDTH - beside - EDGE), foot + 40, _font(42), INK, 60, beside)
    if poster.call:
        _written(pen, [poster.call], y + 24, _font(50, True), ACCENT, 60, beside)
    out = io.BytesIO()
    sheet.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def _fitting(texts: Sequence[str], height: int) -> tuple[int, list[str]]:
    """Return the largest letters in which everything fits, and the lines; what never fits ends with an ellipsis."""
    for size in SIZES:
        lines = [line for text in texts for line in wrapped(text, _font(size), WIDTH - 2 * EDGE)]
        room = max(1, min(MOST_LINES, height // (size * 3 // 2)))
        if len(lines) <= room:
            return size, lines
    return size, [*lines[: room - 1], lines[room - 1][:-1] + "…"]


def _square(address: str) -> Image.Image:
    made = io.BytesIO()
    code = segno.make(address, error="m")
    code.save(made, kind="png", scale=max(6, 330 // (code.symbol_size()[0])), border=1, dark=INK, light=CARD)
    return Image.open(made).convert("RGB")


def _written(
    pen: ImageDraw.ImageDraw,
    lines: Sequence[str],
    y: int,
    font: ImageFont.FreeTypeFont,
    color: str,
    step: int,
    x: int = EDGE,
) -> int:
    for line in lines:
        pen.text((x, y), line, font=font, fill=color)
        y += step
    return y
