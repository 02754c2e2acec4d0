"""What the house is told from outside: the database, the secrets, the port, and whether this is a demo."""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
from flask import Flask
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from models.ciphers.keys import data_key

ROOT = Path(__file__).resolve().parent.parent
MEGABYTE = 1024 * 1024
# What production needs: the setting, and how its operator says it.
SECRETS = {"SECRET_KEY": "SECRET_KEY", "LINLI_DATA_KEY": "LINLI_DATA_KEY", "HTTPS": "LINLI_HTTPS=1"}


# The databases that Linli keeps, as SQLAlchemy names them.
DATABASES = ("sqlite", "postgresql+psycopg")


class SettingWrong(click.ClickException):
    """What the house was told from outside cannot be right; a command says so in one line."""


class SecretMissing(SettingWrong):
    """Production was started without one of its secrets."""


def instance_path(settings: dict[str, Any] | None) -> str:
    """Return the folder for everything that is made at run time."""
    return str((settings or {}).get("INSTANCE_FOLDER") or os.environ.get("LINLI_INSTANCE") or ROOT / "instance")


def _demo_secret(folder: Path) -> str:
    """Return the demo's own secret: made once, kept beside the database, readable by its owner only."""
    file = folder / "demo-secret"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(file, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(secrets.token_urlsafe(48))
    return file.read_text().strip()


def configure(app: Flask, settings: dict[str, Any] | None) -> None:
    """Set the configuration from defaults, the environment and the given settings.

    Errors: SecretMissing where LINLI_DEMO=0 and SECRET_KEY, LINLI_DATA_KEY or LINLI_HTTPS=1 is missing; SettingWrong
    where a key is weak or DATABASE_URL is no address of a database that Linli keeps.
    """
    folder = Path(app.instance_path)
    demo = os.environ.get("LINLI_DEMO", "1") != "0"
    app.config.update(
        DEMO=demo,
        SECRET_KEY=os.environ.get("SECRET_KEY"),
        LINLI_DATA_KEY=os.environ.get("LINLI_DATA_KEY"),
        LINLI_FORMER_DATA_KEY=os.environ.get("LINLI_FORMER_DATA_KEY", ""),
        HTTPS=os.environ.get("LINLI_HTTPS") == "1",
        SQLALCHEMY_DATABASE_URI=_database_url(folder),
        FILES=str(folder / "files"),
        ERASED=str(folder / "erased"),
        JOBS=str(folder / "jobs.db"),
        MAX_CONTENT_LENGTH=40 * MEGABYTE,
        MAX_FORM_MEMORY_SIZE=4 * MEGABYTE,
        MAX_FORM_PARTS=2000,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_CHECK_DEFAULT=False,
        BABEL_DEFAULT_LOCALE="zh_Hans",
        BABEL_DEFAULT_TIMEZONE="Asia/Shanghai",
        ICP_NUMBER=os.environ.get("ICP_NUMBER", ""),
        GONGAN_NUMBER=os.environ.get("GONGAN_NUMBER", ""),
        GLANCE_MINUTES=5,
        ARGON2={"memory_cost": 19456, "time_cost": 2, "parallelism": 1},
    )
    app.config.update(settings or {})
    _check_secrets(app, folder)
    secure = bool(app.config["HTTPS"])
    app.config.update(
        SESSION_COOKIE_NAME="__Host-linli" if secure else "linli",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(days=180),
        # A cookie goes out only when it changed: else the answer to what a page asked by itself, while a form was being
        # sent, would hand the older one back, and with it take a receipt or a sign-in away again.
        SESSION_REFRESH_EACH_REQUEST=False,
    )
    folder.mkdir(parents=True, exist_ok=True)


def _database_url(folder: Path) -> str:
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{folder / 'linli.db'}"
    url = url.replace("postgresql://", "postgresql+psycopg://", 1).replace("postgres://", "postgresql+psycopg://", 1)
    try:
        known = make_url(url).drivername in DATABASES
    except (ArgumentError, ValueError):
        known = False
    if not known:
        raise SettingWrong("DATABASE_URL is no address of a database: sqlite:////a/file or postgresql://user@host/name")
    return url


def _check_secrets(app: Flask, folder: Path) -> None:
    if app.config["DEMO"]:
        app.config["SECRET_KEY"] = app.config["SECRET_KEY"] or _demo_secret(folder)
        app.config["LINLI_DATA_KEY"] = app.config["LINLI_DATA_KEY"] or "demo-" + app.config["SECRET_KEY"]
        return
    _refuse_without([name for key, name in SECRETS.items() if not app.config[key]])
    _refuse_weak(app.config["LINLI_DATA_KEY"], app.config["LINLI_FORMER_DATA_KEY"])


def _refuse_without(missing: list[str]) -> None:
    if missing:
        raise SecretMissing(f"Linli does not start without {', '.join(missing)} (or set LINLI_DEMO=1 for the demo).")


def _refuse_weak(*keys: str) -> None:
    for key in keys:
        try:
            _ = key and data_key(key)
        except ValueError as weak:
            raise SettingWrong(str(weak)) from weak


def check_environment() -> None:
    """Refuse to start with settings that cannot be right before any process is started. Errors: those of configure()."""
    _database_url(ROOT)
    if os.environ.get("LINLI_DEMO", "1") == "0":
        given = {**os.environ, "LINLI_HTTPS": "1" if os.environ.get("LINLI_HTTPS") == "1" else ""}
        _refuse_without([name for name in SECRETS.values() if not given.get(name.partition("=")[0])])
        _refuse_weak(given["LINLI_DATA_KEY"], given.get("LINLI_FORMER_DATA_KEY", ""))
