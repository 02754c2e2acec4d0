"""What a volunteer ticks: skills, free times, and who may find them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from models.volunteer_profiles import TIMES, Skill
from web.forms.base import OnceForm, options
from web.forms.moments import TicksField
from web.sentences.volunteer_profiles import SKILLS, time_words


class OfferForm(OnceForm):
    """Skills by tick, times by weekday and part of the day."""

    skills = TicksField(_l("What can you do?"), choices=options((one, SKILLS[one.value]) for one in Skill))
    times = TicksField(_l("When can you help?"), choices=options((one, time_words(one)) for one in TIMES))
    for_organizations = BooleanField(_l("Organizations that serve here may find and phone me too"))


class EntryForm(OfferForm):
    """What is ticked at the counter for somebody without an account; that they agreed is ticked, too."""

    agreed = BooleanField(_l("They agreed today that they can be found by this"))
