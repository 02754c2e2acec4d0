"""The counter of reports: figures lead to their records, and the report goes from clerk to head to street."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime

import openpyxl
import pytest

from models import base
from models.accounts import actor_of
from models.base import travel
from models.homes import Task, home_of
from models.permissions import Role
from models.reports import Period, Report, ReportKind
from tests import builders, serving, voices
from tests.cast import Cast
from tests.visiting import Visitor

THEN = datetime(2026, 10, 13, 2, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 10, 2, 0, tzinfo=UTC)


@pytest.fixture
def october(cast: Cast, clock: base.Clock) -> str:
    """Let an October have a need and a service that four people rated, and return the end of its address."""
    with travel(THEN):
        builders.need(cast.community)
        voices.rated(cast, [5, 5, 5, 1])
    clock.read = lambda: LATER
    return f"place={cast.community.public_id}&period=2026-10"


def report(cast: Cast, *, signed: bool = False) -> Report:
    one = Report.draft(cast.community, ReportKind.MONTHLY, Period.of("2026-10"), by=actor_of(cast.clerk))
    one.submit("十月来访多。", by=actor_of(cast.clerk))
    if signed:
        one.sign(by=actor_of(cast.head))
    return one


def test_each_figure_of_the_page_leads_to_its_records(
    cast: Cast, client_for: Callable[..., Visitor], october: str
) -> None:
    clerk = client_for(cast.clerk)
    page = clerk.get(f"/reports/figures?{october}").text
    links = sorted(set(re.findall(r'href="(/reports/figures/records\?[^"]+)"', page)))
    assert len(links) > 40
    for link in links[:12] + [one for one in links if re.search(r"persons$|turns$|cases$|running$|response$", one)]:
        assert clerk.get(link.replace("&amp;", "&")).status_code == 200, link
    # Satisfaction leads to its unfolding, and the records of it are nobody's.
    assert "/reports/figures/satisfaction?" in page and "cell=satisfaction" not in page
    assert clerk.get(f"/reports/figures/records?{october}&cell=satisfaction.mean").status_code == 404
    assert clerk.get(f"/reports/figures/records?{october}&cell=nothing").status_code == 404


def test_what_four_people_said_is_on_no_page_and_in_no_file(
    cast: Cast, client_for: Callable[..., Visitor], october: str
) -> None:
    for part in (cast.clerk, cast.street_officer, cast.auditor):
        visitor = client_for(part)
        where = october if part is cast.clerk else october.replace(cast.community.public_id, cast.street.public_id)
        for address in ("figures", "figures/satisfaction", "figures/sheet"):
            text = visitor.get(f"/reports/{address}?{where}").text
            assert "75.0" not in text and "—" in text, (part.name, address)
        book = openpyxl.load_workbook(io.BytesIO(visitor.get(f"/reports/figures/workbook?{where}").data)).active
        values = {row[2].value: row[1].value for row in book.iter_rows(min_row=2)}
        assert values["satisfaction.mean"] == "—" and values["satisfaction.n"] == 4 and values["need.received"] == 1


@pytest.mark.parametrize("address", ["figures", "figures/records", "figures/satisfaction", "figures/workbook"])
def test_odd_addresses_are_not_found_and_nothing_breaks(
    cast: Cast, client_for: Callable[..., Visitor], october: str, address: str
) -> None:
    clerk = client_for(cast.clerk)
    for odd in ("period=2026-99", "place=%00", f"place={cast.other_community.public_id}", "place=ZZZZZZZZZZ",
                f"{october}&community=%00", f"{october}&community={cast.other_community.public_id}",
                f"place={cast.street.public_id}"):  # fmt: skip
        assert clerk.get(f"/reports/{address}?{odd}&cell=need.received").status_code == 404, odd
    assert clerk.get(f"/reports/{address}?{october}&cell=need.received&before=x&kind=y").status_code == 200


def test_a_clerk_begins_and_hands_in_the_head_signs_the_street_receives(
    cast: Cast, client_for: Callable[..., Visitor], october: str
) -> None:
    clerk, head, street = (client_for(one) for one in (cast.clerk, cast.head, cast.street_officer))
    form = {"place": cast.community.public_id, "period": "2026-10", "kind": "MONTHLY"}
    begun = clerk.post("/reports", data=form)
    assert begun.status_code == 303
    assert clerk.post("/reports", data=form).status_code == 422
    address = begun.location
    assert street.get(address).status_code == 404
    assert clerk.post(f"{address}/submission", data={"note": "十月来访多。"}).status_code == 303
    assert "等负责人签字" in clerk.get(address).text
    assert client_for(cast.other_head).post(f"{address}/signature").status_code == 404
    assert head.post(f"{address}/signature").status_code == 303
    assert "十月来访多。" in street.get(address).text
    assert street.post(f"{address}/receipt").status_code == 303
    assert street.post(f"{address}/receipt").status_code == 422
    assert street.get(f"{address}/sheet").status_code == 200
    assert street.get(f"{address}/workbook").status_code == 200


def test_a_report_goes_back_with_a_reason_from_head_and_from_street(
    cast: Cast, client_for: Callable[..., Visitor], october: str
) -> None:
    one = report(cast)
    address = f"/reports/{one.public_id}"
    head, clerk = client_for(cast.head), client_for(cast.clerk)
    assert head.post(f"{address}/return", data={"reason": ""}).status_code == 422
    assert head.post(f"{address}/return", data={"reason": "少了一场活动"}).status_code == 303
    assert "少了一场活动" in clerk.get(address).text
    assert clerk.post(f"{address}/submission", data={"note": ""}).status_code == 303
    assert head.post(f"{address}/signature").status_code == 303
    back = client_for(cast.street_officer).post(f"{address}/return-from-street", data={"reason": "请核对"})
    assert back.status_code == 303 and "请核对" in clerk.get(address).text


def test_a_changed_record_stands_beside_the_frozen_report(
    cast: Cast, client_for: Callable[..., Visitor], october: str
) -> None:
    one = report(cast, signed=True)
    with travel(THEN):
        builders.need(cast.community)
    page = client_for(cast.street_officer).get(f"/reports/{one.public_id}").text
    assert 'id="corrections"' in page and "收到需求" in page.partition('id="corrections"')[2]


def test_reports_wait_at_the_home_of_whoever_acts_next(cast: Cast, october: str) -> None:
    def tasks(account: object, role: Role) -> list[Task]:
        return [line.task for line in home_of(actor_of(account), role).waiting]  # type: ignore[arg-type]

    one = report(cast)
    assert Task.SIGN_REPORT in tasks(cast.head, Role.HEAD) and Task.RECEIVE_REPORT not in tasks(
        cast.street_officer, Role.STREET_OFFICE
    )
    one.sign(by=actor_of(cast.head))
    assert Task.RECEIVE_REPORT in tasks(cast.street_officer, Role.STREET_OFFICE)
    one.return_("请核对", by=actor_of(cast.street_officer))
    assert Task.REPORT_BACK in tasks(cast.clerk, Role.CLERK) and Task.SIGN_REPORT not in tasks(cast.head, Role.HEAD)


def test_the_stations_of_a_street_stand_one_by_one(
    cast: Cast, client_for: Callable[..., Visitor], october: str
) -> None:
    with travel(THEN):
        serving.approved(cast, serving.project(cast), *serving.people(cast, 2))
    page = client_for(cast.street_officer).get(
        f"/reports/figures?kind=STATION&period=2026-10&place={cast.street.public_id}"
    )
    assert page.text.count("社工人数") >= 3 and cast.organization.name in page.text
    links = re.findall(r'href="(/reports/figures/records\?[^"]+cell=service.persons)"', page.text)
    for link in links:
        assert client_for(cast.street_officer).get(link.replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize("part", ["worker", "manager", "resident", "grid_worker", "finance"])
def test_nobody_else_reads_reports(cast: Cast, client_for: Callable[..., Visitor], part: str) -> None:
    assert client_for(cast.clerk).get("/reports").status_code == 200
    assert client_for(getattr(cast, part)).get("/reports").status_code == 403


def test_a_grid_has_figures_of_its_own_that_open_their_records(
    cast: Cast, clock: base.Clock, client_for: Callable[..., Visitor]
) -> None:
    with travel(THEN):
        builders.need(cast.community, courtyard=cast.courtyard, text="路灯不亮，看不见台阶")
        builders.need(cast.community, text="想学用手机")
    clerk = client_for(cast.clerk)
    at = f"kind=MONTHLY&period=2026-10&place={cast.grid.public_id}"
    page = clerk.get(f"/reports/figures?{at}").text
    assert f"{cast.community.name} · {cast.grid.name}" in page and "各网格相加不一定等于社区" in page
    assert f"place={cast.courtyard.public_id}" in page and "开始填报" not in page
    listed = clerk.get(f"/reports/figures/records?{at}&cell=need.received").text
    assert "路灯不亮" in listed and "想学用手机" not in listed
    assert clerk.get(f"/reports/figures/records?{at}&cell=money.running").status_code == 200
    assert "从社区起才公布" in clerk.get(f"/reports/figures/satisfaction?{at}").text
    for part in ("sheet", "workbook"):
        assert clerk.get(f"/reports/figures/{part}?{at}").status_code == 200
    assert f"place={cast.grid.public_id}" in clerk.get(at.join(("/reports/figures?", "")).replace(
        cast.grid.public_id, cast.community.public_id)).text  # fmt: skip
    assert client_for(cast.other_clerk).get(f"/reports/figures?{at}").status_code == 404
    assert client_for(cast.grid_worker).get(f"/reports/figures?{at}").status_code == 403
