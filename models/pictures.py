"""A photo arrives from a phone: measured before it is opened, kept without anything that the phone wrote into it."""

from __future__ import annotations

import contextlib
import hashlib
import io
import re
import threading
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pillow_heif
from PIL import Image, ImageDraw, ImageOps

from models.base import Refused
from models.sheets.cells import parse_when

LIMIT_PIXELS = 50_000_000
# WebP, the form in which pictures are shown, knows no longer side.
LIMIT_SIDE = 16_383
# Each pass of a progressive photo walks over all of it; cameras write about ten.
LIMIT_PASSES = 100
DISPLAY_SIDE = 1600
THUMBNAIL_SIDE = 320
THOUSANDTHS = 1000
Box = tuple[int, int, int, int]
# What may be cut away at left, top, right and bottom, in parts of the side: all around, one edge, one corner.
VIEWS: tuple[tuple[float, float, float, float], ...] = (
    (0.025, 0.025, 0.025, 0.025), (0.05, 0.05, 0.05, 0.05), (0.05, 0, 0, 0), (0, 0.05, 0, 0), (0, 0, 0.05, 0),
    (0, 0, 0, 0.05), (0.05, 0.05, 0, 0), (0, 0.05, 0.05, 0), (0, 0, 0.05, 0.05), (0.05, 0, 0, 0.05),
)  # fmt: skip
VIEW_SIDE = 320

Image.MAX_IMAGE_PIXELS = LIMIT_PIXELS
pillow_heif.register_heif_opener(thumbnails=False)

_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1"})
_MARKUP = re.compile(rb"<(?:script|iframe|!doctype|\?php|svg\s|html[\s>])", re.IGNORECASE)
_one_at_a_time = threading.BoundedSemaphore()
_DATE = 0x0132
_EXIF_FOLDER = 0x8769
# Where cameras write the time of the shot, each with the place of its zone: taken, digitized, changed.
_TIMES = ((0x9003, 0x9011), (0x9004, 0x9012))
_CHANGED_ZONE = 0x9010
_SHOT = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)", re.ASCII)
_ZONE = re.compile(r"[+-]\d\d:\d\d", re.ASCII)


@dataclass(frozen=True)
class Picture:
    """What is kept of a photo: its digest and time, a fingerprint of what it shows, three sizes without metadata."""

    sha256: str
    format: str
    width: int
    height: int
    shot_at: datetime | None
    dhash: int
    # The same fingerprint of it in a mirror and with an edge cut away: an altered copy looks like one of them.
    views: tuple[int, ...]
    display: bytes
    thumbnail: bytes
    original: bytes


@dataclass(frozen=True)
class Covered:
    """A picture in which something was painted over, in both shown sizes, so that neither still shows it."""

    display: bytes
    thumbnail: bytes


def examine(data: bytes) -> Picture:
    """Return what is kept of a received photo: JPEG, PNG, WebP or HEIC by content, at most 50 million pixels.

    The size is read before anything is decoded. `dhash` has 64 bits, `shot_at` is what the camera claims.
    Errors: picture_kind_unknown, picture_too_large, picture_unreadable. Source: decisions.md 12.
    """
    kind = _kind(data)
    with _alone(), _opened(data, kind) as image:
        try:
            image.load()
            shot_at = _shot_at(image)
            upright = _upright(image)
            display = _fitted(upright, DISPLAY_SIDE)
            return Picture(
                sha256=hashlib.sha256(data).hexdigest(),
                format=kind,
                width=upright.width,
                height=upright.height,
                shot_at=shot_at,
                dhash=_dhash(display),
                views=_views(display),
                display=_webp(display),
                thumbnail=_webp(_fitted(display, THUMBNAIL_SIDE)),
                original=_original(upright, kind),
            )
        # Decoders of foreign bytes fail in more ways than can be listed; each of them means a damaged photo.
        except Exception as error:
            raise Refused("picture_unreadable") from error


def views_of(data: bytes) -> tuple[int, ...]:
    """Return the fingerprints of a kept picture as people alter it. Errors: those of examine."""
    with _alone(), _opened(data, _kind(data)) as image:
        try:
            image.load()
            return _views(_fitted(_upright(image), DISPLAY_SIDE))
        except Exception as error:
            raise Refused("picture_unreadable") from error


def covered(data: bytes, boxes: Sequence[Box]) -> Covered:
    """Paint boxes over a picture; a box is left, top, right, bottom in thousandths of its width and height.

    Errors: picture_box_invalid, and those of examine.
    """
    for left, top, right, bottom in boxes:
        if not (0 <= left < right <= THOUSANDTHS and 0 <= top < bottom <= THOUSANDTHS):
            raise Refused("picture_box_invalid")
    with _alone(), _opened(data, _kind(data)) as image:
        try:
            image.load()
            shown = _fitted(_upright(image), DISPLAY_SIDE)
        except Exception as error:
            raise Refused("picture_unreadable") from error
    brush = ImageDraw.Draw(shown)
    for box in boxes:
        brush.rectangle(_pixels(box, shown.size), fill=(60, 60, 60))
    return Covered(_webp(shown), _webp(_fitted(shown, THUMBNAIL_SIDE)))


