"""The town hall: doors, counters and faces around the community's rules."""

from __future__ import annotations

from typing import Any

from flask import Flask

from web import blueprints, cli, config, doors, errors, extensions, filters, headers, respond, threads, visitor, wording


def create_app(settings: dict[str, Any] | None = None) -> Flask:
    """Build the application. `settings` win over the environment; production refuses to start without its secrets."""
    app = Flask("web", instance_path=config.instance_path(settings))
    config.configure(app, settings)
    extensions.init_app(app)
    wording.init_app(app)
    visitor.init_app(app)
    headers.init_app(app)
    filters.init_app(app)
    errors.init_app(app)
    blueprints.init_app(app)
    app.jinja_env.globals.update(need_knots=threads.need_knots, drawn_once=respond.kept)
    cli.init_app(app)
    doors.check_every_door(app)
    return app
