"""What hangs on the demo's board: responsible units, answer templates, activities."""

from __future__ import annotations

import re
from typing import Any

from demo.clockwork import Year
from demo.people import desk_of
from demo.words import rows
from models.activities import Activity
from models.answer_templates import AnswerTemplate, TemplateStep
from models.directory import ResponsibleUnit
from models.needs import Field

TILES = {"物业管理": ["BUILDING", "PARKING"], "自管小组": ["BUILDING"], "城管": ["ENVIRONMENT"], "供水": ["BUILDING"],
         "电力": ["BUILDING"], "燃气": ["BUILDING"], "交警": ["PARKING"], "停车": ["PARKING"]}  # fmt: skip

# What a clerk fills in stands between brackets, in the clerk's language.
BLANKS = {
    "title": "这件事", "what": "〔办了什么〕", "reason": "〔为什么〕", "alternative": "〔还能怎么办〕", "channel": "〔哪个部门〕",
    "materials": "〔要带什么〕", "date": "〔哪天〕", "due": "〔哪天〕", "question": "〔要补什么〕", "clerk": "〔经办人〕",
    "ticket": "〔编号〕", "phone": "〔电话〕", "project": "〔项目〕", "place": "〔地点〕", "head": "〔负责人〕",
    "new_date": "〔新日子〕", "new_due": "〔新日子〕", "old_date": "〔原来的日子〕", "n": "〔几〕", "organization": "〔机构〕",
    "package": "〔需求包〕", "receipt": "〔回执编号〕", "step": "〔下一步〕", "time": "〔几点〕",
}  # fmt: skip
STEPS = {
    "NEED_INFO": TemplateStep.ASK_INFO,
    "CANNOT": TemplateStep.ANSWER_CANNOT,
    "RESOLVED": TemplateStep.ANSWER_DONE,
    "REJECTED": TemplateStep.REJECT,
    "REDIRECTED": TemplateStep.REDIRECT,
    "EXTENDED": TemplateStep.EXTEND,
}


def plan(year: Year) -> None:
    """Put everything on its day; whose day lies a little ahead is announced now."""
    year.on(1, lambda: _directory(year))
    year.on(1, lambda: _templates(year))
    for text in rows("activities"):
        year.on(max(3, min(text["day"] - 7, 364)), lambda text=text: _announce(year, text))  # type: ignore[misc]


def _directory(year: Year) -> None:
    for text in rows("directory"):
        clerk = desk_of(year, text["community"])[0]
        year.try_(
            lambda text=text, clerk=clerk: ResponsibleUnit.enter(  # type: ignore[misc]
                year.things[text["community"]],
                text["name"],
                by=clerk,
                duties=text["duty"],
                phone=text["phone"],
                hours=text["hours"],
                tiles=TILES.get(text["type"], []),
            ),
            text["slug"],
        )


def _templates(year: Year) -> None:
    for slug in ("jinyang", "chunxili", "liuwan"):
        clerk = desk_of(year, slug)[0]
        for text in rows("answer_templates"):
            field = Field(text["field"]) if text["field"] else None
            year.try_(
                lambda text=text, clerk=clerk, slug=slug, field=field: _keep(year, slug, text, field, clerk),  # type: ignore[misc]
                text["slug"],
            )


def _keep(year: Year, slug: str, text: dict[str, Any], field: Field | None, clerk: Any) -> None:
    step = STEPS.get(text["state"])
    if step is not None:
        said = re.sub(r"\{(\w+)\}", lambda blank: BLANKS[blank[1]], text["text"])
        clauses = re.split("[，。：；]", said.removeprefix("您好，"))
        title = next(one for one in clauses if len(one) > 4 and not one.startswith("〔"))
        AnswerTemplate.write(year.things[slug], step, title[:18], said, by=clerk, field=field)


def _announce(year: Year, text: dict[str, Any]) -> None:
    clerk = desk_of(year, text["community"])[0]
    start = year.at(max(text["day"], year.day), 14 * 60 + 30)
    minutes = text["minutes"]
    activity = year.try_(
        lambda: Activity.announce(
            year.things[text["community"]],
            text["title"],
            by=clerk,
            content=text["content"],
            place=text["place"],
            starts_at=start,
            ends_at=year.at(max(text["day"], year.day), 14 * 60 + 30 + minutes),
            in_charge=clerk.name,
            capacity=text.get("capacity"),
        ),
        text["slug"],
    )
    if activity is not None:
        year.things[f"activity:{text['slug']}"] = activity
