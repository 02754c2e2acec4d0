"""Pictures: a photo is kept without where, with what and by whom it was taken, and a hostile one costs nothing."""

from __future__ import annotations

import hashlib
import io
import resource
import struct
import time
import zipfile
import zlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, PngImagePlugin

from models.base import Refused
from models.pictures import LIMIT_PASSES, Picture, covered, difference, examine

FORMATS = ["JPEG", "PNG", "WEBP", "HEIF"]
SECRET = "Zhang San's phone"
GPS, EXIF, ORIENTATION = 0x8825, 0x8769, 0x0112


def scene(width: int = 400, height: int = 300) -> Image.Image:
    """Draw a yard whose upper left quarter alone is red."""
    image = Image.radial_gradient("L").resize((width, height)).convert("RGB")
    ImageDraw.Draw(image).rectangle((0, 0, width // 2 - 1, height // 2 - 1), fill=(220, 20, 20))
    return image


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def noted(taken: str = "2024:03:01 20:00:00", zone: str | None = None, orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0110], exif[ORIENTATION], exif[0x0132] = SECRET, orientation, "2025:01:01 00:00:00"
    inner = exif.get_ifd(EXIF)
    inner[0x9003] = taken
    if zone:
        inner[0x9011] = zone
    exif.get_ifd(GPS)[2] = (30.0, 17.0, 5.0)
    return exif


def shown(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def pixel(image: Image.Image, x: int, y: int) -> tuple[int, ...]:
    color = image.convert("RGB").getpixel((x, y))
    assert isinstance(color, tuple)
    return color


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        examine(data)
    return refused.value.key


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_that_claims(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compressobj(9)
    body = b"".join(rows.compress(bytes(width * 3 + 1)) for _ in range(min(height, 2_000))) + rows.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", FORMATS)
def test_a_photo_of_every_phone_is_kept_in_three_sizes(kind: str) -> None:
    data = saved(scene(2400, 1800), kind)
    picture = examine(data)
    assert (picture.format, picture.width, picture.height) == (kind, 2400, 1800)
    assert picture.sha256 == hashlib.sha256(data).hexdigest()
    sizes = [(shown(part).format, shown(part).size) for part in (picture.display, picture.thumbnail, picture.original)]
    assert sizes == [("WEBP", (1600, 1200)), ("WEBP", (320, 240)), ("PNG" if kind == "PNG" else "JPEG", (2400, 1800))]
    assert 0 <= picture.dhash < 2**64


@pytest.mark.parametrize("kind", FORMATS)
def test_nothing_that_the_phone_wrote_is_left_in_any_size(kind: str) -> None:
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", SECRET)
    own: dict[str, dict[str, object]] = {"PNG": {"pnginfo": text}, "JPEG": {"comment": SECRET}}
    options = {"exif": noted(), "icc_profile": b"x" * 128 + SECRET.encode(), **own.get(kind, {})}
    data = saved(scene(), kind, **options)
    assert SECRET.encode() in data
    picture = examine(data)
    for part in (picture.display, picture.thumbnail, picture.original):
        assert SECRET.encode() not in part
        assert not dict(shown(part).getexif())
        assert set(shown(part).info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "loop",
            "background",
            "timestamp",
            "duration",
        }


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize(
    ("taken", "zone", "shot_at"),
    [
        ("2024:03:01 20:00:00", None, datetime(2024, 3, 1, 12, tzinfo=UTC)),
        ("2024:03:01 20:00:00", "+09:00", datetime(2024, 3, 1, 11, tzinfo=UTC)),
        ("2024:03:01 20:00:00", "nonsense", datetime(2024, 3, 1, 12, tzinfo=UTC)),
        ("0000:00:00 00:00:00", None, datetime(2024, 12, 31, 16, tzinfo=UTC)),
    ],
)
def test_the_time_of_the_shot_is_read_before_it_is_dropped(
    kind: str,
    taken: str,
    zone: str | None,
    shot_at: datetime,
) -> None:
    assert examine(saved(scene(), kind, exif=noted(taken, zone))).shot_at == shot_at


def test_a_photo_without_notes_has_no_time() -> None:
    assert examine(saved(scene(), "JPEG")).shot_at is None


def test_a_photo_with_damaged_notes_is_kept_without_its_time() -> None:
    data = saved(scene(), "JPEG", exif=b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\xff\xff\xff\xff")
    assert examine(data).shot_at is None


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_size_is_turned_as_it_was_seen(orientation: int) -> None:
    turned_by = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = scene().transpose(turned_by[orientation]) if orientation > 1 else scene()
    picture = examine(saved(stored, "JPEG", exif=noted(orientation=orientation)))
    assert (picture.width, picture.height) == (400, 300)
    for part in (picture.display, picture.thumbnail, picture.original):
        width, height = shown(part).size
        red, green, _ = pixel(shown(part), width // 4, height // 4)
        assert red > 150 > 100 > green
        assert pixel(shown(part), width * 3 // 4, height // 4)[1] > 100


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_pictures_of_every_color_mode_are_kept(mode: str) -> None:
    white = Image.new("I;16", (40, 30), 65_535) if mode == "I;16" else Image.new("RGB", (40, 30), "white").convert(mode)
    assert shown(examine(saved(white, "PNG")).original).getpixel((20, 15)) == (255, 255, 255)


def test_what_is_transparent_becomes_white() -> None:
    clear = Image.new("RGBA", (40, 30), (0, 0, 0, 0))
    for picture in (saved(clear, "PNG"), saved(clear.convert("P"), "PNG", transparency=bytes(256))):
        assert shown(examine(picture).original).getpixel((20, 15)) == (255, 255, 255)


def test_a_phones_photo_with_a_second_frame_is_the_photo() -> None:
    data = saved(scene(), "MPO", save_all=True, append_images=[Image.new("RGB", (400, 300), "blue")])
    picture = examine(data)
    assert picture.format == "JPEG"
    assert pixel(shown(picture.original), 100, 75)[0] > 150


# What is refused


@pytest.mark.parametrize(("width", "height"), [(30_000, 30_000), (8_000, 7_000), (65_000, 10)])
def test_a_pixel_bomb_is_refused_before_it_is_decoded(width: int, height: int) -> None:
    data = png_that_claims(width, height)
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    assert refusal(data) == "picture_too_large"
    assert time.perf_counter() - began < 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024


def test_a_photo_of_endless_passes_is_refused() -> None:
    data = saved(scene(), "JPEG", progressive=True)
    assert examine(data).format == "JPEG"
    empty_pass = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00"
    assert refusal(data[:-2] + empty_pass * LIMIT_PASSES + data[-2:]) == "picture_too_large"


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_an_animation_is_no_photo(kind: str) -> None:
    frames = [Image.new("RGB", (40, 30), color) for color in ("red", "blue")]
    assert refusal(saved(frames[0], kind, save_all=True, append_images=frames[1:])) == "picture_kind_unknown"


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("index.html", "hello")
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"GIF89a" + bytes(50),
        saved(scene(), "GIF"),
        saved(scene(), "BMP"),
        saved(scene(), "TIFF"),
        b"%PDF-1.7",
        zipped(),
        b"hello",
        b"\x00\x00",
        saved(scene(), "JPEG") + b"<script>alert(1)</script>",
        saved(scene(), "PNG") + zipped(),
        saved(scene(), "JPEG", comment="<html onload=x>"),
        saved(scene(), "JPEG", comment=b"%PDF-1.7"),
        b"\x00\x00\x00\x1cftypavif" + bytes(40),
        b"\x00\x00\x00\x1cftypmp42" + bytes(40),
    ],
    # Names of their own: the bytes of an archive carry the time, and workers must collect the same tests.
    ids=[
        "svg",
        "html",
        "gif-head",
        "gif",
        "bmp",
        "tiff",
        "pdf",
        "zip",
        "words",
        "zeros",
        "jpeg-and-script",
        "png-and-zip",
        "jpeg-saying-html",
        "jpeg-saying-pdf",
        "avif-head",
        "mp4-head",
    ],
)
def test_what_is_no_photo_or_also_something_else_is_refused(data: bytes) -> None:
    assert refusal(data) == "picture_kind_unknown"


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("part", [0.0, 0.02, 0.3, 0.9])
def test_a_photo_that_was_cut_on_the_way_is_refused(kind: str, part: float) -> None:
    data = saved(scene(), kind)
    assert refusal(data[: int(len(data) * part)]) in {"picture_unreadable", "picture_kind_unknown"}
    assert refusal(data[: max(16, int(len(data) * part))]) == "picture_unreadable"
    assert refusal(b"") == "picture_unreadable"


@given(
    st.sampled_from(FORMATS),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=12),
    st.binary(max_size=60),
)
def test_no_bytes_make_the_examination_fail_otherwise_than_by_refusing(
    kind: str,
    changes: list[tuple[float, int]],
    tail: bytes,
) -> None:
    data = bytearray(SMALL[kind])
    for at, byte in changes:
        data[int(at * (len(data) - 1))] = byte
    for hostile in (bytes(data) + tail, bytes(data[:24]) + tail, tail):
        try:
            outcome: Picture | str = examine(hostile)
        except Refused as refused:
            outcome = refused.key
        assert isinstance(outcome, Picture) or outcome.startswith("picture_")


SMALL = {kind: saved(scene(48, 36), kind, exif=noted()) for kind in FORMATS}


# The same photo again


def test_the_fingerprint_knows_a_photo_saved_again_and_not_another() -> None:
    first = examine(saved(scene(), "PNG")).dhash
    again = examine(saved(scene().resize((200, 150)), "JPEG", quality=40)).dhash
    other = examine(saved(scene().transpose(Image.Transpose.ROTATE_180), "PNG")).dhash
    assert difference(first, again) <= 4
    assert difference(first, other) > 10
    assert difference(first, first) == 0


# Moderation


@pytest.mark.parametrize("kind", FORMATS)
def test_what_is_covered_is_gone_from_both_shown_sizes(kind: str) -> None:
    result = covered(saved(scene(2000, 1500), kind), [(0, 0, 500, 500), (900, 900, 1000, 1000)])
    for part, size in ((result.display, (1600, 1200)), (result.thumbnail, (320, 240))):
        image = shown(part).convert("RGB")
        assert image.size == size
        reds, greens, _ = image.split()
        red = [one for one, other in zip(reds.tobytes(), greens.tobytes(), strict=True) if one > 120 and other < 80]
        assert red == []
        assert pixel(image, size[0] * 3 // 4, size[1] // 4) != (60, 60, 60)


@pytest.mark.parametrize("box", [(0, 0, 0, 10), (10, 10, 5, 20), (-1, 0, 10, 10), (0, 0, 1001, 10)])
def test_a_box_outside_the_picture_is_refused(box: tuple[int, int, int, int]) -> None:
    with pytest.raises(Refused, match="picture_box_invalid"):
        covered(SMALL["PNG"], [box])
