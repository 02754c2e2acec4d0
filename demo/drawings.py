"""Pictures of the demo: drawings, never photos of people."""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw

SIZE = (360, 270)
SKY = {"paper": "#fbf7ef", "notice": "#fff4d6", "room": "#dfe9e4", "yard": "#cfe3f1"}


def drawing(chance: random.Random, kind: str = "yard") -> bytes:
    """Return a small JPEG: a sheet with lines, a notice, a room or a yard."""
    picture = Image.new("RGB", SIZE, SKY.get(kind, "#cfe3f1"))
    pen = ImageDraw.Draw(picture)
    if kind in ("paper", "notice"):
        for row in range(9):
            pen.line((40, 50 + row * 22, chance.randrange(180, 320), 50 + row * 22), fill="#3b352c", width=3)
        pen.ellipse((250, 190, 310, 250), outline="#a8201a", width=5)
    else:
        # Walls and clouds by a chance of their own, so that no two drawings look like one photo that was used twice.
        own = random.Random()
        own.setstate(chance.getstate())
        for _ in range(14):
            x, y, shade = own.randrange(-60, 340), own.randrange(-40, 220), own.randrange(120, 250)
            pen.rectangle((x, y, x + own.randrange(40, 150), y + own.randrange(30, 90)), fill=(shade, shade, 235))
        for _ in range(4):
            x = chance.randrange(10, 280)
            height = chance.randrange(70, 160)
            pen.rectangle(
                (x, 230 - height, x + chance.randrange(40, 80), 230),
                fill=chance.choice(["#b0876a", "#9aa7b1", "#c9b79c"]),
            )
        pen.rectangle((0, 228, *SIZE), fill="#8fae7b")
        for _ in range(3):
            x = chance.randrange(20, 330)
            pen.ellipse((x, 150, x + 46, 200), fill="#5f8f55")
            pen.rectangle((x + 20, 195, x + 26, 232), fill="#6b5440")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=70)
    return out.getvalue()


def children(chance: random.Random) -> bytes:
    """Return a small JPEG of three children in a row, drawn: what faces are covered in."""
    with Image.open(io.BytesIO(drawing(chance, "room"))) as room:
        picture = room.convert("RGB")
    pen = ImageDraw.Draw(picture)
    for number, shirt in enumerate(("#c8553d", "#3d6fa8", "#d9a441")):
        x = 90 + number * 90
        pen.rounded_rectangle((x - 26, 148, x + 26, 234), 14, fill=shirt)
        pen.ellipse((x - 24, 96, x + 24, 148), fill="#e8c3a0", outline="#3b352c", width=2)
        pen.pieslice((x - 25, 92, x + 25, 144), 180, 360, fill="#3b352c")
        pen.ellipse((x - 12, 120, x - 6, 126), fill="#3b352c")
        pen.ellipse((x + 6, 120, x + 12, 126), fill="#3b352c")
        pen.arc((x - 10, 124, x + 10, 140), 20, 160, fill="#a8201a", width=2)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
