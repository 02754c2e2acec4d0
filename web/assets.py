"""The town hall's face as files: joined, minified, named by their content and served for a year."""

import gzip
import hashlib
import mimetypes
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

import rcssmin
import rjsmin
from flask import Blueprint, Flask, Response, abort, current_app, render_template, request, url_for
from werkzeug.security import safe_join

from web.doors import open_to_everyone

STATIC = Path(__file__).resolve().parent / "static"
FIRST_CSS = [
    "tokens.css",
    "base.css",
    "layout.css",
    "pieces.css",
    "thread.css",
    "forms.css",
    "tables.css",
    "charts.css",
]
LAST_CSS = ["elder.css", "print.css"]
FIRST_JS = ["start.js"]
# The store opens the box that the others fill.
OUTBOX_JS = ["store", "sending", "taking", "listing", "round"]
# The service worker cannot start when these come in another order.
WORKBOX = ["workbox-core", "workbox-routing", "workbox-strategies", "workbox-precaching"]
# A page that was opened before an update still finds its files; the shell is what the phone may keep.
SHELL = ["app.css", "app.js", "outbox.js", "sprite.svg", "icon.svg"]
# Everyday words for icons whose lucide name is another.
ALIASES = {
    "home": "house", "alert": "triangle-alert", "filter": "funnel", "edit": "pencil", "more": "ellipsis",
    "share": "share-2", "volume": "volume-2", "book": "book-open", "building": "building-2", "tell": "circle-plus",
    "board": "presentation",
}  # fmt: skip
# A proper name, the same in both languages: it stands under the icon on the phone.
NAME = "邻里"

mimetypes.add_type("text/javascript", ".js")
blueprint = Blueprint("assets", __name__)


@dataclass(frozen=True)
class Built:
    """What one start-up made: the folder, and for each plain name the name with its hash."""

    folder: Path
    names: dict[str, str]

    @property
    def version(self) -> str:
        return hashlib.sha256("\n".join(sorted(self.names.values())).encode()).hexdigest()[:10]


class Assets:
    """The face's files of one app: `asset("app.css")` and `icon_sprite()` in templates, four routes."""

    def __init__(self) -> None:
        self.built = Built(Path(), {})
        self._urls: dict[tuple[str, str], str] = {}

    def init_app(self, app: Flask) -> None:
        """Build everything into ASSETS_DIR (else the instance folder, else a temporary one) and add the routes."""
        self.built = build(STATIC, writable(app.config.get("ASSETS_DIR") or Path(app.instance_path) / "built"))
        app.extensions["assets"] = self
        app.jinja_env.globals.update(asset=self.url, icon_sprite=self.sprite)
        app.register_blueprint(blueprint)

    def url(self, name: str) -> str:
        """The address of a file by its plain name, for example `asset("app.css")`."""
        here = (request.script_root, name)
        if here not in self._urls:
            self._urls[here] = url_for("assets.file", name=self.built.names[name])
        return self._urls[here]

    def sprite(self) -> str:
        """The address of the sprite; a symbol is `#` and the icon's name."""
        return self.url("sprite.svg")


def writable(wish: str | Path) -> Path:
    """The wished folder, made if need be; a temporary one where the disk may not be written."""
    try:
        Path(wish).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=wish):
            return Path(wish)
    except OSError:
        return Path(tempfile.mkdtemp(prefix="linli-built-"))


def build(static: Path, folder: Path) -> Built:
    """Join, minify, hash and gzip all files of the face; the same input gives the same names."""
    files = {
        "app.css": rcssmin.cssmin(join(ordered(static / "css", FIRST_CSS, LAST_CSS))).encode(),
        "app.js": script(static).encode(),
        "outbox.js": outbox_script(static).encode(),
        "qr-engine.js": qr_engine(static).encode(),
        "sprite.svg": sprite(
            sorted([*static.glob("vendor/lucide-static-*/*.svg"), *static.glob("icons/glyphs/*.svg")])
        ),
        **{f"{name}.js": one(static, f"{name}-*/{name}.prod.js").read_bytes() for name in WORKBOX},
        **{path.name: path.read_bytes() for path in sorted((static / "icons").glob("*.*"))},
    }
    return Built(folder, {name: publish(folder, name, data) for name, data in files.items()})


def script(static: Path) -> str:
    """htmx as it was published, then our own scripts, minified."""
    own = rjsmin.jsmin(join(ordered(static / "js", FIRST_JS, [])))
    return f"{join([one(static, 'htmx.org-*/htmx.min.js')])};\n{own}"


def outbox_script(static: Path) -> str:
    """idb and the outbox: fetched only where a form may need it or where something waits, and kept by the phone."""
    own = rjsmin.jsmin(join([static / "js" / "outbox" / f"{name}.js" for name in OUTBOX_JS]))
    return f"{join([one(static, 'idb-*/umd.js')])};\n{own}"


def qr_engine(static: Path) -> str:
    """The reader of squares for phones that have none, as a worker with an address: a worker made of text is not let in."""
    text = one(static, "qr-scanner-*/qr-scanner-worker.min.js").read_text(encoding="utf-8")
    inside = re.search(r"new Blob\(\[`(.*?)`\]", text, re.DOTALL)
    if inside is None:
        raise ValueError("the reader of squares is not written as it was")
    return re.sub(r"\\([`$\\])", r"\1", inside[1])


