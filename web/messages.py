"""The words of code and templates, and what of them still lacks Chinese: `python -m web.messages [--check]`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import normalize, read_po

from web import catalogs

ROOT = Path(__file__).resolve().parent.parent
METHODS = [("**/static/**", "ignore"), ("**/translations/**", "ignore"), ("**.py", "python"), ("**.html", "jinja2")]
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "_l": None,
    "lazy_gettext": None,
    "_n": (1, 2),
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
ROOMS = {"blueprints", "forms", "templates", "sentences", "commands"}
HEADER = 'msgid ""\nmsgstr ""\n"Language: zh_Hans\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'


@dataclass(frozen=True)
class Found:
    """A string of the source and the first place where it stands."""

    file: str
    line: int
    id: str | tuple[str, ...]
    context: str | None

    @property
    def area(self) -> str:
        """Return the area whose catalog translates it."""
        parts = Path(self.file).with_suffix("").parts
        if parts[0] == "models":
            return parts[1]
        return parts[2] if len(parts) > 2 and parts[1] in ROOMS else "house"


def extracted(root: Path = ROOT) -> Iterator[Found]:
    """Yield every string that is to be read in two languages, once each, in the order of files."""
    seen = set()
    for room in ("models", "web"):
        options = {"**.html": {"silent": "false", "encoding": "utf-8"}}
        for file, line, message, _, context in extract_from_dir(str(root / room), METHODS, options, KEYWORDS):
            if message and (message, context) not in seen:
                seen.add((message, context))
                yield Found(f"{room}/{file}", line, message, context)


def _known(catalog: Catalog, found: Found) -> Message | None:
    return catalog.get(found.id if isinstance(found.id, str) else found.id[0], found.context)


def _shortcoming(message: Message | None) -> str | None:
    """Say what a translation lacks."""
    if message is None:
        return "is in no catalog"
    strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
    if not strings or not all(strings):
        return "has no Chinese yet"
    if message.fuzzy:
        return "is marked fuzzy; read it again and take the mark away"
    wanted = set(PLACEHOLDER.findall(message.id if isinstance(message.id, str) else message.id[-1]))
    for string in strings:
        if set(PLACEHOLDER.findall(string)) != wanted:
            return f"has other placeholders in Chinese ({string!r}) than in English"
    return None


def shortcomings(root: Path = ROOT) -> list[tuple[Found, str]]:
    """Return every string that a reader of Chinese would not read in Chinese, with the reason."""
    catalog = catalogs.joined(root / "web/translations/zh_Hans")
    reasons = ((found, _shortcoming(_known(catalog, found))) for found in extracted(root))
    return [(found, reason) for found, reason in reasons if reason]


def left_over(root: Path = ROOT) -> list[str]:
    """Return the translations of strings that no source has any more."""
    used = {found.id if isinstance(found.id, str) else found.id[0] for found in extracted(root)}
    catalog = catalogs.joined(root / "web/translations/zh_Hans")
    ids = (message.id if isinstance(message.id, str) else message.id[0] for message in catalog if message.id)
    return [one for one in ids if one not in used]


def told_apart(root: Path = ROOT) -> list[str]:
    """Return the strings that two areas say differently in Chinese: only the first is ever read."""
    said: dict[tuple[str, str | None], str] = {}
    faults = []
    for file in sorted((root / "web/translations/zh_Hans").glob("*.po")):
        with file.open("rb") as source:
            entries = [one for one in read_po(source) if isinstance(one.id, str) and one.id]
        for one in entries:
            first = said.setdefault((str(one.id), one.context), str(one.string))
            if first != one.string:
                where = f"{file.relative_to(root).as_posix()}:{one.lineno}"
                faults.append(f"{where}: {one.id!r} is {one.string!r} here and {first!r} in an earlier file")
    return faults


def _entry(found: Found) -> str:
    lines = [f"\n#: {found.file}"]
    if found.context:
        lines.append(f"msgctxt {normalize(found.context)}")
    if isinstance(found.id, str):
        return "\n".join([*lines, f"msgid {normalize(found.id)}", 'msgstr ""', ""])
    one, many = found.id[0], found.id[1]
    return "\n".join([*lines, f"msgid {normalize(one)}", f"msgid_plural {normalize(many)}", 'msgstr[0] ""', ""])


def add_missing(root: Path = ROOT) -> int:
    """Write an empty entry for every string that is in no catalog, into its area's file; return how many."""
    catalog, folder = catalogs.joined(root / "web/translations/zh_Hans"), root / "web/translations/zh_Hans"
    missing = [found for found in extracted(root) if _known(catalog, found) is None]
    for found in missing:
        file = folder / f"{found.area}.po"
        before = file.read_text(encoding="utf-8") if file.exists() else HEADER
        file.write_text(before + _entry(found), encoding="utf-8")
    return len(missing)


def main(words: list[str]) -> int:
    """Add empty entries unless asked only to check; print what is to be done; return 1 where anything is."""
    added = 0 if "--check" in words else add_missing()
    lacking = shortcomings()
    for found, reason in lacking:
        print(f"{found.file}:{found.line}: {found.id!r} {reason} (web/translations/zh_Hans/{found.area}.po)")
    for one in left_over():
        print(f"left over, no source has it any more: {one!r}")
    print(f"{added} entries added, {len(lacking)} strings to be translated")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
