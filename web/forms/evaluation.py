"""What is typed about evaluations: four scores with their evidence, and the rules of a district."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Regexp

from models.evaluation import USUAL_SCHEME, USUAL_WEIGHTS, BaseScore, EvaluationScheme, Indicator, Proposal, Scheme
from models.ratings import Mattered
from web.forms.base import OnceForm, cleaned

TENTHS = re.compile(r"^(100(\.0)?|[0-9]{1,2}(\.[0-9])?)$")
HUNDREDTHS = re.compile(r"^[0-9]{1,3}(\.[0-9]{1,2})?$")


def _score(label: Any) -> Any:
    message = _l("A figure from 0 to 100, with one decimal at most.")
    return StringField(label, filters=[cleaned], validators=[InputRequired(message), Regexp(TENTHS, message=message)])


def _evidence() -> Any:
    message = _l("Please write what you saw.")
    return TextAreaField(
        _l("What it rests on"), filters=[cleaned], validators=[InputRequired(message), Length(10, 1000)]
    )


def _number(label: Any) -> Any:
    message = _l("A figure with two decimals at most.")
    return StringField(
        label, filters=[cleaned], validators=[InputRequired(message), Regexp(HUNDREDTHS, message=message)]
    )


class BaseScoreForm(OnceForm):
    """Each indicator with its score and what it rests on."""

    operation = _score(_l("Quality of operation"))
    operation_evidence = _evidence()
    achievement = _score(_l("What was achieved"))
    achievement_evidence = _evidence()
    organization = _score(_l("Organization and management"))
    organization_evidence = _evidence()
    budget = _score(_l("Budget"))
    budget_evidence = _evidence()

    def tenths(self) -> dict[Indicator, int]:
        """Return the scores in tenths of a point."""
        found = {}
        for one in Indicator:
            whole, _, tenth = self[one.value.lower()].data.partition(".")
            found[one] = int(whole) * 10 + int(tenth or 0)
        return found

    def evidence(self) -> dict[Indicator, str]:
        """Return what each score rests on."""
        return {one: self[f"{one.value.lower()}_evidence"].data for one in Indicator}


def filled(score: BaseScore | None) -> dict[str, str]:
    """Return the scores that stand, to be looked at again."""
    if score is None:
        return {}
    values = {}
    for one in Indicator:
        tenths = int(getattr(score, one.value.lower()))
        values[one.value.lower()] = f"{tenths // 10}.{tenths % 10}"
        values[f"{one.value.lower()}_evidence"] = score.evidence[one.value]
    return values


class SchemeForm(OnceForm):
    """The constants of a version that districts do set; the others stay as they are usual."""

    applies_from = DateField(_l("First day"), validators=[InputRequired(_l("Please choose a day."))])
    w_min = _number(_l("Least weight of the neighbors' voice, %"))
    w_max = _number(_l("Most weight, %: at most twice the least"))
    pass_line = _number(_l("Pass line for cautious opinions"))
    satisfied = _number(_l("“Satisfied” is worth"))
    mostly = _number(_l("“Mostly satisfied” is worth"))
    dissatisfied = _number(_l("“Dissatisfied” is worth"))
    target_percent = _number(_l("Target: ratings out of 100 people served"))
    excellent = _number(_l("Excellent from"))
    good = _number(_l("Good from"))
    passed = _number(_l("Passed from"))
    operation = _number(_l("Weight: quality of operation"))
    achievement = _number(_l("Weight: what was achieved"))
    organization = _number(_l("Weight: organization and management"))
    budget = _number(_l("Weight: budget"))
    attitude = _number(_l("Quality of service: attitude, %"))
    skill = _number(_l("Quality of service: skill, %"))
    timely = _number(_l("Quality of service: in time, %"))
    effect = _number(_l("Quality of service: effect, %"))

    def scheme(self) -> Scheme:
        """Return the constants that were typed."""
        return replace(
            USUAL_SCHEME,
            w_min=float(self.w_min.data) / 100, w_max=float(self.w_max.data) / 100,
            pass_line=float(self.pass_line.data),
            points=(100, float(self.satisfied.data), float(self.mostly.data), float(self.dissatisfied.data), 0),
            target_percent=int(float(self.target_percent.data)), excellent=float(self.excellent.data),
            good=float(self.good.data), passed=float(self.passed.data),
            quality=tuple(int(float(self[one.value.lower()].data)) for one in Mattered),
        )  # fmt: skip

    def weights(self) -> dict[Indicator, int]:
        """Return the weights of the four indicators."""
        return {one: int(float(self[one.value.lower()].data)) for one in Indicator}


def of_scheme(version: EvaluationScheme | None, proposed: Proposal | None = None) -> dict[str, Any]:
    """Return a version's constants as the form shows them; where there is none, the usual ones and what is proposed."""
    scheme = version.scheme if version else USUAL_SCHEME
    weights = version.weights if version else {one.value: weight for one, weight in USUAL_WEIGHTS.items()}
    quality = list(proposed.weights.values()) if proposed and not version else scheme.quality
    first: date | None = version.applies_from if version else None
    return {
        "applies_from": first, "w_min": f"{scheme.w_min * 100:g}", "w_max": f"{scheme.w_max * 100:g}",
        "pass_line": f"{scheme.pass_line:g}", "satisfied": f"{scheme.points[1]:g}", "mostly": f"{scheme.points[2]:g}",
        "dissatisfied": f"{scheme.points[3]:g}", "target_percent": f"{scheme.target_percent:g}",
        "excellent": f"{scheme.excellent:g}", "good": f"{scheme.good:g}", "passed": f"{scheme.passed:g}",
        **{name.lower(): f"{weight}" for name, weight in weights.items()},
        **{one.value.lower(): f"{weight}" for one, weight in zip(Mattered, quality, strict=True)},
    }  # fmt: skip
