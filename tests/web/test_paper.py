"""Sheets of paper: what they say is still true when they are read, and each page tells what it is a page of."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
from flask import Flask

from models.accounts import actor_of
from models.base import SHANGHAI, now, today
from models.service_lists import ServiceList
from tests import builders, serving
from tests.cast import Cast
from web import filters, posters
from web.papers import A4

TEMPLATES = Path(__file__).resolve().parents[2] / "web" / "templates"
# The sheet of a day is thrown away in the evening.
OF_ONE_DAY = {"day_sheets/show.html"}


def test_no_sheet_says_today_or_leaves_out_the_year() -> None:
    """A poster is read tomorrow, a certificate in three years."""
    found = {
        str(path.relative_to(TEMPLATES)): re.findall(r"\|(?:day|moment|due)\b", text)
        for path in TEMPLATES.rglob("*.html")
        if '{% extends "layouts/print.html" %}' in (text := path.read_text("utf-8"))
    }
    assert len(found) >= 15, "the sheets were not found"
    wrong = sorted(name for name, uses in found.items() if uses and name not in OF_ONE_DAY)
    assert not wrong, f"use full_day, full_moment, full_due or posted_moment on paper: {wrong}"


def test_a_moment_on_a_poster_is_a_date_even_tomorrow(app: Flask) -> None:
    tomorrow = now() + timedelta(days=1)
    with app.test_request_context():
        assert filters.moment(tomorrow).startswith(("明天", "tomorrow"))
        assert "月" in filters.posted_moment(tomorrow) or tomorrow.astimezone(SHANGHAI).strftime("%b") in (
            filters.posted_moment(tomorrow)
        )
        said = filters.full_moment(datetime(2026, 12, 4, 9, 5, tzinfo=SHANGHAI))
        assert "2026" in said and said.endswith("09:05")


def test_a_term_that_ends_with_a_day_ends_on_that_day(app: Flask) -> None:
    midnight = datetime(2031, 12, 7, tzinfo=SHANGHAI)
    with app.test_request_context():
        assert filters.due(midnight).startswith("2031年12月6日") and filters.due(midnight).endswith("24:00")
        assert filters.full_due(midnight).startswith("2031年12月6日") and filters.full_due(midnight).endswith("24:00")
        assert filters.due(midnight + timedelta(hours=9)) == filters.moment(midnight + timedelta(hours=9))
        tonight = now().astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        assert filters.due(tonight) == "今天 24:00"


def test_the_posters_of_an_activity_name_the_day_and_not_tomorrow(db: Any, cast: Cast, client_for: Any) -> None:
    activity = serving.activity(cast, serving.project(cast), capacity=20)
    clerk = client_for(cast.clerk)
    for sheet in ("wall-poster", "poster", "sign-in-sheet"):
        page = clerk.get(f"/activities/{activity.public_id}/{sheet}").text
        assert not re.search(r"(今|明|昨)天 ?\d\d:\d\d", page), sheet
        assert re.search(r"\d+月\d+日（周.）", page), sheet
        assert cast.community.name in page, sheet


def test_lists_on_paper_name_the_courtyard_before_the_door(db: Any, cast: Cast, client_for: Any) -> None:
    """Door 3-1-201 is found in every courtyard of a community."""
    living = builders.person(
        cast.community, "何素琼", building="3", unit="1", room="201", courtyard_id=cast.courtyard.id
    )
    project = serving.project(cast)
    serving.approved(cast, project, living)
    here = f"{cast.courtyard.name} 3-1-201"
    clerk = client_for(cast.clerk)
    assert here in clerk.get(f"/projects/{project.public_id}/people-sheet").text
    listed = ServiceList.draw_up(
        project, [living], "重阳慰问", by=actor_of(cast.worker), goods="食用油 5 升", on_day=today()
    )
    paper = clerk.get(f"/service-lists/{listed.public_id}/sheet").text
    phone = client_for(cast.worker).get(f"/service-lists/{listed.public_id}").text
    assert here in paper and here in phone
    assert paper.count('class="running"') == 1, "each page says what it is a page of"


def test_every_page_that_is_printed_names_the_place_and_the_day(db: Any, cast: Cast, client_for: Any) -> None:
    page = client_for(cast.clerk).get("/dashboard").text
    assert f'<p class="only-print small">{cast.community.name} · ' in page


def test_rows_of_a_pdf_stay_whole_and_come_with_their_head_on_each_page() -> None:
    paper = A4("名单")
    paper.add_page()
    heads, who = ("序号", "内容"), "\n".join("一二三四")
    paper.rows((30, 100), [heads, *((f"第{n}行", who) for n in range(40))], 9, head=True)
    with pypdfium2.PdfDocument(paper.whole()) as document:
        pages = [one.get_textpage().get_text_range().split() for one in document]
    assert len(pages) > 2
    for words in pages:
        assert words[:2] == list(heads)
        # Each row brings its four lines with it.
        assert words.count("一二三四") == sum(word.startswith("第") for word in words)


def test_a_poster_of_few_words_has_larger_letters_and_a_long_one_ends_in_dots() -> None:
    assert posters._fitting(["东院凉亭"], 700) == (60, ["东院凉亭"])
    size, lines = posters._fitting(["剪刀走家的师傅来，排号。" * 60], 500)
    assert (size, lines[-1][-1]) == (42, "…")
