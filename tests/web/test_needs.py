"""The counter of needs: told in three steps, opened again by its author, and by nobody else."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import func, select

from models.accounts import actor_of
from models.attachments import Attachment
from models.base import db as database
from models.base import now, travel
from models.events import JOB
from models.needs import AnswerKind, Field, Need, Urgency
from models.people import MandateKind, MandateWay, Person
from models.states import NeedState
from tests import builders
from tests.cast import Cast

HOSTILE = [
    "<script>alert(1)</script>",
    "＜script＞全角",
    "' OR 1=1 --",
    "{{ 7*7 }}",
    "\u202eabc\u200b",
    "\x00\x07嗯",
    "=cmd|' /C calc'!A0",
    "💥" * 300,
    "a" * 6000,
    "\ud800",
    "１２３²",
]


def photo() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(out, "JPEG")
    out.seek(0)
    return out


def form(cast: Cast, **more: Any) -> dict[str, Any]:
    return {
        "community": cast.community.public_id,
        "text": "楼道灯坏了三天，老人不敢下楼。",
        "key": f"0000-{builders.number():08d}",
        **more,
    }


def last_need() -> Need:
    return database.session.scalars(select(Need).order_by(Need.id.desc()).limit(1)).one()


def test_a_stranger_chooses_a_community_first(cast: Cast, client: Any) -> None:
    page = client.get("/needs/new")
    assert page.status_code == 200
    assert cast.community.name in page.text
    client.get(f"/at/{cast.courtyard.public_id}")
    page = client.get("/needs/new")
    assert "老人照料" in page.text
    assert "服务三农" not in page.text
    assert cast.courtyard.name in page.text


def test_a_stranger_sends_a_need_and_opens_it_with_the_receipt(cast: Cast, client_for: Callable[..., Any]) -> None:
    here = client_for()
    answer = here.post(
        "/needs", data=form(cast, name="周奶奶", phone="138 0013 8000", courtyard=cast.courtyard.public_id)
    )
    assert answer.status_code == 303, answer.text
    need = last_need()
    assert need.ticket_no in here.get(answer.location).text
    assert here.get(f"/needs/{need.public_id}").status_code == 200
    other = client_for()
    assert other.get(f"/needs/{need.public_id}").status_code == 404
    wrong = other.post("/receipts", data={"ticket_no": need.ticket_no, "last_four": "1111"})
    assert wrong.status_code == 422
    assert need.ticket_no in wrong.text
    for copied in (need.ticket_no.lower(), need.ticket_no.replace("-", ""), need.ticket_no.replace("-", " － ")):
        right = other.post("/receipts", data={"ticket_no": copied, "last_four": "8000"})
        assert right.status_code == 303, copied
    assert other.get(right.location).status_code == 200


def test_the_receipt_is_throttled_after_ten_wrong_tries(cast: Cast, client: Any) -> None:
    need = builders.need(cast.community)
    for _ in range(10):
        assert client.post("/receipts", data={"ticket_no": need.ticket_no, "last_four": "0000"}).status_code == 422
    digits = database.session.get(Person, need.author_person_id).phone[-4:]
    stopped = client.post("/receipts", data={"ticket_no": need.ticket_no, "last_four": digits})
    assert stopped.status_code == 429
    assert "Retry-After" in stopped.headers


def test_who_is_known_by_name_and_number_is_not_entered_twice(cast: Cast, client: Any) -> None:
    known = cast.neighbor
    client.post("/needs", data=form(cast, name=known.name, phone=known.phone))
    assert last_need().author_person_id == known.id


def test_sending_twice_with_one_key_makes_one_need(cast: Cast, client_for: Callable[..., Any]) -> None:
    visitor = client_for(cast.resident)
    body = form(cast)
    first, second = visitor.post("/needs", data=body), visitor.post("/needs", data=body)
    assert first.status_code == second.status_code == 303
    assert first.location == second.location
    third = visitor.post("/needs", data={**body, "text": "另外一件事，院子里的树要倒了。"})
    assert third.status_code == 422
    assert database.session.scalar(select(func.count()).select_from(Need)) == 1


def test_what_was_typed_stays_when_the_name_is_missing(cast: Cast, client: Any) -> None:
    page = client.post("/needs", data=form(cast))
    assert page.status_code == 422
    assert "楼道灯坏了三天" in page.text
    assert "请写下您的称呼" in page.text


def test_a_photo_survives_a_missing_name_without_script(cast: Cast, client: Any) -> None:
    sent = client.post(
        "/needs", data={**form(cast), "photos_files": (photo(), "a.jpg")}, content_type="multipart/form-data"
    )
    taken = re.search(r'name="photos" value="(\w{10})"', sent.text)
    assert sent.status_code == 422
    assert taken
    body = {**form(cast, name="周奶奶", phone="13800138001"), "photos": taken[1]}
    assert client.post("/needs", data=body).status_code == 303
    page = client.get(f"/needs/{last_need().public_id}")
    assert f"/attachments/{taken[1]}/thumbnail" in page.text
    assert client.get(f"/attachments/{taken[1]}/thumbnail").mimetype == "image/webp"


def test_a_photo_of_somebody_else_is_not_found_and_not_claimed(cast: Cast, client_for: Callable[..., Any]) -> None:
    owner, thief = client_for(cast.resident), client_for(cast.other_resident)
    sent = owner.post(
        "/attachments", data={"photo": (photo(), "a.jpg"), "key": "p-1234567890"}, headers={"HX-Request": "true"}
    )
    public_id = re.search(r'value="(\w{10})"', sent.text)[1]  # type: ignore[index]
    assert thief.get(f"/attachments/{public_id}/display").status_code == 404
    body = {**form(cast), "community": cast.other_community.public_id, "photos": public_id}
    assert thief.post("/needs", data=body).status_code == 422


@pytest.mark.parametrize("data", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", b"\xff\xd8\xff\xe0cut"])
def test_what_is_no_picture_is_refused_in_words(cast: Cast, client_for: Callable[..., Any], data: bytes) -> None:
    visitor = client_for(cast.resident)
    answer = visitor.post("/attachments", data={"photo": (io.BytesIO(data), "x.jpg"), "key": "p-1234567891"})
    assert answer.status_code == 422


def test_an_answer_that_comes_late_takes_no_receipt_away(cast: Cast, client: Any) -> None:
    client.get(f"/needs/new?community={cast.community.public_id}")
    # The page asks for similar matters while somebody types; the answer may arrive after that of the form.
    late = client.get("/needs/similar?text=楼道的灯又坏了")
    assert "Set-Cookie" not in late.headers
    sent = client.post("/needs", data=form(cast, name="周奶奶", phone="138 0013 8000"))
    assert "Set-Cookie" in sent.headers
    assert client.get(sent.location).status_code == 200


def test_similar_needs_come_first_and_the_draft_goes_on(cast: Cast, client_for: Callable[..., Any]) -> None:
    known = builders.accepted(cast.community, actor_of(cast.clerk), Field.ELDERLY_DISABLED, Urgency.GENERAL)
    known.public_title = "楼道灯坏了没人修"
    visitor = client_for(cast.resident)
    page = visitor.post("/needs", data=form(cast, place_detail="3 栋"))
    assert page.status_code == 200
    assert "楼道灯坏了没人修" in page.text
    assert "3 栋" in page.text
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    assert visitor.post("/needs", data=fields).status_code == 303
    assert last_need().place_detail == "3 栋"


def test_a_household_supports_once(cast: Cast, client_for: Callable[..., Any]) -> None:
    need = builders.accepted(cast.community, actor_of(cast.clerk))
    need.public_title = "老年食堂周末停餐"
    visitor = client_for(cast.resident)
    assert visitor.post(f"/needs/{need.public_id}/supports", data={"key": "s-00000001"}).status_code == 303
    assert "您家也需要" in visitor.get(f"/board/needs/{need.public_id}").text
    assert visitor.post(f"/needs/{need.public_id}/supports", data={"key": "s-00000002"}).status_code == 422
    stranger = client_for(cast.other_resident)
    assert stranger.post(f"/needs/{need.public_id}/supports", data={"key": "s-00000003"}).status_code == 404
    assert visitor.post(f"/needs/{need.public_id}/supports/withdrawal", data={"key": "s-00000004"}).status_code == 303


def test_the_public_reads_only_the_published_title(cast: Cast, client: Any) -> None:
    need = builders.need(cast.community, "我家的私事，不想让人知道")
    assert client.get(f"/board/needs/{need.public_id}").status_code == 404
    need.public_title = "希望有人陪聊"
    page = client.get(f"/board/needs/{need.public_id}")
    assert page.status_code == 200
    assert "希望有人陪聊" in page.text
    assert "我家的私事" not in page.text
    assert "希望有人陪聊" in client.get("/board/needs").text


def test_an_author_rewrites_until_somebody_else_was_faster(cast: Cast, client_for: Callable[..., Any]) -> None:
    need = builders.need(cast.community, author=cast.neighbor)
    visitor = client_for(cast.resident)
    seen = need.version
    assert (
        visitor.post(f"/needs/{need.public_id}/edit", data={"text": "改一下：是 3 栋。", "version": seen}).status_code
        == 303
    )
    late = visitor.post(f"/needs/{need.public_id}/edit", data={"text": "再改一下", "version": seen})
    assert late.status_code == 409
    assert "再改一下" in late.text
    assert "改一下：是 3 栋。" in late.text
    assert client_for(cast.other_resident).post(f"/needs/{need.public_id}/edit", data={"text": "x"}).status_code == 404


def test_a_need_is_not_rewritten_after_it_was_accepted(cast: Cast, client_for: Callable[..., Any]) -> None:
    need = builders.accepted(cast.community, actor_of(cast.clerk), author=cast.neighbor)
    answer = client_for(cast.resident).post(f"/needs/{need.public_id}/edit", data={"text": "晚了"})
    assert answer.status_code == 422
    assert need.state == NeedState.ACCEPTED


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_no_field_of_the_intake_breaks(cast: Cast, client: Any, value: str) -> None:
    for field in (
        "text",
        "tile",
        "courtyard",
        "place_detail",
        "name",
        "phone",
        "for_whom",
        "community",
        "key",
        "photos",
    ):
        body = {**form(cast, name="周奶奶", phone="13800138002"), field: value.encode("utf-8", "surrogatepass")}
        answer = client.post("/needs", data=body)
        assert answer.status_code in (200, 303, 422), (field, answer.status_code)
        assert "<script>alert" not in answer.text
    for field in ("ticket_no", "last_four"):
        assert client.post("/receipts", data={field: value.encode("utf-8", "surrogatepass")}).status_code in (422, 429)
    assert (
        client.get("/needs/similar", query_string={"text": value.encode("utf-8", "surrogatepass")}).status_code == 200
    )


def test_the_first_page_greets_and_shows_the_open_matter(cast: Cast, client_for: Callable[..., Any]) -> None:
    builders.need(cast.community, "路灯不亮了", author=cast.neighbor)
    page = client_for(cast.resident).get("/")
    assert "您有什么事要办" in page.text
    assert "路灯不亮了" in page.text
    assert "您有什么事要办" in client_for().get("/").text


def test_mine_lists_only_mine_and_asks_few_questions(
    cast: Cast, client_for: Callable[..., Any], count_queries: Any
) -> None:
    for n in range(12):
        builders.need(cast.community, f"第 {n} 件事", author=cast.neighbor)
    builders.need(cast.community, "别人的事")
    visitor = client_for(cast.resident)
    with count_queries() as queries:
        page = visitor.get("/me")
    assert "第 11 件事" in page.text
    assert "别人的事" not in page.text
    assert len(queries) <= 8


def test_who_asked_sees_the_pictures_of_the_answer_and_merged_authors_do_too(
    cast: Cast, client_for: Callable[..., Any]
) -> None:
    clerk = actor_of(cast.clerk)
    need = builders.accepted(cast.community, clerk, author=cast.neighbor)
    other = builders.accepted(cast.community, clerk, author=Person.get(cast.other_resident.person_id or 0))
    other.merge(need, by=clerk)
    picture = Attachment.receive(photo().getvalue(), owner="account:0").public_id
    need.answer("灯换好了。", AnswerKind.DONE, photos=[picture], photo_owner="account:0", by=clerk)
    for reader, mine in ((cast.resident, need), (cast.other_resident, other)):
        visitor = client_for(reader)
        page = visitor.get(f"/needs/{mine.public_id}").text
        assert "灯换好了。" in page and picture in page
        assert visitor.get(f"/attachments/{picture}/thumbnail").status_code == 200
        assert f"/needs/{mine.public_id}/confirmation" in page
    assert client_for(cast.worker).get(f"/attachments/{picture}/thumbnail").status_code == 404
    assert client_for(cast.other_resident).post(f"/needs/{other.public_id}/confirmation").status_code == 303
    assert need.state == NeedState.CONFIRMED


def test_family_speaks_for_each_other_and_it_is_written_beside_the_matter(
    cast: Cast, client_for: Callable[..., Any]
) -> None:
    clerk, client = actor_of(cast.clerk), client_for(cast.resident)
    mother, neighbor = builders.person(cast.community, "吴桂芳"), builders.person(cast.community, "何大民")
    assert 'name="acted_for"' not in client.get("/needs/new").text
    mother.live_with(cast.neighbor, by=clerk)
    assert "吴桂芳" in client.get("/needs/new").text
    # Nobody is spoken for whom the account does not act for.
    assert client.post("/needs", data=form(cast, acted_for=neighbor.public_id)).status_code == 422
    assert client.post("/needs", data=form(cast, acted_for=mother.public_id)).status_code == 303
    need = last_need()
    assert (need.author_person_id, need.for_person_id, need.source) == (mother.id, mother.id, "PROXY")
    assert "家属代办" in client.get(f"/needs/{need.public_id}").text
    assert "家属代办" in client_for(cast.clerk).get(f"/desk/needs/{need.public_id}").text
    # What one lives under the same roof with does not open somebody's own matters.
    own = builders.need(cast.community, author=mother)
    assert client.get(f"/needs/{own.public_id}").status_code == 404


def test_a_grid_worker_under_a_mandate_is_shown_as_one_until_it_is_taken_back(
    cast: Cast, client_for: Callable[..., Any]
) -> None:
    clerk, client = actor_of(cast.clerk), client_for(cast.grid_worker)
    elder = builders.person(cast.community, "周奶奶", grid_id=cast.grid.id)
    mandate = elder.give_mandate(cast.grid_worker, MandateKind.GRID, MandateWay.ON_SIGHT, by=clerk)
    client.post("/needs", data=form(cast, acted_for=elder.public_id))
    need = last_need()
    assert need.author_person_id == elder.id and "网格员代办" in client.get(f"/needs/{need.public_id}").text
    mandate.revoke(by=clerk)
    assert client.post("/needs", data=form(cast, acted_for=elder.public_id)).status_code == 422
    assert "网格员代办" in client_for(cast.clerk).get(f"/desk/needs/{need.public_id}").text


def test_what_is_missing_in_an_answer_is_said_beside_it(cast: Cast, client_for: Callable[..., Any]) -> None:
    need = builders.need(cast.community, author=cast.neighbor, author_account_id=cast.resident.id)
    need.ask_info("请问是哪个单元？", by=actor_of(cast.clerk))
    form = {"key": f"0000-{builders.number():08d}", "words": ""}
    page = client_for(cast.resident).post(f"/needs/{need.public_id}/information", data=form)
    assert page.status_code == 422
    assert 'href="#words"' in page.text and 'id="words"' in page.text and 'id="words-error"' in page.text


def test_the_author_reads_that_it_is_late_and_who_knows(cast: Cast, client_for: Callable[..., Any]) -> None:
    need = builders.need(cast.community, author=cast.neighbor)
    page = lambda: client_for(cast.resident).get(f"/needs/{need.public_id}").text  # noqa: E731
    due = need.acceptance_due_at or now()
    assert "之前给您回音" in page() and "现在晚了" not in page()
    with travel(due - now() + timedelta(minutes=1)):
        text = page()
        assert "前给您回音，现在晚了，对不住。" in text and "之前给您回音" not in text
        # Only what the job has told is said to be known.
        assert "已经知道" not in text
        Need.escalate_all(by=JOB)
        assert "现在晚了，对不住。 社区负责人已经知道。" in page()
    with travel(due - now() + timedelta(days=7)):
        Need.escalate_all(by=JOB)
        assert "街道已经知道。" in page() and "社区负责人已经知道" not in page()
        cast.resident.locale = "en"
        assert "It is late now, and we are sorry. The street office knows." in page()
        need.accept(Field.ENVIRONMENT, Urgency.GENERAL, by=actor_of(cast.clerk))
        assert "late now" not in page() and "You get an answer by" in page()
    with travel((need.answer_due_at or now()) - now() + timedelta(hours=1)):
        assert "We said that you would get an answer by" in page()
        need.ask_info("是几号楼？", by=actor_of(cast.clerk))
        assert "late now" not in page()


def test_a_matter_taken_up_again_is_not_late_by_the_day_it_was_put_off_to(
    cast: Cast, client_for: Callable[..., Any]
) -> None:
    clerk = actor_of(cast.clerk)
    need = builders.accepted(cast.community, clerk, author=cast.neighbor)
    need.extend(((need.answer_due_at or now()) + timedelta(days=1)).date(), "等配件到货。", by=clerk)
    need.answer("灯换好了。", AnswerKind.DONE, by=clerk)
    with travel(timedelta(days=20)):
        need.reopen("还是不亮。", by=actor_of(cast.resident))
        assert "现在晚了" not in client_for(cast.resident).get(f"/needs/{need.public_id}").text
