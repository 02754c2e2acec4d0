"""The counter of notices: who writes, who publishes, what the public reads, and what is carried into the group chat."""

from __future__ import annotations

import io
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from models.accounts import actor_of
from models.notices import Notice
from tests.cast import Cast
from tests.models.test_documents import pdf
from tests.visiting import Visitor
from web import posters

TEXT = "11月25日（周三）上午9点到12点停水，请提前接水。"


def form(cast: Cast, **more: str) -> dict[str, str]:
    return {
        "place": cast.community.public_id,
        "title": "周三停水通知",
        "text": TEXT,
        "kind": "NOTICE",
        "key": str(uuid.uuid4()),
        **more,
    }


def hung(cast: Cast) -> Notice:
    one = Notice.write(cast.community, "周三停水通知", TEXT, by=actor_of(cast.clerk))
    one.publish(by=actor_of(cast.head))
    return one


def test_a_clerk_writes_a_notice_and_the_head_pins_it_on_the_board(
    cast: Cast, client_for: Callable[..., Visitor]
) -> None:
    clerk, head, stranger = client_for(cast.clerk), client_for(cast.head), client_for()
    answer = clerk.post("/notices", data=form(cast))
    assert answer.status_code == 303
    public_id = answer.location.rsplit("/", 1)[-1]
    assert "由负责人发布" in clerk.get(answer.location).text
    assert stranger.get(f"/notices/{public_id}").status_code == 404
    assert clerk.post(f"/notices/{public_id}/publication").status_code == 403
    assert head.post(f"/notices/{public_id}/publication", data={"key": str(uuid.uuid4())}).status_code == 303
    assert TEXT in stranger.get(f"/notices/{public_id}").text
    assert "周三停水通知" in stranger.get("/notices").text
    assert "周三停水通知" in stranger.get(f"/notices/{public_id}/sheet").text


def test_the_same_form_sent_twice_makes_one_notice(cast: Cast, client_for: Callable[..., Visitor]) -> None:
    clerk, sent = client_for(cast.clerk), form(cast)
    first, second = clerk.post("/notices", data=sent), clerk.post("/notices", data=sent)
    assert first.location == second.location


def test_notices_of_another_community_are_not_found(cast: Cast, client_for: Callable[..., Visitor]) -> None:
    one = Notice.write(cast.community, "停水", TEXT, by=actor_of(cast.clerk))
    other = client_for(cast.other_clerk)
    assert client_for(cast.clerk).get(f"/notice-desk/{one.public_id}").status_code == 200
    for path in (f"/notice-desk/{one.public_id}", f"/notices/{one.public_id}/edit"):
        assert other.get(path).status_code == 404
    assert other.post(f"/notices/{one.public_id}/edit", data=form(cast)).status_code == 404
    assert client_for(cast.other_head).post(f"/notices/{one.public_id}/publication").status_code == 404


def test_residents_write_no_notices(cast: Cast, client_for: Callable[..., Visitor]) -> None:
    resident = client_for(cast.resident)
    for path in ("/notice-desk", "/notices/new"):
        assert resident.get(path).status_code == 403
    assert resident.post("/notices", data=form(cast)).status_code == 403
    assert client_for().get("/notice-desk").status_code == 302


@pytest.mark.parametrize(
    "bad",
    [{"title": ""}, {"text": " "}, {"title": "停" * 61}, {"expires_on": "2020-01-01"}, {"expires_on": "٢٠٢٦-١٢-٠١"},
     {"expires_on": "9999-99-99"}, {"place": "NOSUCHPLAC"}, {"text": "长" * 4001}],
)  # fmt: skip
def test_what_is_no_notice_comes_back_with_what_was_typed(
    cast: Cast, client_for: Callable[..., Visitor], bad: dict[str, str]
) -> None:
    answer = client_for(cast.clerk).post("/notices", data=form(cast, **bad))
    assert answer.status_code == 422 and 'name="title"' in answer.text


def test_a_hostile_title_stays_a_word(cast: Cast, client_for: Callable[..., Visitor]) -> None:
    clerk = client_for(cast.clerk)
    answer = clerk.post("/notices", data=form(cast, title="<script>alert(1)</script>"))
    assert "<script>alert(1)" not in clerk.get(answer.location).text