def one(static: Path, pattern: str) -> Path:
    """The one vendored file that fits; two versions side by side are a mistake and stop the start-up."""
    (path,) = (static / "vendor").glob(pattern)
    return path


def ordered(folder: Path, first: list[str], last: list[str]) -> list[Path]:
    """The folder's files: the named ones first and last, any others between them by name."""
    others = sorted(path.name for path in folder.glob(f"*{folder.name}") if path.name not in first + last)
    return [folder / name for name in [*first, *others, *last]]


def join(paths: list[Path]) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def sprite(paths: list[Path]) -> bytes:
    """One SVG of symbols; stroke and fill are left to the style sheet, so that an icon takes its word's color."""
    drawings = {}
    for path in paths:
        body = re.search(r"<svg[^>]*>(.*)</svg>", path.read_text(encoding="utf-8"), re.DOTALL)
        if body is None:
            raise ValueError(f"{path.name} is no SVG")
        drawings[path.stem] = re.sub(r">\s+<", "><", body[1].strip()).replace(" />", "/>")
    drawings |= {word: drawings[name] for word, name in ALIASES.items()}
    symbols = [f'<symbol id="{name}" viewBox="0 0 24 24">{drawing}</symbol>' for name, drawing in drawings.items()]
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>'.encode()


def publish(folder: Path, name: str, data: bytes) -> str:
    """Write one file and its gzip copy under a name that carries its content; workers may do so at the same time."""
    stem, dot, ending = name.rpartition(".")
    hashed = f"{stem}.{hashlib.sha256(data).hexdigest()[:10]}{dot}{ending}"
    for path, content in ((folder / hashed, data), (folder / f"{hashed}.gz", gzip.compress(data, 9, mtime=0))):
        if not path.exists():
            with tempfile.NamedTemporaryFile(dir=folder, delete=False) as half:
                half.write(content)
            os.chmod(half.name, 0o644)
            os.replace(half.name, path)
    return hashed


def built() -> Built:
    """The files of the app that answers now."""
    assets: Assets = current_app.extensions["assets"]
    return assets.built


@blueprint.get("/static/built/<name>")
@open_to_everyone
def file(name: str) -> Response:
    packed = bool(request.accept_encodings.quality("gzip")) and not name.endswith((".png", ".gz"))
    path = Path(safe_join(str(built().folder), f"{name}.gz" if packed else name) or "")
    if not path.is_file():
        abort(404)
    answer = Response(path.read_bytes(), mimetype=mimetypes.guess_type(name)[0])
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    answer.headers["Vary"] = "Accept-Encoding"
    if packed:
        answer.headers["Content-Encoding"] = "gzip"
    return answer


@blueprint.get("/sw.js")
@open_to_everyone
def service_worker() -> Response:
    assets: Assets = current_app.extensions["assets"]
    scripts = [assets.url(f"{name}.js") for name in WORKBOX]
    body = render_template("assets/sw.js", scripts=scripts, shell=shell(assets))
    return Response(body, mimetype="text/javascript", headers={"Cache-Control": "no-cache"})


def shell(assets: Assets) -> list[dict[str, str | None]]:
    """What the phone keeps: hashed files for good, the offline page until anything of the face changes."""
    loader = current_app.jinja_env.loader
    pages = ("offline", "outbox")
    texts = [loader.get_source(current_app.jinja_env, f"assets/{name}.html")[0] if loader else "" for name in pages]
    revision = hashlib.sha256((assets.built.version + "".join(texts)).encode()).hexdigest()[:10]
    kept: list[dict[str, str | None]] = [{"url": url_for(f"assets.{name}"), "revision": revision} for name in pages]
    return [*kept, *({"url": assets.url(name), "revision": None} for name in SHELL)]


@blueprint.get("/manifest.webmanifest")
@open_to_everyone
def manifest() -> Response:
    assets: Assets = current_app.extensions["assets"]
    card = {
        "name": NAME, "short_name": NAME, "lang": "zh-Hans", "id": "/", "start_url": "/", "scope": "/",
        "display": "standalone", "background_color": "#faf6ee", "theme_color": "#faf6ee", "icons": icons(assets),
    }  # fmt: skip
    text = current_app.json.dumps(card)
    return Response(text, mimetype="application/manifest+json", headers={"Cache-Control": "public, max-age=3600"})


def icons(assets: Assets) -> list[dict[str, str]]:
    """The pictures a phone may put on its home screen; the maskable one has room to be cut round."""
    png = [
        ("icon-192.png", "192x192", "any"),
        ("icon-512.png", "512x512", "any"),
        ("icon-mask.png", "512x512", "maskable"),
    ]
    rows = [{"src": assets.url(n), "sizes": size, "type": "image/png", "purpose": use} for n, size, use in png]
    return [*rows, {"src": assets.url("icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}]


@blueprint.get("/offline")
@open_to_everyone
def offline() -> Response:
    return Response(render_template("assets/offline.html"), headers={"Cache-Control": "no-cache"})


@blueprint.get("/outbox")
@open_to_everyone
def outbox() -> Response:
    """The page of what waits on this phone: the house knows nothing of it, the phone fills it in."""
    return Response(render_template("assets/outbox.html"), headers={"Cache-Control": "no-cache"})
