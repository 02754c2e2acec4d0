"""What a reader may choose for their own eyes: language, colors, elder version and size of letters."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField

from web.forms.base import Form, options

LOCALES = options([("zh_Hans", "中文"), ("en", "English")])


class SettingsForm(Form):
    """All of it at once."""

    locale = RadioField(_l("Language"), choices=LOCALES, default="zh_Hans")
    theme = RadioField(
        _l("Colors"),
        choices=options([("auto", _l("As the phone has it")), ("light", _l("Day")), ("dark", _l("Night"))]),
        default="auto",
    )
    elder = BooleanField(_l("Elder version: large letters, fewer things at once"))
    text_step = RadioField(
        _l("Size of letters in the elder version"),
        choices=options([("1", _l("Large")), ("2", _l("Larger")), ("3", _l("Largest"))]),
        default="1",
    )
    next = HiddenField()


class ElderForm(Form):
    """The one switch in the bar of every page."""

    next = HiddenField()


class LanguageForm(Form):
    """The language alone."""

    locale = RadioField(_l("Language"), choices=LOCALES)
    next = HiddenField()
