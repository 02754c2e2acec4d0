"""The face's files: joined, named by their content, small enough for a slow phone, and right for the browser."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import Babel

from web import assets, respond, vendor
from web.assets import STATIC, Assets, Built, build

FIRST_PAGE = ["app.css", "app.js", "sprite.svg", "icon.svg"]
KILOBYTE = 1024


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(STATIC, tmp_path_factory.mktemp("built"))


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    """A house with nothing in it but the face."""
    app = Flask("web", root_path=str(STATIC.parent), instance_path=str(tmp_path))
    app.config.update(TESTING=True)
    Babel(app)
    Assets().init_app(app)
    app.jinja_env.globals["drawn_once"] = respond.kept
    app.context_processor(lambda: {"visitor": {"locale": "zh_Hans", "theme": "auto", "place_name": "晋阳社区"}})
    with app.app_context():
        yield app.test_client()


def packed_size(built: Built, name: str) -> int:
    return (built.folder / f"{built.names[name]}.gz").stat().st_size


def css() -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in (STATIC / "css").glob("*.css")}


def script_text() -> str:
    return "\n".join(path.read_text("utf-8") for path in (STATIC / "js").rglob("*.js"))


def templates() -> dict[str, str]:
    rooms = [STATIC.parent / "templates" / room for room in ("layouts", "macros", "assets")]
    return {f"{path.parent.name}/{path.name}": path.read_text("utf-8") for room in rooms for path in room.glob("*.*")}


def address(client: FlaskClient, name: str) -> str:
    extension: Assets = client.application.extensions["assets"]
    return f"/static/built/{extension.built.names[name]}"


def test_the_same_files_always_get_the_same_names(built: Built, tmp_path: Path) -> None:
    assert build(STATIC, tmp_path).names == built.names


def test_a_changed_file_gets_another_name(tmp_path: Path) -> None:
    assert assets.publish(tmp_path, "app.css", b"a{}") != assets.publish(tmp_path, "app.css", b"b{}")


def test_every_style_sheet_and_script_is_in_the_joined_files(built: Built) -> None:
    style = (built.folder / built.names["app.css"]).read_text("utf-8")
    script = (built.folder / built.names["app.js"]).read_text("utf-8")
    for mark in ("--paper:", ".bar{", ".card{", ".thread ", ".field{", ".cards ", ".meter ", "[data-elder] ", "@page"):
        assert mark in style, mark
    box = (built.folder / built.names["outbox.js"]).read_text("utf-8")
    assert all(mark in box for mark in ("idb", "X-Linli-Receipt", "data-outbox-kept", "linli-outbox-1"))
    for mark in ("htmx", "window.linli", "data-steps", "data-draft", "data-photos", "serviceWorker"):
        assert mark in script, mark


def test_tokens_come_first_and_paper_comes_last() -> None:
    names = [path.name for path in assets.ordered(STATIC / "css", assets.FIRST_CSS, assets.LAST_CSS)]
    assert (names[0], names[-1]) == ("tokens.css", "print.css")
    assert set(names) == set(css())


def test_the_joined_script_is_read_without_an_error_by_order(built: Built) -> None:
    script = (built.folder / built.names["app.js"]).read_text("utf-8")
    assert script.index("window.linli=") < script.index('linli.each("[data-voice]"')


def test_what_is_packed_unpacks_to_the_same(built: Built) -> None:
    for name in built.names.values():
        assert gzip.decompress((built.folder / f"{name}.gz").read_bytes()) == (built.folder / name).read_bytes()


def test_the_first_page_is_light(built: Built) -> None:
    weight = sum(packed_size(built, name) for name in FIRST_PAGE)
    assert weight < 50 * KILOBYTE, f"{weight} bytes leave no room for a page within 60 KB"
    assert packed_size(built, "app.css") < 12 * KILOBYTE
    assert packed_size(built, "sprite.svg") < 8 * KILOBYTE


def test_a_folder_that_cannot_be_written_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert assets.writable(tmp_path / "file" / "built").is_dir()


def test_a_hashed_file_is_packed_and_kept_for_a_year(client: FlaskClient) -> None:
    answer = client.get(address(client, "app.css"), headers={"Accept-Encoding": "gzip, br"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.mimetype == "text/css"
    assert b"--paper:" in gzip.decompress(answer.data)


def test_a_browser_that_cannot_unpack_gets_the_plain_file(client: FlaskClient) -> None:
    answer = client.get(address(client, "app.css"), headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in answer.headers
    assert b"--paper:" in answer.data


def test_pictures_keep_their_kind(client: FlaskClient) -> None:
    kinds = {name: client.get(address(client, name)).mimetype for name in ("sprite.svg", "icon-192.png", "app.js")}
    assert kinds == {"sprite.svg": "image/svg+xml", "icon-192.png": "image/png", "app.js": "text/javascript"}


@pytest.mark.parametrize("name", ["app.0000000000.css", "..%2f..%2fassets.py", "%2e%2e/assets.py"])
def test_nothing_else_is_served(client: FlaskClient, name: str) -> None:
    assert client.get(f"/static/built/{name}").status_code == 404


def test_the_service_worker_loads_workbox_in_its_order_and_keeps_only_the_shell(client: FlaskClient) -> None:
    answer = client.get("/sw.js")
    text = answer.get_data(as_text=True)
    places = [text.index(f"workbox-{part}") for part in ("core", "routing", "strategies", "precaching")]
    kept = re.search(r"precacheAndRoute\((\[.*?\])", text)
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.mimetype == "text/javascript"
    assert places == sorted(places)
    assert kept is not None
    assert [row["url"] for row in json.loads(kept[1])] == [
        "/offline", "/outbox", *(address(client, name) for name in ("app.css", "app.js", "outbox.js", "sprite.svg", "icon.svg"))
    ]  # fmt: skip
    assert "NetworkOnly" in text
    assert not re.search(r"CacheFirst|StaleWhileRevalidate|NetworkFirst", text)


def test_the_service_worker_changes_when_the_offline_page_does(client: FlaskClient) -> None:
    with client.application.test_request_context():
        extension: Assets = client.application.extensions["assets"]
        before = assets.shell(extension)[0]["revision"]
        extension.built = Built(extension.built.folder, {**extension.built.names, "app.css": "app.other.css"})
        assert assets.shell(extension)[0]["revision"] != before


def test_the_manifest_names_linli_and_pictures_that_exist(client: FlaskClient) -> None:
    answer = client.get("/manifest.webmanifest")
    card = json.loads(answer.data)
    assert answer.mimetype == "application/manifest+json"
    assert card["name"] == "邻里"
    assert {icon["sizes"] for icon in card["icons"]} == {"192x192", "512x512", "any"}
    assert [client.get(icon["src"]).status_code for icon in card["icons"]] == [200] * len(card["icons"])


@pytest.mark.parametrize("address", ["/offline", "/outbox"])
def test_the_pages_of_the_shell_know_nothing_of_the_reader(client: FlaskClient, address: str) -> None:
    page = client.get(address)
    assert page.status_code == 200
    assert "csrf" not in page.get_data(as_text=True).lower()
    assert "Set-Cookie" not in page.headers


def test_every_icon_that_a_template_or_a_macro_names_is_in_the_sprite(built: Built) -> None:
    symbols = set(re.findall(r'<symbol id="([^"]+)"', (built.folder / built.names["sprite.svg"]).read_text("utf-8")))
    named = {name for text in templates().values() for name in re.findall(r"""icon\("([a-z0-9-]+)\"""", text)}
    assert named
    assert named <= symbols
    assert {"laugh", "smile", "meh", "frown", "angry", "elder", "mark", *assets.ALIASES} <= symbols


