"""Words in the reader's language, quickly: a page says some two hundred sentences, each looked up once a process."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import Flask, g
from flask_babel import Domain, get_babel, get_locale, ngettext
from flask_babel.speaklater import LazyString


@dataclass
class Found:
    """What was found for one language: by the sentence in the code, and by the lazy sentence."""

    locale: Any
    said: dict[Any, str] = field(default_factory=dict)
    lazy: dict[int, tuple[Any, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Counted:
    """A sentence that speaks of a number, its value n: of one thing as of one."""

    one: str
    many: str

    def __mod__(self, values: dict[str, Any]) -> str:
        """Return the sentence with its values put in, like any other sentence."""
        return str(ngettext(self.one, self.many, int(values["n"]), **values))


def counted(one: str, many: str) -> Counted:
    """Return a sentence that speaks of a number."""
    return Counted(one, many)


def _noted() -> Any:
    """Return what Babel notes for this request, or None outside of any."""
    try:
        return g.get("_flask_babel")
    except RuntimeError:
        return None


def spoken(sentence: Any) -> str:
    """Return what a lazy sentence says, without asking Babel again for what was said before."""
    if not isinstance(sentence, LazyString):
        return str(sentence)
    noted = _noted()
    here: Found | None = getattr(noted, "found", None)
    if here is None or here.locale is not getattr(noted, "babel_locale", None):
        return str(sentence)
    found = here.lazy.get(sentence_of := id(sentence))
    if found is None or found[0] is not sentence:
        found = here.lazy[sentence_of] = (sentence, str(sentence))
    return found[1]


class Wording(Domain):  # type: ignore[misc]
    """The catalog of the house, which remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self._found: dict[str, Found] = {}

    def _here(self) -> Found:
        """Return what was found for the reader's language, as Babel notes it for this request."""
        noted = _noted()
        locale = getattr(noted, "babel_locale", None) or get_locale()
        here: Found | None = getattr(noted, "found", None)
        if here is None or here.locale is not locale:
            known = self._found.setdefault(str(locale), Found(locale))
            here = Found(locale, known.said, known.lazy)
            if noted is not None:
                noted.found = here
        return here

    def gettext(self, string: str, **variables: Any) -> str:
        """Return a sentence in the reader's language, with its values put in."""
        said = self._here().said
        found = said.get(string)
        if found is None:
            found = said[string] = self.get_translations().ugettext(string)
        return found % variables if variables else found

    def counted(self, one: str, many: str, number: int) -> str:
        """Return a sentence that speaks of a number; its values are put in by whoever asks."""
        said = self._here().said
        # Of the two languages one tells one from many, the other does not.
        key = one, many, number == 1
        found = said.get(key)
        if found is None:
            found = said[key] = self.get_translations().ungettext(one, many, number)
        return found


def init_app(app: Flask) -> None:
    """Let pages and code ask here."""
    with app.app_context():
        wording = Wording()
        get_babel().instance.domain_instance = wording

    env: Any = app.jinja_env
    env.install_gettext_callables(wording.gettext, wording.counted, newstyle=True)
    # Jinja's own _ would look gettext up first, on every call.
    env.globals["_"] = env.globals["gettext"]
