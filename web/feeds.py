"""Calendars that a phone follows: the activities of a community as RFC 5545 writes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from models.base import SHANGHAI

ZONE = "Asia/Shanghai"
OCTETS = 75
# China has kept one time all year round since 1991; the rule is told all the same, for a zone may not go without.
_HEAD = (
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Linli//Activities//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
    f"X-WR-TIMEZONE:{ZONE}", "REFRESH-INTERVAL;VALUE=DURATION:PT6H", "X-PUBLISHED-TTL:PT6H",
)  # fmt: skip
_ZONE = (
    "BEGIN:VTIMEZONE", f"TZID:{ZONE}", "BEGIN:STANDARD", "DTSTART:19910915T010000", "TZOFFSETFROM:+0900",
    "TZOFFSETTO:+0800", "TZNAME:CST", "END:STANDARD", "END:VTIMEZONE",
)  # fmt: skip
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True)
class Entry:
    """One activity in a calendar. `uid` stays for ever; `sequence` grows with each change of the activity."""

    uid: str
    sequence: int
    title: str
    text: str
    place: str
    url: str
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    cancelled: bool


def written(name: str, entries: Sequence[Entry]) -> bytes:
    """Return a calendar as it is sent. Pure."""
    lines = [*_HEAD, f"NAME:{escaped(name)}", f"X-WR-CALNAME:{escaped(name)}", *_ZONE]
    for one in entries:
        lines += _event(one)
    return b"".join(folded(line) for line in [*lines, "END:VCALENDAR"])


def _event(one: Entry) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{one.uid}"
    # A calendar without a method of its own would show when it was made; in a published one it is the last change.
    yield f"DTSTAMP:{_utc(one.changed_at)}"
    yield f"LAST-MODIFIED:{_utc(one.changed_at)}"
    yield f"SEQUENCE:{one.sequence}"
    yield f"DTSTART;TZID={ZONE}:{_local(one.starts_at)}"
    yield f"DTEND;TZID={ZONE}:{_local(one.ends_at)}"
    yield f"SUMMARY:{escaped(one.title)}"
    yield f"DESCRIPTION:{escaped(one.text)}"
    yield f"LOCATION:{escaped(one.place)}"
    yield f"URL:{one.url}"
    yield f"STATUS:{'CANCELLED' if one.cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"


def _local(at: datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%Y%m%dT%H%M%S}"


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """Return a text as a value: backslash, semicolon, comma and line ends are written with a backslash. Pure."""
    return text.translate(_ESCAPED)


def folded(line: str) -> bytes:
    """Return a line with its end, broken after at most 75 octets and never inside a character. Pure."""
    out, width = [bytearray()], OCTETS
    for sign in line:
        coded = sign.encode()
        if len(out[-1]) + len(coded) > width:
            # The blank that begins a continued line is one of its 75.
            out.append(bytearray(b" "))
        out[-1] += coded
    return b"\r\n".join(bytes(part) for part in out) + b"\r\n"
