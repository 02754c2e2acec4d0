"""The headers of every answer, the request log without personal data, and the signs of life."""

from __future__ import annotations

import gzip
import logging
import secrets
import sys
import time
from typing import Any

import structlog
from flask import Flask, Response, g, request
from werkzeug.middleware.proxy_fix import ProxyFix

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "object-src 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
}
WORTH_PACKING = 1024
log = structlog.get_logger("linli")


def begin() -> None:
    """Give the request a number for the log and the error page."""
    g.began = time.perf_counter()
    g.request_id = secrets.token_hex(6)


def finish(response: Response) -> Response:
    """Set the headers, pack what is worth packing, and write one log line."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure or g.get("https"):
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if response.mimetype in ("text/html", "application/json"):
        visitor = g.get("visitor")
        personal = visitor is not None and (visitor.signed_in or request.method != "GET")
        response.headers.setdefault("Cache-Control", "no-store" if personal else "no-cache")
        response.headers.setdefault("Vary", "HX-Request, Cookie")
        _pack(response)
    _write_line(response)
    return response


def _pack(response: Response) -> None:
    """Compress a page, except one that carries a rating's token: its length must not speak (decision 30)."""
    if response.direct_passthrough or g.get("unpacked") or "gzip" not in request.headers.get("Accept-Encoding", ""):
        return
    body = response.get_data()
    if len(body) < WORTH_PACKING or response.headers.get("Content-Encoding"):
        return
    response.set_data(gzip.compress(body, 5, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = response.headers.get("Vary", "") + ", Accept-Encoding"


def _write_line(response: Response) -> None:
    visitor: Any = g.get("visitor")
    log.info(
        "request",
        id=g.get("request_id"),
        method=request.method,
        route=str(request.url_rule) if request.url_rule else None,
        status=response.status_code,
        role=visitor.actor.label if visitor else None,
        ms=round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
    )


def hear_the_proxy(app: Flask) -> None:
    """Take the visitor's address from the proxy that stands in front where LINLI_HTTPS=1, else wrong tries of one count for all.

    The proxy adds whom it heard as the last of the list; what stands before may be forged. Source: reliability.md 47.
    """
    if app.config["HTTPS"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=0)  # type: ignore[method-assign]


def init_app(app: Flask) -> None:
    """Add headers and the log."""
    hear_the_proxy(app)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING if app.testing else logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    app.before_request(begin)
    app.before_request(lambda: setattr(g, "https", app.config["HTTPS"]))
    app.after_request(finish)
