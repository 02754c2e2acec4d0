"""The libraries that the house leans on, tied to the application."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from flask import Flask, g
from flask_babel import Babel
from flask_migrate import Migrate
from flask_wtf.csrf import generate_csrf

from models import ciphers, erasures, load_all, vault
from models.base import db
from web import catalogs
from web.assets import Assets

babel = Babel()
migrate = Migrate()
assets = Assets()


def locale() -> str:
    """Return the reader's language; Chinese where nobody said otherwise."""
    visitor: Any = g.get("visitor")
    return visitor.locale if visitor is not None else "zh_Hans"


def engine_options(app: Flask) -> dict[str, Any]:
    """Return how connections are kept: PostgreSQL pings before use, so that a restart costs nobody an error."""
    if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        return {}
    return {"pool_pre_ping": True, "pool_size": 16, "max_overflow": 8, "pool_timeout": 10}


def init_app(app: Flask) -> None:
    """Tie the libraries to the application."""
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", engine_options(app))
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = catalogs.compiled(Path(app.instance_path))
    load_all()
    db.init_app(app)
    migrate.init_app(app, db, render_as_batch=True, compare_type=True)
    babel.init_app(app, locale_selector=locale)
    assets.init_app(app)
    former = [app.config["LINLI_FORMER_DATA_KEY"]] if app.config["LINLI_FORMER_DATA_KEY"] else []
    ciphers.use(app.config["LINLI_DATA_KEY"], former=former, demo=app.config["DEMO"])
    ciphers.use_boxes(app.config["LINLI_DATA_KEY"], former=former, demo=app.config["DEMO"])
    ciphers.use_marks(app.config["LINLI_DATA_KEY"], former=former, demo=app.config["DEMO"])
    vault.use(app.config["FILES"], app.config["LINLI_DATA_KEY"], former=former, demo=app.config["DEMO"])
    erasures.use(app.config["ERASED"])
    app.extensions["passwords"] = PasswordHasher(**app.config["ARGON2"])
    app.jinja_env.globals["csrf_token"] = generate_csrf
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
