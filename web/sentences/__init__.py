"""The words for keys: each area's refusals, labels, news and deeds, gathered from its own file."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _

from models.base import Refused
from web import wording

REFUSALS: dict[str, Any] = {}
LABELS: dict[str, dict[str, Any]] = {}
NEWS: dict[str, Any] = {}
DEEDS: dict[str, Any] = {}
# How a day and an instant are shown in a sentence; the filters of the pages say so.
SHOWN: dict[type, Callable[[Any], str]] = {}

for _module in pkgutil.iter_modules(__path__):
    _words = importlib.import_module(f"{__name__}.{_module.name}")
    REFUSALS.update(getattr(_words, "REFUSALS", {}))
    LABELS.update(getattr(_words, "LABELS", {}))
    NEWS.update(getattr(_words, "NEWS", {}))
    DEEDS.update(getattr(_words, "DEEDS", {}))


def refusal(error: Refused) -> str:
    """Return the sentence for a refusal, filled with its values; labels are put in for codes."""
    sentence = REFUSALS.get(error.key)
    if sentence is None:
        return _("This cannot be done now.")
    return str(sentence % {key: _told(value) for key, value in error.values.items()})


def _told(value: Any) -> str:
    shown = SHOWN.get(type(value))
    return shown(value) if shown else label(value)


def label(value: Any, kind: str | None = None) -> str:
    """Return the reader's word for an enum member (or a code of the named enum); other values as they are."""
    words = LABELS.get(kind or type(value).__name__, {})
    code = getattr(value, "value", value)
    return wording.spoken(words.get(code, code))


def news(key: str, values: dict[str, Any]) -> str:
    """Return the sentence of a piece of news."""
    return str(NEWS[key] % values) if key in NEWS else key


def deeds_like(words: str) -> list[str]:
    """Return the verbs whose words say something, in the reader's language; the name of a verb or of its area is taken too."""
    wanted = words.casefold()
    return [
        verb
        for verb, said in DEEDS.items()
        if wanted in wording.spoken(said).casefold() or verb == wanted or verb.startswith(f"{wanted}.")
    ]


def deed(verb: str) -> str:
    """Return what a verb of the diary is called on a timeline."""
    return str(DEEDS.get(verb, verb))