def difference(one: int, other: int) -> int:
    """Return in how many of 64 bits two fingerprints differ; up to 10 a person should look for a photo used twice."""
    return (one ^ other).bit_count()


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Let one photo in at a time, so that ten uploads at once need the memory of one; damaged notes go unremarked."""
    with _one_at_a_time, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _kind(data: bytes) -> str:
    """Name the format by its first bytes, and refuse what is also something else."""
    if not data:
        raise Refused("picture_unreadable")
    kind = None
    if data.startswith(b"\xff\xd8\xff"):
        kind = "JPEG"
    elif data.startswith(b"\x89PNG\r\n\x1a\n"):
        kind = "PNG"
    elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        kind = "WEBP"
    elif data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS and (data[8:12] != b"mif1" or b"heic" in data[12:64]):
        kind = "HEIF"
    if kind is None or _MARKUP.search(data) or b"%PDF-" in data[:1024] or zipfile.is_zipfile(io.BytesIO(data)):
        raise Refused("picture_kind_unknown")
    return kind


def _opened(data: bytes, kind: str) -> Image.Image:
    """Read the head of the file only, and refuse by what it says of size and frames."""
    if kind == "JPEG" and data.count(b"\xff\xda") > LIMIT_PASSES:
        raise Refused("picture_too_large")
    try:
        image = Image.open(io.BytesIO(data), formats=[kind])
    except Image.DecompressionBombError as error:
        raise Refused("picture_too_large") from error
    except Exception as error:
        raise Refused("picture_unreadable") from error
    if image.width * image.height > LIMIT_PIXELS or max(image.size) > LIMIT_SIDE:
        raise Refused("picture_too_large")
    # A phone's JPEG may carry a depth map as a second frame, and HEIC a burst: their first frame is the photo.
    if kind in ("PNG", "WEBP") and getattr(image, "is_animated", False):
        raise Refused("picture_kind_unknown")
    return image


def _shot_at(image: Image.Image) -> datetime | None:
    """Return when the camera says the photo was taken; without a zone it is Shanghai's time."""
    claims: list[tuple[object, object]] = []
    # A photo is not refused because of a damaged note about it.
    with contextlib.suppress(Exception):
        exif = image.getexif()
        inner = exif.get_ifd(_EXIF_FOLDER)
        claims += [(inner.get(time), inner.get(zone)) for time, zone in _TIMES]
        claims.append((exif.get(_DATE), inner.get(_CHANGED_ZONE)))
    return next((moment for claim in claims if (moment := _claimed(*claim))), None)


def _claimed(time: object, zone: object) -> datetime | None:
    found = _SHOT.match(time) if isinstance(time, str) else None
    if found is None:
        return None
    known = zone if isinstance(zone, str) and _ZONE.fullmatch(zone) else ""
    moment = parse_when(f"{found[1]}-{found[2]}-{found[3]} {found[4]}{known}")
    return moment.astimezone(UTC) if moment else None


def _upright(image: Image.Image) -> Image.Image:
    """Return the picture turned as it was seen, in plain colors on white, with nothing that was written beside it."""
    # A damaged note about the side that was up leaves the picture as it lies.
    with contextlib.suppress(Exception):
        ImageOps.exif_transpose(image, in_place=True)
    plain: Image.Image = image
    if image.mode.startswith("I;16"):
        plain = image.point(lambda value: value / 256, "L")
    elif image.has_transparency_data:
        colored = image.convert("RGBA")
        plain = Image.new("RGB", image.size, "white")
        plain.paste(colored, mask=colored)
    # Copies are spared, because each of the largest photo takes 200 MB.
    if plain.mode != "RGB":
        plain = plain.convert("RGB")
    plain.info.clear()
    return plain


def _fitted(image: Image.Image, side: int) -> Image.Image:
    longest = max(image.size)
    if longest <= side:
        return image
    size = (max(1, round(image.width * side / longest)), max(1, round(image.height * side / longest)))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _webp(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=80, method=4)
    return out.getvalue()


def _original(image: Image.Image, kind: str) -> bytes:
    """Return the full size: drawings and screenshots stay exact, photos stay photos of high quality."""
    out = io.BytesIO()
    if kind == "PNG":
        image.save(out, "PNG", compress_level=3)
    else:
        image.save(out, "JPEG", quality=93, subsampling="4:2:0")
    return out.getvalue()


def _dhash(image: Image.Image) -> int:
    """Return a fingerprint that survives saving again: of 8 by 8 neighbors, which one is brighter than the next."""
    small = image.convert("L").resize((9, 8), Image.Resampling.BILINEAR).tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            at = row * 9 + column
            bits = bits << 1 | (small[at] > small[at + 1])
    return bits


def _views(image: Image.Image) -> tuple[int, ...]:
    """Return the fingerprints of a picture as people alter it: an edge cut away, in a mirror, and both."""
    small = _fitted(image.convert("L"), VIEW_SIDE)
    mirror = ImageOps.mirror(small)
    return (_dhash(mirror), *(_dhash(_cut(one, view)) for one in (small, mirror) for view in VIEWS))


def _cut(image: Image.Image, view: tuple[float, float, float, float]) -> Image.Image:
    left, top, right, bottom = view
    width, height = image.size
    box = (round(left * width), round(top * height), round((1 - right) * width), round((1 - bottom) * height))
    return image.crop((box[0], box[1], max(box[2], box[0] + 1), max(box[3], box[1] + 1)))


def _pixels(box: Box, size: tuple[int, int]) -> Box:
    """Return the box in pixels, rounded outwards, so that no edge stays visible."""
    (left, top, right, bottom), (width, height) = box, size
    return (
        left * width // THOUSANDTHS,
        top * height // THOUSANDTHS,
        -(-right * width // THOUSANDTHS),
        -(-bottom * height // THOUSANDTHS),
    )
