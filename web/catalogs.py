"""The Chinese catalogue: one small .po file an area, joined and compiled when the house opens."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCES = Path(__file__).parent / "translations" / "zh_Hans"


def joined(folder: Path = SOURCES) -> Catalog:
    """Return all areas' catalogues as one; where two areas translate one string, the first file's words stand."""
    whole = Catalog(locale="zh_Hans", domain="messages")
    for file in sorted(folder.glob("*.po")):
        with file.open("rb") as source:
            for message in read_po(source, locale="zh_Hans"):
                if not message.id:
                    continue
                known = whole.get(message.id, message.context)
                words = (known.string if known else "") or message.string
                whole.add(message.id, words, context=message.context, flags=message.flags)
    return whole


def compiled(instance: Path) -> str:
    """Compile the joined catalogue below the instance folder and return the folder that Babel reads."""
    files = sorted(SOURCES.glob("*.po"))
    mark = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]
    root = instance / "translations" / mark
    target = root / "zh_Hans" / "LC_MESSAGES" / "messages.mo"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent)
        with os.fdopen(handle, "wb") as out:
            write_mo(out, joined())
        os.replace(name, target)
    return str(root)
