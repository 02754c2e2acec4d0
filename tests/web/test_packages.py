"""The counter of packages: who may gather, who may decide, and what hostile hands get."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import func, select

from models.accounts import actor_of
from models.base import now, today
from models.need_groups import NeedGroup, NeedGroupMember
from models.needs import Kind, Need
from models.packages import Package, Track, carried
from models.packages.reading import PAGE
from models.projects import Project
from models.states import NeedState, PackageState
from tests import builders
from tests.cast import Cast
from tests.models.test_documents import pdf

REASON = "缺少食品经营许可，请先与食药所确认。"


def sent(gathered: list[Need], /, **changed: Any) -> dict[str, Any]:
    """Return a form of a package as a browser sends it."""
    return {
        "key": str(uuid.uuid4()), "title": "独居老人周末助餐", "track": "PROJECT", "field": "ELDERLY_DISABLED",
        "problem": "周末没处吃饭", "output": "送出周末热餐", "output_target": "5200", "output_unit": "份",
        "output_measure": "TURNS", "change": "从12户到70户", "how_checked": "每月抽五户打电话问",
        "activities": "送餐\n探访",
        "starts_on": "2026-12-01", "ends_on": "2027-11-30", "lines-0-category": "STAFF", "lines-0-label": "社工",
        "lines-0-amount": "86400.5", "next_step": "街道审定", "next_on": (today() + timedelta(days=7)).isoformat(),
        "needs": [need.public_id for need in gathered], **changed,
    }  # fmt: skip


def count(db: Any, kind: Any) -> int:
    """Return how many rows of a kind there are."""
    return int(db.session.scalar(select(func.count()).select_from(kind)))


def submitted(cast: Cast, **more: Any) -> Package:
    """Return a package of the clerk that waits for a decision."""
    package = builders.package(cast.community, actor_of(cast.clerk), **more)
    package.submit(by=actor_of(cast.clerk))
    return package


def test_a_clerk_gathers_needs_once_however_often_the_button_is_pressed(db: Any, cast: Cast, client_for: Any) -> None:
    needs = [builders.accepted(cast.community, actor_of(cast.clerk)) for _ in range(2)]
    clerk, form = client_for(cast.clerk), sent(needs)
    first, second = clerk.post("/packages", data=form), clerk.post("/packages", data=form)
    assert first.status_code == second.status_code == 303
    assert first.location == second.location
    [package] = db.session.scalars(select(Package)).all()
    assert package.total() == 8_640_050
    assert {Need.get(need.id).state for need in needs} == {NeedState.PLANNED}
    page = clerk.get(first.location)
    assert page.status_code == 200
    assert "86,400.50" in page.text


def test_of_two_clerks_who_gather_one_need_the_second_reads_who_has_it(db: Any, cast: Cast, client_for: Any) -> None:
    need, free = (builders.accepted(cast.community, actor_of(cast.clerk)) for _ in range(2))
    first = client_for(cast.clerk).post("/packages", data=sent([need], title="周末助餐"))
    assert first.status_code == 303
    second = client_for(cast.head).post("/packages", data=sent([need, free], title="又一个包"))
    assert second.status_code == 422
    assert f"“周末助餐”里了，是{cast.clerk.name}放进去的" in second.text
    assert "又一个包" in second.text
    assert f'value="{free.public_id}" data-count="1" checked' in second.text
    assert count(db, Package) == 1


def test_a_petition_is_not_offered_and_a_page_from_before_reads_where_it_goes(
    db: Any, cast: Cast, client_for: Any
) -> None:
    clerk = actor_of(cast.clerk)
    plain, petition = (builders.accepted(cast.community, clerk, kind=kind) for kind in (None, Kind.PETITION))
    page = client_for(cast.clerk)
    offered = page.get(f"/packages/new?need={petition.public_id}").text
    assert plain.public_id in offered and f'value="{petition.public_id}"' not in offered
    answer = page.post("/packages", data=sent([plain, petition]))
    assert answer.status_code == 422 and f"{petition.ticket_no} 是信访事项，须陪同转交信访部门" in answer.text
    assert count(db, Package) == 0 and Need.get(plain.id).state == NeedState.ACCEPTED


def test_the_page_of_a_package_shows_that_a_need_left_it_with_a_merging(db: Any, cast: Cast, client_for: Any) -> None:
    by, clerk = actor_of(cast.clerk), client_for(cast.clerk)
    one, two, other = (builders.accepted(cast.community, by) for _ in range(3))
    draft = builders.package(cast.community, by, needs=[one, two])
    group = NeedGroup(community_id=cast.community.id, label="扶手").save()
    for need in (two, other):
        NeedGroupMember(group_id=group.id, need_id=need.id, joined_at=now()).save()
    db.session.commit()
    form = {"key": str(uuid.uuid4()), "target": other.public_id}
    assert clerk.post(f"/desk/needs/{one.public_id}/merging", data=form).status_code == 303
    both = {"key": str(uuid.uuid4()), "target": other.public_id, "need": [two.public_id, other.public_id]}
    assert clerk.post(f"/need-groups/{group.public_id}/merge", data=both).status_code == 303
    page = clerk.get(f"/packages/{draft.public_id}")
    assert page.status_code == 200 and one.ticket_no not in page.text
    assert page.text.count("合并") >= 2
    assert clerk.post(f"/desk/needs/{one.public_id}/separation", data={"key": str(uuid.uuid4())}).status_code == 303
    assert one.public_id in clerk.get("/packages/new").text


def test_a_need_that_is_asked_for_stands_in_the_form_however_many_wait(
    db: Any, cast: Cast, client_for: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carried, "MOST_CANDIDATES", 1)
    _first, last = (builders.accepted(cast.community, actor_of(cast.clerk)) for _ in range(2))
    page = client_for(cast.clerk).get(f"/packages/new?need={last.public_id}").text
    assert f'value="{last.public_id}" data-count="1" checked' in page
    assert client_for(cast.clerk).post("/packages", data=sent([last])).status_code == 303


def test_the_form_lists_needs_of_the_own_community_with_the_asked_one_ticked(
    db: Any, cast: Cast, client_for: Any
) -> None:
    need = builders.accepted(cast.community, actor_of(cast.clerk))
    elsewhere = builders.accepted(cast.other_community, actor_of(cast.other_clerk))
    page = client_for(cast.clerk).get(f"/packages/new?need={need.public_id}").text
    assert f'value="{need.public_id}" data-count="1" checked' in page
    assert elsewhere.public_id not in page


@pytest.mark.parametrize(
    "changed",
    [
        {"lines-0-amount": "1e9"}, {"lines-0-amount": "-1"}, {"lines-0-amount": "１２"}, {"lines-0-amount": "1.234"},
        {"lines-0-amount": "9999999999"}, {"lines-0-category": "BRIBE"}, {"output_target": "１２"},
        {"output_target": "1_000"}, {"starts_on": "2026-W10-1"}, {"starts_on": "0001-01-01"}, {"next_on": "1999-01-01"},
        {"next_on": "20260301"}, {"next_on": ""}, {"track": "GIFT"}, {"field": "x" * 5000}, {"needs": []},
        {"needs": ["0000000000"]}, {"title": ""}, {"title": "长" * 81}, {"ends_on": "2026-11-30"},
        {"track": "SELF_RUN"}, {"track": "SMALL"},
    ],
)  # fmt: skip
def test_absurd_values_are_said_beside_the_form(db: Any, cast: Cast, client_for: Any, changed: dict[str, Any]) -> None:
    form = sent([builders.accepted(cast.community, actor_of(cast.clerk))], **changed)
    answer = client_for(cast.clerk).post("/packages", data=form)
    assert answer.status_code == 422
    assert count(db, Package) == 0
    # A line of the budget that is wrong is said in words, not as it lies in memory.
    assert "&#39;amount&#39;" not in answer.text and "{}" not in answer.text


def test_nasty_words_stay_words(db: Any, cast: Cast, client_for: Any) -> None:
    form = sent([builders.accepted(cast.community, actor_of(cast.clerk))], title="<script>alert(1)</script>",
                problem="<img src=x onerror=alert(2)>'; DROP TABLE packages; --")  # fmt: skip
    clerk = client_for(cast.clerk)
    page = clerk.get(clerk.post("/packages", data=form).location).text
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page
    assert "DROP TABLE packages" in page


def test_a_need_of_another_community_is_not_gathered(db: Any, cast: Cast, client_for: Any) -> None:
    builders.accepted(cast.community, actor_of(cast.clerk))
    elsewhere = builders.accepted(cast.other_community, actor_of(cast.other_clerk))
    assert client_for(cast.clerk).post("/packages", data=sent([elsewhere])).status_code == 422
    assert count(db, Package) == 0


def test_those_who_may_not_gather_are_turned_away(db: Any, cast: Cast, client_for: Any) -> None:
    need = builders.accepted(cast.community, actor_of(cast.clerk))
    for nobody in (cast.resident, cast.worker, cast.finance, cast.auditor, cast.street_officer):
        assert client_for(nobody).post("/packages", data=sent([need])).status_code == 403
    assert client_for().post("/packages", data=sent([need])).status_code == 302
    assert count(db, Package) == 0


def test_packages_of_others_are_not_found(db: Any, cast: Cast, client_for: Any) -> None:
    package = submitted(cast)
    stranger, here = client_for(cast.other_clerk), f"/packages/{package.public_id}"
    assert client_for(cast.clerk).get(here).status_code == 200
    for path in (here, f"{here}/revision"):
        assert stranger.get(path).status_code == 404
    for noun in ("revision", "needs", "papers", "submission", "dissolution"):
        assert stranger.post(f"{here}/{noun}", data={"why": REASON}).status_code == 404
    for noun in ("return", "infeasibility", "approval"):
        assert client_for(cast.other_head).post(f"{here}/{noun}", data={"why": REASON}).status_code == 404
        assert client_for(cast.clerk).post(f"{here}/{noun}", data={"why": REASON}).status_code == 403


def test_a_stale_revision_shows_both_texts(db: Any, cast: Cast, client_for: Any) -> None:
    package = builders.package(cast.community, actor_of(cast.clerk))
    here, seen = f"/packages/{package.public_id}/revision", package.version
    first, late = client_for(cast.clerk), client_for(cast.two_hats)
    assert first.get(here).status_code == 200
    assert first.post(here, data=sent([], version=seen, problem="先写的")).status_code == 303
    answer = late.post(here, data=sent([], version=seen, problem="后写的"))
    assert answer.status_code == 409
    assert "先写的" in answer.text and "后写的" in answer.text
    assert db.session.get(Package, package.id).problem == "先写的"
    [fresh] = re.findall(r'name="version" value="(\d+)"', answer.text)
    assert late.post(here, data=sent([], version=fresh, problem="两人商量好的")).status_code == 303


def test_needs_are_added_and_taken_out_on_the_page(db: Any, cast: Cast, client_for: Any) -> None:
    clerk = actor_of(cast.clerk)
    package, need = builders.package(cast.community, clerk), builders.accepted(cast.community, clerk)
    here, visitor = f"/packages/{package.public_id}", client_for(cast.clerk)
    step = {"next_step": "街道审定", "next_on": (today() + timedelta(days=7)).isoformat()}
    assert visitor.post(f"{here}/needs", data={"need": "nonsense", **step}).status_code == 422
    assert visitor.post(f"{here}/needs", data={"need": need.public_id, **step}).status_code == 303
    assert visitor.post(f"{here}/needs/{need.public_id}/removal", data={"why": ""}).status_code == 422
    assert visitor.post(f"{here}/needs/{need.public_id}/removal", data={"why": REASON}).status_code == 303
    assert Need.get(need.id).state == NeedState.ACCEPTED


def picture() -> BytesIO:
    """Return a small photo."""
    data = BytesIO()
    Image.new("RGB", (64, 64), "white").save(data, "PNG")
    data.seek(0)
    return data


def test_the_small_track_is_handed_in_with_its_papers(db: Any, cast: Cast, client_for: Any) -> None:
    package = builders.package(cast.community, actor_of(cast.clerk), track=Track.SMALL,
                               lines=[builders.Line(builders.BudgetCategory.ACTIVITY, "材料", 950_000)])  # fmt: skip
    here, clerk = f"/packages/{package.public_id}", client_for(cast.clerk)
    assert clerk.post(f"{here}/submission").status_code == 422
    assert clerk.post(f"{here}/papers", data={"paper": "MEETING"}).status_code == 422
    for paper in ("MEETING", "NOTICE"):
        form = {"paper": paper, "photos_files": (picture(), "纪要.png")}
        assert clerk.post(f"{here}/papers", data=form).status_code == 303
    assert clerk.post(f"{here}/submission").status_code == 303
    page = client_for(cast.street_officer).get(here).text
    thumbnail = page.split('<img src="/attachments/')[1].split('"')[0]
    assert client_for(cast.street_officer).get(f"/attachments/{thumbnail}").status_code == 200
    assert client_for(cast.other_clerk).get(f"/attachments/{thumbnail}").status_code == 404
    assert "9,500.00" in page


def test_a_record_of_a_meeting_comes_as_a_file_and_is_handed_out_as_one(db: Any, cast: Cast, client_for: Any) -> None:
    package = builders.package(cast.community, actor_of(cast.clerk))
    here, clerk, words = f"/packages/{package.public_id}", client_for(cast.clerk), pdf()
    active = {"paper": "SURVEY", "photos_files": (BytesIO(pdf(b"<</S /JavaScript>>")), "a.pdf")}
    assert clerk.post(f"{here}/papers", data=active).status_code == 422
    form = {"paper": "SURVEY", "photos_files": (BytesIO(words), "调研.pdf")}
    assert clerk.post(f"{here}/papers", data=form).status_code == 303
    [address] = re.findall(r"/attachments/\w{10}/document", clerk.get(here).text)
    answer = client_for(cast.street_officer).get(address)
    assert (answer.data, answer.mimetype) == (words, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for stranger in (cast.other_clerk, cast.resident):
        assert client_for(stranger).get(address).status_code == 404
    assert clerk.get(address.replace("document", "display")).status_code == 404


def test_the_street_returns_refuses_or_approves(db: Any, cast: Cast, client_for: Any) -> None:
    street = client_for(cast.street_officer)
    returned, refused, approved = submitted(cast), submitted(cast), submitted(cast, title="院坝健身点")
    assert street.post(f"/packages/{returned.public_id}/return", data={"why": ""}).status_code == 422
    assert street.post(f"/packages/{returned.public_id}/return", data={"why": REASON}).status_code == 303
    assert street.post(f"/packages/{refused.public_id}/infeasibility", data={"why": REASON}).status_code == 303
    answer = street.post(f"/packages/{approved.public_id}/approval")
    assert answer.status_code == 303
    assert street.get(answer.location).status_code == 200
    states = {Package.get(one.id).state for one in (returned, refused, approved)}
    assert states == {PackageState.RETURNED, PackageState.UNFEASIBLE, PackageState.APPROVED}
    again = street.post(f"/packages/{approved.public_id}/approval")
    assert again.status_code == 422
    assert count(db, Project) == 1


def test_a_head_reads_why_own_packages_wait_for_somebody_else(db: Any, cast: Cast, client_for: Any) -> None:
    head = actor_of(cast.head)
    package = builders.package(cast.community, head, track=Track.SELF_RUN, lines=[])
    package.submit(by=head)
    answer = client_for(cast.head).post(f"/packages/{package.public_id}/approval")
    assert answer.status_code == 422
    assert "由别人来决定" in answer.text
    assert count(db, Project) == 0


def test_hints_come_while_somebody_writes(db: Any, cast: Cast, client_for: Any) -> None:
    clerk, htmx = client_for(cast.clerk), {"HX-Request": "true"}
    assert "方向" in clerk.get("/packages/hints?change=丰富老年人精神文化生活", headers=htmx).text
    assert "方向" not in clerk.get("/packages/hints?change=从12户到70户", headers=htmx).text
    assert clerk.get("/packages/hints?change=x").status_code == 303
    assert client_for(cast.resident).get("/packages/hints?change=x").status_code == 403


def test_the_list_pages_by_what_came_before_in_few_queries(
    db: Any, cast: Cast, client_for: Any, count_queries: Any
) -> None:
    clerk = actor_of(cast.clerk)
    for n in range(PAGE + 2):
        builders.package(cast.community, clerk, title=f"第{n}个")
    visitor = client_for(cast.clerk)
    with count_queries() as queries:
        page = visitor.get("/packages")
    assert len(queries) <= 5
    assert f"第{PAGE + 1}个" in page.text
    older = page.text.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    rest = visitor.get(older).text
    assert "第0个" in rest
    assert f"第{PAGE + 1}个" not in rest
    assert visitor.get("/packages?before=nonsense&state=x&track=%00").status_code == 200
    assert "第0个" not in visitor.get("/packages?state=APPROVED").text
    assert "第1个" not in client_for(cast.other_clerk).get("/packages").text
    assert client_for(cast.street_officer).get("/packages").text.count("第") >= PAGE
    assert client_for(cast.resident).get("/packages").status_code == 403
