"""How surely a photo that is used again is found: precision and recall on invented scenes and their altered copies.

Each scene is drawn from its own seed: a yard or a room with houses, people-sized shapes, light from a side, and grain.
Each copy is one change that people make; each scene is also compared with all the others, some of the same place.
"""

from __future__ import annotations

import io
import random
import time
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from models.pictures import Picture, difference, examine
from models.service_log.photos import SAME_SCENE

USAGE = "python -m bench photos      precision and recall of the fingerprints of photos that are used again (a minute)"
SCENES = 60
SIZE = (960, 720)
LEAST_RECALL, LEAST_PRECISION = 0.95, 0.99


def scene(seed: int, place: int) -> Image.Image:
    """Draw a scene: those of one place have the same walls and light, but other people in front of them."""
    walls, own = random.Random(f"place {place}"), random.Random(f"scene {seed}")
    picture = Image.new("RGB", SIZE, tuple(walls.randrange(90, 230) for _ in range(3)))  # type: ignore[arg-type]
    pen = ImageDraw.Draw(picture)
    for _ in range(9):
        x, y = walls.randrange(-80, 900), walls.randrange(-40, 620)
        pen.rectangle((x, y, x + walls.randrange(60, 380), y + walls.randrange(60, 330)), fill=_color(walls))
    for _ in range(own.randrange(4, 9)):
        x, y, size = own.randrange(0, 880), own.randrange(200, 640), own.randrange(60, 210)
        pen.ellipse((x, y - size // 2, x + size // 2, y), fill=_color(own))
        pen.rectangle((x - size // 6, y, x + size // 1.5, y + size * 2), fill=_color(own))
    grain = Image.effect_noise(SIZE, 18).convert("RGB")
    return Image.blend(picture, grain, 0.12).filter(ImageFilter.GaussianBlur(1))


def _color(chance: random.Random) -> tuple[int, int, int]:
    return chance.randrange(20, 250), chance.randrange(20, 250), chance.randrange(20, 250)


def cut(left: float, top: float, right: float, bottom: float) -> Callable[[Image.Image], Image.Image]:
    """Return how parts of the sides are cut away."""
    return lambda one: one.crop((round(left * one.width), round(top * one.height), round((1 - right) * one.width),
                                 round((1 - bottom) * one.height)))  # fmt: skip


CHANGES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "saved again": lambda one: one.resize((640, 480)),
    "brighter": lambda one: ImageEnhance.Brightness(one).enhance(1.25),
    "darker, more contrast": lambda one: ImageEnhance.Contrast(ImageEnhance.Brightness(one).enhance(0.8)).enhance(1.2),
    "mirrored": ImageOps.mirror,
    "5 % cut all around": cut(0.025, 0.025, 0.025, 0.025),
    "5 % cut at the left": cut(0.05, 0, 0, 0),
    "5 % cut at the foot": cut(0, 0, 0, 0.05),
    "5 % cut at a corner": cut(0, 0.05, 0.05, 0),
    "mirrored and cut": lambda one: ImageOps.mirror(cut(0.05, 0, 0, 0)(one)),
}


def received(picture: Image.Image, quality: int = 88) -> Picture:
    """Return what the house keeps of a picture that was sent."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return examine(out.getvalue())


def bits_apart(one: Picture, other: Picture) -> int:
    """Return in how many bits two photos differ, as the flags compare them: whole, cut, and in a mirror."""
    pairs = [(one.dhash, other.dhash), *((one.dhash, v) for v in other.views), *((v, other.dhash) for v in one.views)]
    return min(difference(a, b) for a, b in pairs)


def main(arguments: list[str]) -> int:
    """Print precision and recall for several thresholds; return 1 where that in use does not keep its promise."""
    began = time.perf_counter()
    scenes = [scene(number, number // 3) for number in range(SCENES)]
    kept = [received(one) for one in scenes]
    print(f"{SCENES} scenes, three of each place; {time.perf_counter() - began:.0f} s to draw and examine.\n")
    copies = {
        name: [bits_apart(kept[n], received(change(one), 60)) for n, one in enumerate(scenes)]
        for name, change in CHANGES.items()
    }
    others = [bits_apart(kept[a], kept[b]) for a in range(SCENES) for b in range(a)]
    print("| a copy that was … | found at ≤ 4 | ≤ 6 | ≤ 8 | ≤ 10 bits |\n|---|---|---|---|---|")
    for name, bits in copies.items():
        print(f"| {name} | " + " | ".join(f"{sum(b <= n for b in bits) / len(bits):.1%}" for n in (4, 6, 8, 10)) + " |")
    print(
        f"| another scene ({len(others):,} pairs) | "
        + " | ".join(str(sum(b <= n for b in others)) for n in (4, 6, 8, 10))
        + " |\n"
    )
    every = [b for bits in copies.values() for b in bits]
    found, wrong = sum(b <= SAME_SCENE for b in every), sum(b <= SAME_SCENE for b in others)
    recall, precision = found / len(every), found / max(1, found + wrong)
    print(
        f"In use, {SAME_SCENE} bits: recall {recall:.1%} (≥ {LEAST_RECALL:.0%}), precision {precision:.1%} (≥ {LEAST_PRECISION:.0%})."
    )
    return int(recall < LEAST_RECALL or precision < LEAST_PRECISION)
