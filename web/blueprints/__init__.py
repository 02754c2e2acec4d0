"""The counters of the town hall, one an area."""

from __future__ import annotations

import importlib
import pkgutil

from flask import Flask


def init_app(app: Flask) -> None:
    """Open every counter that stands in this folder: each file has a `blueprint`."""
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name):
        app.register_blueprint(importlib.import_module(f"{__name__}.{module.name}").blueprint)
