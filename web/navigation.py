"""The side bar of those who work here: each entry names the permission that opens it."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l

from models.accounts import Actor
from models.permissions import Permission as P


@dataclass(frozen=True)
class Item:
    """One entry of the side bar."""

    url: str
    label: Any
    icon: str
    current: bool = False


@dataclass(frozen=True)
class Part:
    """Entries that belong together, under a word of their own."""

    label: Any
    entries: tuple[Item, ...]


# Parts of the side bar in the order of civic life, inside each what is used most first; each area adds its line.
PARTS: tuple[tuple[Any, tuple[tuple[P, str, Any, str], ...]], ...] = (
    ("", ((P.OWN, "/", _l("Today"), "home"),)),
    (
        _l("Needs"),
        (
            (P.READ_NEEDS, "/desk", _l("Triage desk"), "list-checks"),
            (P.ENTER_FOR_OTHERS, "/front-desk", _l("Front desk"), "phone"),
            (P.TRIAGE, "/need-groups", _l("Alike matters"), "layers"),
            (P.EDIT_DIRECTORY, "/directory", _l("Who is in charge"), "book-open"),
            (P.TRIAGE, "/answer-templates", _l("Ready sentences"), "message-circle"),
            (P.EXPORT_NEEDS, "/need-exports", _l("Take needs along"), "download"),
        ),
    ),
    (
        _l("Service"),
        (
            (P.WRITE_LOG, "/logs", _l("Service records"), "clipboard-list"),
            (P.WRITE_LOG, "/service-lists", _l("Service by list"), "list-checks"),
            (P.WRITE_LOG, "/my-people", _l("My people"), "users"),
            (P.APPROVE_LOG, "/log-approvals", _l("To approve"), "clipboard-check"),
            (P.APPROVE_LATE_LOG, "/log-approvals", _l("Late records"), "clipboard-check"),
            (P.WRITE_LOG, "/activities", _l("Activities"), "calendar"),
            (P.READ_PRE_REPORTS, "/pre-reports", _l("Activities reported beforehand"), "clipboard-check"),
            (P.WRITE_LOG, "/hours", _l("Volunteer hours"), "clock"),
            (P.READ_VOLUNTEERS, "/volunteers", _l("Find volunteers"), "users"),
            (P.READ_HOUR_LISTS, "/hour-lists", _l("Hours for the official system"), "upload"),
            (P.ISSUE_CERTIFICATES, "/certificate-desk", _l("Certificates"), "file-text"),
            (P.APPROVE_STARS, "/star-desk", _l("Stars of volunteers"), "star"),
            (P.KEEP_TIME_BANK, "/time-bank-desk", _l("Time bank"), "handshake"),
            (P.MATCH_ATTENDANCE, "/to-match", _l("To be matched"), "list-checks"),
            (P.READ_DAY, "/print-kit", _l("Print kit"), "printer"),
            (P.READ_HINTS, "/hints", _l("Hints"), "circle-alert"),
            (P.INVITE_RATINGS, "/ratings/services", _l("Ask how it was"), "smile"),
            (P.STAND_IN_ON_PAPER, "/ratings/paper", _l("Paper slips of committees"), "smile"),
        ),
    ),
    (
        _l("Projects"),
        (
            (P.READ_PACKAGES, "/packages", _l("Packages"), "package"),
            (P.READ_PROJECTS, "/projects", _l("Projects"), "briefcase"),
            (P.READ_EVALUATION, "/evaluation", _l("Evaluations"), "star"),
        ),
    ),
    (
        _l("Figures and board"),
        (
            (P.READ_DASHBOARD, "/dashboard", _l("Figures"), "chart-column"),
            (P.READ_REPORTS, "/reports", _l("Monthly reports"), "file-text"),
            (P.OWN, "/board", _l("Public board"), "presentation"),
            (P.WRITE_NOTICE, "/notice-desk", _l("Notices"), "bell"),
            (P.AUDIT, "/audit", _l("Diary"), "book-open"),
        ),
    ),
    (
        _l("Registers"),
        (
            (P.READ_PEOPLE, "/people", _l("Register of people"), "users"),
            (P.READ_PEOPLE, "/long-unseen", _l("Not seen for long"), "heart-handshake"),
            (P.BRING_LEDGERS, "/ledgers", _l("Drop in a ledger"), "upload"),
            (P.READ_UNMASKED, "/unmasked-files", _l("Unmasked files"), "shield-check"),
            (P.READ_ACCOUNTS, "/accounts", _l("Those who work here"), "user"),
            (P.HAND_OVER, "/hand-overs/new", _l("Hand over work"), "handshake"),
            (P.EDIT_ORGANIZATIONS, "/organizations", _l("Organizations"), "building-2"),
            (P.EDIT_PLACES, "/places", _l("Places and courtyards"), "map-pin"),
            (P.SET_VOLUNTEER_RULES, "/volunteer-rules", _l("Stars and time bank"), "settings"),
            (P.SET_UP, "/set-up", _l("Set-up and trial runs"), "list-checks"),
        ),
    ),
)


# The addresses of all entries, the longest first, so that a page below one of them marks that one.
URLS = tuple(sorted({entry[1] for _, entries in PARTS for entry in entries}, key=len, reverse=True))


class Nav(NamedTuple):
    """What decides a side bar: the reader's permissions, and the entry below which the page lies."""

    permissions: frozenset[P]
    here: str

    @property
    def parts(self) -> tuple[Part, ...]:
        """Return the parts with the entries that this reader may open, the present one marked; no part is empty."""
        return _parts(self)


def nav(actor: Actor, path: str) -> Nav:
    """Return what decides the side bar of a page."""
    return Nav(actor.permissions, next((url for url in URLS if path == url or path.startswith(url + "/")), ""))


@functools.lru_cache(maxsize=500)
def _parts(nav: Nav) -> tuple[Part, ...]:
    found = (Part(label, _open(nav, entries)) for label, entries in PARTS)
    return tuple(part for part in found if part.entries)


def _open(nav: Nav, entries: tuple[tuple[P, str, Any, str], ...]) -> tuple[Item, ...]:
    return tuple(
        Item(url, label, icon, current=url == nav.here)
        for permission, url, label, icon in entries
        if permission in nav.permissions
    )
