"""What a place says of its stars and its time bank; hours are typed, minutes are kept."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import InputRequired

from models.volunteer_rules import STARS, Rules
from web.forms.base import EditForm
from web.forms.moments import NumberField

_NEEDED = [InputRequired(_l("Please write a whole number."))]


class RulesForm(EditForm):
    """Two switches and their numbers."""

    stars_on = BooleanField(_l("There are stars"))
    notice_days = NumberField(_l("Working days that a notice stands"), validators=_NEEDED)
    bank_on = BooleanField(_l("There is a time bank"))
    floor = NumberField(_l("How far a member may go into debt"), validators=_NEEDED)
    ceiling = NumberField(_l("How much a member may pile up"), validators=_NEEDED)
    expires_after = NumberField(_l("Minutes expire after"))

    def rules(self) -> Rules:
        """Return the rules as they were typed."""
        return Rules(
            self.stars_on.data, tuple((self[f"line_{n}"].number or 0) * 60 for n in range(1, STARS + 1)),
            self.notice_days.number or 0, self.bank_on.data, -60 * (self.floor.number or 0),
            60 * (self.ceiling.number or 0), self.expires_after.number or None,
        )  # fmt: skip

    @classmethod
    def of(cls, rules: Rules) -> RulesForm:
        """Return the form filled with the rules that hold now."""
        data: dict[str, Any] = asdict(rules)
        data |= {f"line_{n}": line // 60 for n, line in enumerate(rules.star_lines, start=1)}
        return cls(formdata=None, data={**data, "floor": -rules.floor // 60, "ceiling": rules.ceiling // 60})


for _n in range(1, STARS + 1):
    setattr(RulesForm, f"line_{_n}", NumberField(_l("Star"), validators=_NEEDED))
