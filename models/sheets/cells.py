"""What people type into one cell: a number, a sum, a phone, a time, each known by its shape before it is converted."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal

from models.base import SHANGHAI

# Controls, lone surrogates, byte order marks, direction overrides: nobody types them, databases and readers stumble.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)
# Only these are folded: NFKC on everything would make 102 out of 10².
_FULL_WIDTH = re.compile("[\uff01-\uff5e\u3000\u00a0]")
_INT = re.compile(r"-?(?:\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.0{1,6})?", re.ASCII)
_FEN = re.compile(r"\d{1,9}(\.\d{1,2})?", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(,\d{3}){1,2}(\.\d{1,2})?", re.ASCII)
_PHONE_NOISE = re.compile(r"[\s()\-\u2010-\u2015\u2212.\u00b7]")
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_LANDLINE = re.compile(r"0(?:10|2\d)[2-9]\d{7}|0[3-9]\d{2}[2-9]\d{6,7}|[2-9]\d{6,7}|[48]00\d{7}", re.ASCII)
_SERIAL = re.compile(r"(\d{5})(\.\d{1,12})?", re.ASCII)
_WHEN = re.compile(
    r"""(?P<year>(?:19|20|21)\d\d)
    (?:\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*[日号]?|(?P<month8>\d\d)(?P<day8>\d\d))
    (?:\s*\(?(?:星期|周)[一二三四五六日天]\)?)?
    (?:(?:[T\s]\s*|(?<=[日号一二三四五六天)]))
       (?P<before>上午|下午|AM|PM)?\s*
       (?P<hour>\d{1,2})\s*[:时点](?:\s*(?P<minute>\d{1,2})\s*分?)?(?::?(?P<second>\d{1,2})(?:\.\d{1,9})?秒?)?
       \s*(?P<after>AM|PM)?
       \s*(?P<zone>Z|[+-]\d\d:?\d\d)?
    )?""",
    re.ASCII | re.VERBOSE | re.IGNORECASE,
)
# Nobody writes a time longer than this.
_LONGEST_WHEN = 60
# The first day of the calendar that spreadsheets count from.
_SERIAL_ZERO = datetime(1899, 12, 30, tzinfo=SHANGHAI)


def clean(text: str) -> str:
    """Return the text without what cannot be typed, with plain line ends, trimmed; widths stay as written."""
    return UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def fold(text: str) -> str:
    """Return the text with full-width digits, letters and signs made half-width; for numbers, phones and dates only."""
    return _FULL_WIDTH.sub(lambda found: unicodedata.normalize("NFKC", found.group()), clean(text)).strip()


def parse_int(text: str) -> int | None:
    """Return a whole number of at most nine digits, written 12, -3, 1,200 or 12.0; None when it is anything else."""
    folded = fold(text)
    return int(folded.replace(",", "").split(".")[0]) if _INT.fullmatch(folded) else None


def one_line(text: str) -> str:
    """Return what somebody broke over lines of a cell as one line; between Chinese no blank is left by it."""
    whole = " ".join(part.strip() for part in clean(text).split("\n") if part.strip())
    return re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", whole) if "\n" in clean(text) else whole


def parse_sum(text: str) -> int | None:
    """Return the fen of a sum as sheets hold it: 238,000.00元 and ￥96000 too; else None."""
    folded = fold(text).replace("．", ".").replace("，", ",").removesuffix("整").removesuffix("元").strip()
    folded = folded.removeprefix("¥").removeprefix("￥").removeprefix("人民币").strip()
    if _GROUPED.fullmatch(folded):
        folded = folded.replace(",", "")
    return parse_fen(folded)


def parse_fen(text: str) -> int | None:
    """Return the fen of a sum typed in yuan with at most two decimals, else None. Source: decisions.md 3."""
    folded = fold(text)
    if not _FEN.fullmatch(folded):
        return None
    yuan, _, parts = folded.partition(".")
    return int(yuan) * 100 + int(parts.ljust(2, "0"))


def parse_phone(text: str) -> str | None:
    """Return the digits of a mainland mobile or landline number without +86, spaces and dashes, else None."""
    # Tables that passed through a statistics program show a number as 13800138000.0, those of ours keep an apostrophe.
    bare = _PHONE_NOISE.sub("", fold(text).removeprefix("'").removesuffix(".0"))
    called = re.sub(r"^(?:\+|00)86", "", bare)
    if called != bare and _LANDLINE.fullmatch("0" + called):
        return "0" + called
    if _MOBILE.fullmatch(called) or _LANDLINE.fullmatch(called):
        return called
    return called[2:] if called.startswith("86") and _MOBILE.fullmatch(called[2:]) else None


def parse_when(text: str) -> datetime | None:
    """Return the instant in UTC of a written time; without a zone it is Shanghai's, without an hour its midnight."""
    moment = _moment(fold(text))
    return None if moment is None else moment.astimezone(UTC)


def parse_day(text: str) -> date | None:
    """Return the day in Shanghai of what people write for a date; None when it is no date."""
    moment = _moment(fold(text))
    return None if moment is None else moment.astimezone(SHANGHAI).date()


def _moment(text: str) -> datetime | None:
    if serial := _SERIAL.fullmatch(text):
        seconds = round(Decimal(serial[2] or 0) * 86400)
        return _SERIAL_ZERO + timedelta(days=int(serial[1]), seconds=seconds)
    found = _WHEN.fullmatch(text) if len(text) <= _LONGEST_WHEN else None
    if found is None:
        return None
    try:
        return _assemble(found)
    except ValueError:
        return None


def _assemble(found: re.Match[str]) -> datetime:
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    half = (found["before"] or found["after"] or "").upper()
    if half in ("下午", "PM") and hour < 12:
        hour += 12
    elif half in ("上午", "AM") and hour == 12:
        hour = 0
    # Duty lists end at 24:00, which is the next day's first minute.
    midnight = (hour, minute, second) == (24, 0, 0)
    moment = datetime(
        int(found["year"]),
        int(found["month"] or found["month8"]),
        int(found["day"] or found["day8"]),
        0 if midnight else hour,
        minute,
        second,
        tzinfo=_zone(found["zone"]),
    )
    return moment + timedelta(days=midnight)


def _zone(text: str | None) -> tzinfo:
    if not text:
        return SHANGHAI
    if text in "Zz":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))