def test_a_class_is_laid_out_in_one_style_sheet_alone() -> None:
    found: dict[str, set[str]] = {}
    for name, text in css().items():
        # Paper, elder eyes and night change what is laid out elsewhere.
        if name not in ("print.css", "elder.css", "tokens.css"):
            for one in re.findall(r"^(\.[\w-]+) \{", text, re.MULTILINE):
                found.setdefault(one, set()).add(name)
    assert not {one: files for one, files in found.items() if len(files) > 1}


def test_night_looks_the_same_whether_chosen_or_asked_by_the_phone() -> None:
    tokens = css()["tokens.css"]
    night = re.findall(r':root\[data-theme="(?:dark|auto)"\] \{(.*?)\}', tokens, re.DOTALL)
    assert len(night) == 2
    assert night[0].split() == night[1].split()


def test_sizes_below_the_body_text_come_from_tokens_so_that_elders_never_meet_them() -> None:
    small = re.compile(r"font(?:-size)?:\s*(?:\.\d+r?em|0\.\d+r?em|\d+px)")
    for name, text in css().items():
        if name not in ("tokens.css", "print.css"):
            assert not small.findall(text), f"{name}: use var(--small) or var(--tiny)"
    elder = css()["tokens.css"].split(":root[data-elder] {")[1].split("}")[0]
    assert "font-size: 22px" in elder
    assert "--tiny: 1rem; --small: 1rem" in elder


def test_colors_live_in_the_tokens_alone() -> None:
    for name, text in css().items():
        if name not in ("tokens.css", "print.css"):
            found = [color for color in re.findall(r"#[0-9a-fA-F]{3,8}\b", text) if color != "#fff"]
            assert not found, f"{name}: {found}"


def luminance(color: str) -> float:
    full = color * 2 if len(color) == 3 else color
    parts = [int(full[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    light = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_stand_out_from_what_they_are_written_on(theme: str) -> None:
    tokens = css()["tokens.css"]
    part = tokens.split('data-theme="dark"')[1] if theme == "dark" else tokens.split(":root[data-elder]")[0]
    color = dict(re.findall(r"--([a-z0-9-]+): #([0-9a-f]{3,6})\b", part))
    pairs = [(ink, on) for ink in ("ink", "ink-2", "accent") for on in ("paper", "card", "sunk")]
    pairs += [(tone, f"{tone}-soft") for tone in ("accent", "good", "warn", "bad", "info")]
    pairs += [("accent-ink", "accent"), ("accent-ink", "accent-deep"), ("bad", "card"), ("info", "card")]
    weak = {pair: round(contrast(color[pair[0]], color[pair[1]]), 2) for pair in pairs}
    assert not {pair: ratio for pair, ratio in weak.items() if ratio < 4.5}
    assert contrast(color["edge"], color["card"]) >= 3


def test_what_is_vendored_is_what_the_lock_says(tmp_path: Path) -> None:
    assert vendor.differences() == []
    lock = tmp_path / "vendor.lock"
    lock.write_text(vendor.LOCK.read_text("utf-8").replace('"htmx.min.js": "', '"htmx.min.js": "0'))
    assert vendor.differences(lock=lock) == ["htmx.org-2.0.11/htmx.min.js"]
    assert all(entry["integrity"].startswith("sha512-") for entry in json.loads(lock.read_text("utf-8")))


def test_every_vendored_folder_carries_its_license() -> None:
    folders = [folder for folder in vendor.VENDOR.iterdir() if folder.is_dir()]
    assert len(folders) == len(vendor.PACKAGES)
    assert all((folder / "LICENSE").is_file() for folder in folders)


def test_scripts_say_nothing_of_their_own() -> None:
    """Words belong to templates, where they are translated."""
    assert not re.search(r"[\u3400-\u9fff]", script_text())
    assert "eval(" not in script_text()
