"""The desk: heaps, the sheet beside them, and every act; whoever may not triage does nothing there."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image

from models.accounts import actor_of
from models.base import now, today, travel
from models.doorkeeping import AccessNote
from models.events import JOB
from models.needs import AnswerKind, Channel, Field, Kind, Need, RejectReason, Source, Urgency
from models.people import PersonTag, Tag, TagBasis
from models.states import NeedState
from tests import builders
from tests.cast import Cast
from web import respond

GET_ACTS = [
    "acceptance", "question", "information", "calls", "rejection", "redirection", "hand-over-receipt", "answer",
    "extension", "promise", "resolution", "withdrawal-on-request", "merging", "separation", "confirmation-by-phone",
    "reopening-by-phone", "hearing", "public-title", "delay-reason",
]  # fmt: skip


@pytest.fixture
def need(cast: Cast) -> Need:
    return builders.need(cast.community, author=cast.neighbor, courtyard=cast.courtyard)


def test_a_clerk_sees_the_heaps_and_the_need_with_its_due_time(client_for: Any, cast: Cast, need: Need) -> None:
    page = client_for(cast.clerk).get("/desk")
    assert page.status_code == 200
    assert need.text in page.text and "纺织厂家属院" in page.text


@pytest.mark.parametrize("tab", ["new", "due", "working", "asked", "petitions", "objections", "all", "nonsense"])
def test_every_heap_opens_full_or_empty(client_for: Any, cast: Cast, need: Need, tab: str) -> None:
    address = f"/desk?tab={tab}&tile=PARKING&field=HEALTH&kind=HELP&color=RED&place={cast.courtyard.public_id}"
    clerk = client_for(cast.clerk)
    assert clerk.get(f"/desk?tab={tab}").status_code == clerk.get(address).status_code == 200


def test_a_list_asks_the_same_number_of_questions_however_long_it_is(
    client_for: Any, cast: Cast, need: Need, count_queries: Any
) -> None:
    clerk = client_for(cast.clerk)
    clerk.get("/desk")
    with count_queries() as few:
        clerk.get("/desk")
    for _ in range(12):
        builders.need(cast.community, courtyard=cast.courtyard)
    with count_queries() as many:
        page = clerk.get("/desk")
    assert page.text.count("data-row") >= 13
    assert len(many) == len(few) <= 20, "\n".join(many)


def test_a_list_goes_on_after_twenty_five_and_shows_every_need_once(client_for: Any, cast: Cast) -> None:
    tickets = {builders.need(cast.community, f"第{n}件事情需要办").public_id for n in range(27)}
    clerk = client_for(cast.clerk)
    for tab in ("new", "all"):
        first = clerk.get(f"/desk?tab={tab}").text
        after = first.partition("after=")[2][:10]
        second = clerk.get(f"/desk?tab={tab}&after={after}").text
        seen = [one for one in tickets if f"/desk/needs/{one}/beside" in first]
        rest = [one for one in tickets if f"/desk/needs/{one}/beside" in second]
        assert len(seen) == 25 and set(seen) | set(rest) == tickets
        assert not set(seen) & set(rest)


def test_those_who_must_not_wait_stand_first(client_for: Any, cast: Cast) -> None:
    lonely = builders.person(cast.community, "何淑芬")
    PersonTag(person_id=lonely.id, tag=Tag.LONELY_ELDER, basis=TagBasis.CONSENT).save()
    builders.need(cast.community, "家里停水两天了", author=lonely)
    page = client_for(cast.clerk).get("/desk").text
    assert "data-list" in page.partition("<form")[2] and page.count("家里停水两天了") == 2


def test_the_sheet_shows_everything_on_its_own_page_and_beside_the_list(
    client_for: Any, cast: Cast, need: Need
) -> None:
    clerk = client_for(cast.clerk)
    page = clerk.get(f"/desk/needs/{need.public_id}")
    assert page.status_code == 200 and need.ticket_no in page.text
    assert "王桂兰" not in page.text
    beside = clerk.get(f"/desk/needs/{need.public_id}/beside", headers={"HX-Request": "true"})
    assert beside.text.startswith('<div id="_sheet"')
    assert clerk.get(f"/desk/needs/{need.public_id}/beside").status_code == 303


@pytest.mark.parametrize("noun", GET_ACTS)
def test_every_act_has_a_page_for_the_clerk_and_for_nobody_else(
    client_for: Any, cast: Cast, need: Need, noun: str
) -> None:
    address = f"/desk/needs/{need.public_id}/{noun}"
    assert client_for(cast.clerk).get(address).status_code == 200
    assert client_for(cast.other_clerk).get(address).status_code == 404
    assert client_for(cast.resident).get(address).status_code == 403
    assert client_for().get(address).status_code == 302


def test_a_clerk_accepts_and_the_same_key_acts_once(client_for: Any, cast: Cast, need: Need) -> None:
    clerk = client_for(cast.clerk)
    form = {"key": "0000aaaa-0001", "field": "ELDERLY_DISABLED", "urgency": "GENERAL", "kind": "HELP"}
    first = clerk.post(f"/desk/needs/{need.public_id}/acceptance", data=form)
    again = clerk.post(f"/desk/needs/{need.public_id}/acceptance", data=form)
    assert (first.status_code, first.location) == (again.status_code, again.location) == (303, first.location)
    assert need.state == NeedState.ACCEPTED
    late = client_for(cast.head).post(f"/desk/needs/{need.public_id}/acceptance", data={**form, "key": "0000aaaa-0002"})
    assert late.status_code == 422 and "李晓梅" in late.text


def test_ticked_needs_are_accepted_together_and_foreign_ones_are_not_found(
    client_for: Any, cast: Cast, need: Need
) -> None:
    second = builders.need(cast.community, "楼道垃圾没人清")
    foreign = builders.need(cast.other_community)
    clerk = client_for(cast.clerk)
    assert clerk.post("/desk/acceptances", data={"need": [need.public_id, foreign.public_id]}).status_code == 404
    assert need.state == NeedState.SUBMITTED
    assert clerk.post("/desk/acceptances", data={"need": [need.public_id, second.public_id]}).status_code == 303
    assert need.state == second.state == NeedState.ACCEPTED
    refused = clerk.post("/desk/acceptances", headers={"Referer": "http://localhost/desk?tab=new"})
    assert refused.status_code == 422 and 'href="/desk?tab=new"' in refused.text
    strange = clerk.post("/desk/acceptances", headers={"Referer": "http://elsewhere.test/desk"})
    assert strange.status_code == 422 and 'class="btn main" href="/desk"' in strange.text


def press(client: Any, need: Need, noun: str, **data: str) -> int:
    """Send the form of an act; return the status."""
    form = {"key": f"0000-{builders.number():08d}", **data}
    return client.post(f"/desk/needs/{need.public_id}/{noun}", data=form).status_code


def test_photos_of_an_answer_come_inside_the_form_without_script_and_survive_a_mistake(
    client_for: Any, cast: Cast, need: Need
) -> None:
    clerk = client_for(cast.clerk)
    need.accept(Field.ELDERLY_DISABLED, Urgency.GENERAL, by=actor_of(cast.clerk))
    page = f"/desk/needs/{need.public_id}/answer"
    assert 'enctype="multipart/form-data"' in clerk.get(page).text
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(picture, "JPEG")
    picture.seek(0)
    form = {"key": f"0000-{builders.number():08d}", "kind": "DONE", "text": ""}
    back = clerk.post(page, data={**form, "photos_files": (picture, "a.jpg")}, content_type="multipart/form-data")
    kept = re.search(r'name="photos" value="(\w{10})"', back.text)
    assert back.status_code == 422 and kept is not None
    assert clerk.post(page, data={**form, "text": "灯换好了。", "photos": kept[1]}).status_code == 303
    assert f"/attachments/{kept[1]}/thumbnail" in clerk.get(f"/desk/needs/{need.public_id}").text


def test_the_committee_walks_a_need_from_question_to_settled(client_for: Any, cast: Cast, need: Need) -> None:
    clerk = client_for(cast.clerk)
    assert press(clerk, need, "question", text="是几号楼？") == 303
    assert press(clerk, need, "calls", outcome="NO_ANSWER") == 303
    assert press(clerk, need, "information", text="5 号楼。") == 303
    assert press(clerk, need, "acceptance", field="ELDERLY_DISABLED", urgency="GENERAL", kind="HELP") == 303
    assert press(clerk, need, "public-title", title="食堂周末停餐") == 303
    later = (need.answer_due_at or now()).date() + timedelta(days=2)
    assert press(clerk, need, "extension", on=later.isoformat(), text="等食堂答复。") == 303
    assert press(clerk, need, "answer", kind="DONE", text="下周六恢复供餐。") == 303
    assert press(clerk, need, "reopening-by-phone", text="还是没有。") == 303
    assert press(clerk, need, "answer", kind="CANNOT", text="食堂说做不到，因为没有师傅。") == 303
    assert press(clerk, need, "confirmation-by-phone") == 303
    assert need.state == NeedState.CONFIRMED
    page = clerk.get(f"/desk/needs/{need.public_id}").text
    assert "等食堂答复。" in page and "是几号楼？" in page


def test_how_far_a_time_may_be_put_off_is_said_in_words(client_for: Any, cast: Cast, need: Need) -> None:
    need.accept(Field.ELDERLY_DISABLED, Urgency.GENERAL, by=actor_of(cast.clerk))
    form = {
        "key": f"0000-{builders.number():08d}",
        "on": (today() + timedelta(days=90)).isoformat(),
        "text": "等食堂。",
    }
    page = client_for(cast.clerk).post(f"/desk/needs/{need.public_id}/extension", data=form)
    assert page.status_code == 422
    assert re.search(r"最晚可到 (\d+年)?\d+月\d+日（周.）\d\d:\d\d", page.text), page.text


def test_a_petition_is_handed_over_and_nothing_else_is_offered(client_for: Any, cast: Cast, need: Need) -> None:
    need.accept(Field.LEGAL_AID, Urgency.GENERAL, kind=Kind.PETITION, by=actor_of(cast.clerk))
    clerk = client_for(cast.clerk)
    page = clerk.get(f"/desk/needs/{need.public_id}").text
    assert f"/desk/needs/{need.public_id}/redirection" in page
    for noun, form in (("answer", {"kind": "DONE"}), ("rejection", {"code": "OUT_OF_SCOPE"})):
        assert f"/desk/needs/{need.public_id}/{noun}" not in page
        assert press(clerk, need, noun, text="就这样了。", **form) == 422


def test_a_promise_is_told_kept_and_resolved(client_for: Any, cast: Cast, need: Need) -> None:
    need.accept(Field.ELDERLY_DISABLED, Urgency.GENERAL, by=actor_of(cast.clerk))
    need._plan(next_step="周五开会", next_step_at=now() + timedelta(days=5))
    clerk = client_for(cast.clerk)
    assert press(clerk, need, "promise", on=(today() + timedelta(days=9)).isoformat(), text="下周二开会") == 303
    assert press(clerk, need, "resolution", text="") == 422
    assert press(clerk, need, "resolution", text="会开完了，食堂恢复。") == 303
    assert need.state == NeedState.RESOLVED


def test_needs_are_joined_and_taken_out_again(client_for: Any, cast: Cast, need: Need) -> None:
    clerk = client_for(cast.clerk)
    for one in (need, target := builders.need(cast.community)):
        one.accept(Field.ELDERLY_DISABLED, Urgency.GENERAL, by=actor_of(cast.clerk))
    foreign = builders.accepted(cast.other_community, actor_of(cast.other_clerk))
    assert press(clerk, need, "merging", target=foreign.public_id) == 404
    # On a phone the end of a long choice is cut off: what it is about comes first.
    assert f"{target.text} · {target.ticket_no}" in clerk.get(f"/desk/needs/{need.public_id}/merging").text
    assert press(clerk, need, "merging", target=target.public_id) == 303
    assert need.merged_into_id == target.id
    assert clerk.get(f"/desk/needs/{need.public_id}").status_code == 200
    assert need.ticket_no in clerk.get(f"/desk/needs/{target.public_id}").text
    assert press(clerk, need, "separation") == 303
    assert need.state == NeedState.ACCEPTED
    assert press(clerk, need, "withdrawal-on-request", text="11月22日电话里说不用了。") == 303


def test_a_petition_stays_on_its_heap_until_the_receipt_is_recorded(client_for: Any, cast: Cast, need: Need) -> None:
    clerk = client_for(cast.clerk)
    form = {"channel": "PETITION", "text": "请到街道信访办，我们陪您去。"}
    assert press(clerk, need, "redirection", **form) == 422
    assert press(clerk, need, "redirection", **form, companion="y") == 303
    assert need.public_id in clerk.get("/desk?tab=petitions").text
    assert press(clerk, need, "hand-over-receipt", number="信访〔2026〕17号") == 303
    assert need.public_id not in clerk.get("/desk?tab=petitions").text


def test_only_the_head_hears_an_objection(client_for: Any, cast: Cast, need: Need) -> None:
    need.reject(RejectReason.OUT_OF_SCOPE, "不属于社区。", by=actor_of(cast.clerk))
    need.object("就是社区的事。", by=actor_of(cast.resident))
    decision = {"upheld": "no", "text": "再次核实，确实不属于。"}
    assert press(client_for(cast.clerk), need, "hearing", **decision) == 403
    assert press(client_for(cast.other_head), need, "hearing", **decision) == 404
    assert press(client_for(cast.clerk), need, "answer", kind="DONE", text="办好了。") == 422
    head = client_for(cast.head)
    assert need.public_id in head.get("/desk?tab=objections").text
    hearing = head.get(f"/desk/needs/{need.public_id}/hearing").text
    assert "不属于社区。" in hearing and "就是社区的事。" in hearing
    assert press(head, need, "hearing", **decision) == 303
    assert need.state == NeedState.RESOLVED


def test_a_delay_is_explained_only_when_there_is_one(client_for: Any, cast: Cast, need: Need) -> None:
    clerk = client_for(cast.clerk)
    assert press(clerk, need, "delay-reason", text="人手不够。") == 422
    need.acceptance_due_at = now() - timedelta(days=1)
    need.raised_at = now() - timedelta(days=30)
    assert press(clerk, need, "delay-reason", text="人手不够。") == 303
    assert need.delay_reason == "人手不够。"


def test_rejecting_keeps_what_was_typed_when_it_is_refused(client_for: Any, cast: Cast, need: Need) -> None:
    need.ask_info("是几号楼？", by=actor_of(cast.clerk))
    clerk = client_for(cast.clerk)
    form = {"key": "0000bbbb-001", "code": "NOT_REACHED", "text": "三次都联系不上您。"}
    page = clerk.post(f"/desk/needs/{need.public_id}/rejection", data=form)
    assert page.status_code == 422 and "三次都联系不上您。" in page.text
    assert need.state == NeedState.NEED_INFO


def test_whoever_comes_second_keeps_the_words_and_reads_who_was_first(client_for: Any, cast: Cast, need: Need) -> None:
    here, clerk = f"/desk/needs/{need.public_id}", client_for(cast.clerk)
    need.reject(RejectReason.NOT_REACHED, "这件事归城管，请打 12345。", by=actor_of(cast.head))
    late = clerk.post(f"{here}/question", data={"key": "0000cccc-001", "text": "请问是哪一栋？"})
    assert late.status_code == 422
    assert cast.head.name in late.text and "请问是哪一栋？" in late.text


def test_a_number_is_shown_on_request_and_the_look_is_logged(client_for: Any, cast: Cast, need: Need, db: Any) -> None:
    clerk = client_for(cast.clerk)
    page = clerk.post(f"/needs/{need.public_id}/contact-reveal")
    assert cast.neighbor.phone in page.text
    note = db.session.query(AccessNote).filter_by(what="reveal.phone").one()
    assert (note.account_id, note.subject_id) == (cast.clerk.id, need.id)
    for account, status in ((cast.other_clerk, 404), (cast.street_officer, 403), (cast.resident, 403)):
        assert client_for(account).post(f"/needs/{need.public_id}/contact-reveal").status_code == status
    assert db.session.query(AccessNote).filter_by(what="reveal.phone").count() == 1


def test_a_receipt_is_printed_on_a_sheet_or_on_a_roll(client_for: Any, cast: Cast, need: Need) -> None:
    clerk = client_for(cast.clerk)
    for paper in ("", "?paper=80"):
        page = clerk.get(f"/desk/needs/{need.public_id}/receipt{paper}")
        assert need.ticket_no in page.text and "data:image/svg+xml" in page.text
    assert client_for(cast.other_clerk).get(f"/desk/needs/{need.public_id}/receipt").status_code == 404


def test_a_ready_sentence_is_inserted_and_stays_editable(client_for: Any, cast: Cast, need: Need) -> None:
    from models.answer_templates import AnswerTemplate, TemplateStep

    one = AnswerTemplate.write(
        cast.community, TemplateStep.REJECT, "不属社区", "这件事归城管，请打 12345。", by=actor_of(cast.clerk)
    )
    page = client_for(cast.clerk).get(f"/desk/needs/{need.public_id}/rejection?template={one.public_id}")
    assert "这件事归城管，请打 12345。</textarea>" in page.text
    foreign = AnswerTemplate.write(
        cast.other_community, TemplateStep.REJECT, "别家", "别家的话。", by=actor_of(cast.other_clerk)
    )
    address = f"/desk/needs/{need.public_id}/rejection?template={foreign.public_id}"
    assert client_for(cast.clerk).get(address).status_code == 404


def test_the_unit_in_charge_is_offered_for_parking_and_a_need_is_sent_there(client_for: Any, cast: Cast) -> None:
    from models.directory import ResponsibleUnit
    from models.needs import Tile

    clerk = client_for(cast.clerk)
    need = builders.need(cast.community, "小区停车位被占", tile=Tile.PARKING)
    unit = ResponsibleUnit.enter(
        cast.community, "清河物业", duties="停车、电梯", tiles=[Tile.PARKING], by=actor_of(cast.clerk)
    )
    assert "清河物业" in clerk.get(f"/desk/needs/{need.public_id}").text
    assert press(clerk, need, "redirection", channel="UNIT", text="已请物业处理。") == 422
    assert press(clerk, need, "redirection", channel="UNIT", unit=unit.public_id, text="已请物业处理。") == 303
    assert (need.state, need.channel, need.unit_id) == (NeedState.REDIRECTED, Channel.UNIT, unit.id)
    assert "清河物业" in clerk.get(f"/desk/needs/{need.public_id}").text


@pytest.mark.parametrize("noise", ["x' OR 1=1 --", "＜script＞", "%", "a" * 3000, "\x00", "../../etc"])
def test_absurd_addresses_are_answered_calmly(client_for: Any, cast: Cast, need: Need, noise: str) -> None:
    clerk = client_for(cast.clerk)
    names = ("q", "tab", "tile", "field", "kind", "color", "place", "older")
    assert clerk.get("/desk", query_string=dict.fromkeys(names, noise)).status_code == 200
    assert clerk.get("/desk", query_string={"after": noise}).status_code == 404
    assert press(clerk, need, "acceptance", field=noise, urgency=noise, kind=noise) == 422
    assert press(clerk, need, "extension", on=noise, text=noise) == 422
    assert press(clerk, need, "merging", target=noise) in (404, 422)
    assert need.state == NeedState.SUBMITTED


def test_readers_without_triage_see_the_desk_but_no_act(client_for: Any, cast: Cast, need: Need) -> None:
    for account in (cast.street_officer, cast.grid_worker):
        page = client_for(account).get(f"/desk/needs/{need.public_id}").text
        assert need.text in page and 'id="acts"' not in page
        assert press(client_for(account), need, "acceptance", field="OTHER", urgency="GENERAL", kind="HELP") == 403
    for account in (cast.resident, cast.worker, cast.finance, cast.administrator):
        assert client_for(account).get("/desk").status_code == 403


def test_a_closed_need_leaves_the_desk_after_thirty_days_and_is_still_found(client_for: Any, cast: Cast) -> None:
    need = builders.need(cast.community, "灯坏了没人修", source=Source.SELF)
    need.accept(Field.OTHER, Urgency.GENERAL, by=actor_of(cast.clerk))
    need.answer("修好了。", AnswerKind.DONE, by=actor_of(cast.clerk))
    need.state_at = now() - timedelta(days=31)
    clerk = client_for(cast.clerk)
    assert need.public_id not in clerk.get("/desk?tab=all").text
    assert need.public_id in clerk.get("/desk?tab=all&older=1").text
    with travel(timedelta(days=400)):
        assert Need.get(need.id).state == NeedState.RESOLVED


def test_everybody_reads_what_is_late_and_no_private_matter(client_for: Any, cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    late = builders.accepted(cast.community, clerk, text="路灯一直不亮", field=Field.OTHER)
    builders.accepted(cast.community, clerk, text="家里揭不开锅", field=Field.POVERTY_RELIEF)
    assert client_for().get("/overdue").status_code == 200
    with travel(timedelta(days=30)):
        Need.escalate_all(by=JOB)
        late.publish_title("路灯不亮", by=clerk)
        page = client_for().get("/overdue").text
    assert "路灯不亮" in page
    assert "揭不开锅" not in page and "一直不亮" not in page


def test_the_form_of_the_filters_is_kept_but_never_what_somebody_typed(client_for: Any, cast: Cast, need: Need) -> None:
    clerk, head = client_for(cast.clerk), client_for(cast.head)
    clerk.get("/desk"), clerk.get("/desk?tab=all"), clerk.get("/desk?q=张建军")
    kept = respond._drawn.cache_info().currsize
    found = clerk.get("/desk?q=王桂兰%22><b>").text
    assert 'value="王桂兰&#34;&gt;&lt;b&gt;"' in found and "张建军" not in found
    assert respond._drawn.cache_info().currsize == kept
    assert "李秀英" not in clerk.get("/desk?place=李秀英").text
    assert f'value="{cast.courtyard.public_id}" selected' in clerk.get(f"/desk?place={cast.courtyard.public_id}").text
    plain = clerk.get("/desk").text
    assert "王桂兰" not in head.get("/desk").text and " selected" not in plain
    assert "filter-older" not in plain and "filter-older" in clerk.get("/desk?tab=all").text