def test_the_head_rewords_and_takes_down_what_hangs(cast: Cast, client_for: Callable[..., Visitor]) -> None:
    one, head, clerk = hung(cast), client_for(cast.head), client_for(cast.clerk)
    path = f"/notices/{one.public_id}"
    assert clerk.post(f"{path}/removal", data={"key": str(uuid.uuid4())}).status_code == 422
    assert 'value="周三停水通知"' in head.get(f"{path}/edit").text
    assert head.post(f"{path}/edit", data=form(cast, title="周四停水通知")).status_code == 303
    assert "周四停水通知" in client_for().get(path).text
    assert head.post(f"{path}/removal", data={"key": str(uuid.uuid4())}).status_code == 303
    assert client_for().get(path).status_code == 404


def test_an_edit_begun_on_an_older_wording_is_shown_again(cast: Cast, client_for: Callable[..., Visitor]) -> None:
    one = hung(cast)
    answer = client_for(cast.head).post(f"/notices/{one.public_id}/edit", data=form(cast, version="1", title="旧"))
    assert answer.status_code == 409


def test_the_poster_is_a_picture_that_fits_a_group_chat(cast: Cast, client_for: Callable[..., Visitor]) -> None:
    one = hung(cast)
    answer = client_for().get(f"/notices/{one.public_id}/poster.png")
    assert answer.mimetype == "image/png" and len(answer.data) < 300_000
    assert Image.open(io.BytesIO(answer.data)).size == (posters.WIDTH, posters.HEIGHT)


def test_no_line_of_a_poster_begins_with_a_mark_or_is_too_wide() -> None:
    font: Any = posters._font(42)
    text = "请带上身份证，老人可以由家人陪同。" * 8 + "https://example.org/" + "a" * 200
    lines = posters.wrapped(text, font, 900)
    assert all(line[:1] not in posters.CLINGING for line in lines if line)
    assert max(font.getlength(line) for line in lines) < 1000
    assert "".join(lines).replace(" ", "") == text
    masked = posters.wrapped("、".join(["张**", "欧阳**", "李**"] * 30), font, 500)
    assert all(line[0] not in "*、阳" for line in masked)


def test_the_board_is_searched_followed_and_marked_as_read(cast: Cast, client_for: Callable[..., Visitor]) -> None:
    one, resident, clerk = hung(cast), client_for(cast.resident), client_for(cast.clerk)
    assert "周三停水通知" in resident.get("/notices?q=接水&kind=NOTICE&level=COMMUNITY").text
    assert "周三停水通知" not in resident.get("/notices?kind=POLICY").text
    assert resident.get("/notices?kind=x&level=%00&q=%00").status_code == 200
    key = {"key": str(uuid.uuid4())}
    assert resident.post("/notices/following", data=key).status_code == 303
    assert "不用再告诉我" in resident.get("/notices").text
    path = f"/notices/{one.public_id}"
    assert "还没读" in clerk.get("/notices").text and "还没读" not in resident.get("/notices").text
    assert f"{path}/readings" in clerk.get(path).text and "/readings" not in resident.get(path).text
    assert clerk.post(f"{path}/readings", data={"key": str(uuid.uuid4())}).status_code == 303
    assert resident.post(f"{path}/readings", data={"key": str(uuid.uuid4())}).status_code == 422
    assert cast.clerk.name in client_for(cast.head).get(f"/notice-desk/{one.public_id}").text
    assert "/readings" not in clerk.get(path).text


def test_a_paper_of_a_notice_is_handed_out_as_a_file(cast: Cast, client_for: Callable[..., Visitor]) -> None:
    clerk = client_for(cast.clerk)
    sent = form(cast, kind="POLICY", papers_files=(io.BytesIO(pdf()), "办法.pdf"))
    public_id = clerk.post("/notices", data=sent).location.rsplit("/", 1)[-1]
    address = re.search(rf"/notices/{public_id}/papers/\w+", clerk.get(f"/notice-desk/{public_id}").text)
    assert address and client_for().get(address[0]).status_code == 404
    client_for(cast.head).post(f"/notices/{public_id}/publication", data={"key": str(uuid.uuid4())})
    answer = client_for().get(address[0])
    assert answer.mimetype == "application/pdf" and answer.headers["Content-Disposition"].startswith("attachment")
    assert client_for().get(f"/notices/{public_id}/papers/NOSUCHPAPR").status_code == 404
