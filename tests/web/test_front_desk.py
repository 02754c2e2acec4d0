"""The front desk: a caller's matter has a number in half a minute; a grid worker enters for the own grid only."""

from __future__ import annotations

from typing import Any

import pytest

from models.needs import Need, Source
from models.people import Consent, Person
from models.places import Place
from models.tellings import Telling, TellingState
from tests import builders
from tests.cast import Cast


def entry(place: Any, **more: str) -> dict[str, str]:
    """Return a filled form."""
    form = {
        "key": f"0000-{builders.number():08d}", "name": "冯德海", "phone": "138 1234 5678", "building": "3",
        "text": "家里下水堵了两天", "place": place.public_id, "source": "CALL", "consent": "y", "handler": "",
    }  # fmt: skip
    return {**form, **more}


def test_a_clerk_writes_down_a_call_and_prints_the_receipt(client_for: Any, cast: Cast, db: Any) -> None:
    clerk = client_for(cast.clerk)
    assert clerk.get("/front-desk").status_code == 200
    form = entry(cast.courtyard, handler=cast.head.public_id)
    answer = clerk.post("/front-desk", data=form)
    assert answer.status_code == 303
    assert clerk.post("/front-desk", data=form).location == answer.location
    need = db.session.query(Need).one()
    assert (need.source, need.courtyard_id, need.grid_id) == (Source.CALL, cast.courtyard.id, cast.grid.id)
    assert need.first_handler_id == cast.head.id and need.entered_by_id == cast.clerk.id
    person = Person.get(need.author_person_id)
    assert person.phone == "13812345678" or person.phone == "138 1234 5678"
    assert db.session.query(Consent).filter_by(person_id=person.id, notice="proxy_entry", way="CALL").count() == 1
    page = clerk.get(answer.location)
    assert need.ticket_no in page.text and "/receipt" in page.text
    assert need.ticket_no in clerk.get("/front-desk").text


def test_a_person_of_the_register_is_found_by_number_name_or_building(client_for: Any, cast: Cast) -> None:
    clerk = client_for(cast.clerk)
    for said in (cast.neighbor.phone, "王桂", "5", "5栋"):
        page = clerk.get("/front-desk", query_string={"q": said})
        assert cast.neighbor.public_id in page.text, said
    fragment = clerk.get("/front-desk/people?q=王桂", headers={"HX-Request": "true"})
    assert fragment.text.startswith('<div id="_people"') or '<div id="_people"' in fragment.text
    assert clerk.get("/front-desk/people?q=王桂").status_code == 303
    stranger = cast.other_resident
    assert cast.neighbor.public_id not in client_for(cast.other_clerk).get("/front-desk?q=王桂").text
    found = clerk.get(f"/front-desk?q={stranger.name}").text.partition('id="_people"')[2].partition("</form>")[0]
    assert stranger.name not in found and "href" not in found


def test_a_whole_number_chooses_its_person_with_the_place_and_nothing_said_is_typed_twice(
    client_for: Any, cast: Cast
) -> None:
    clerk = client_for(cast.clerk)
    page = clerk.get("/front-desk", query_string={"q": cast.neighbor.phone}).text
    assert f'name="person" type="hidden" value="{cast.neighbor.public_id}"' in page
    yard = Place.get(cast.neighbor.courtyard_id)
    assert f'<option selected value="{yard.public_id}">' in page
    assert 'value="13900009999"' in clerk.get("/front-desk?q=13900009999").text.partition('name="phone"')[2][:80]
    foreign = builders.person(cast.other_community)
    assert foreign.name not in clerk.get(f"/front-desk?person={foreign.public_id}").text


def test_the_found_person_is_the_author_and_a_foreign_one_is_not_found(client_for: Any, cast: Cast, db: Any) -> None:
    clerk = client_for(cast.clerk)
    form = entry(cast.courtyard, person=cast.neighbor.public_id)
    assert clerk.post("/front-desk", data=form).status_code == 303
    assert db.session.query(Need).one().author_person_id == cast.neighbor.id
    foreign = builders.person(cast.other_community)
    assert clerk.post("/front-desk", data=entry(cast.courtyard, person=foreign.public_id)).status_code == 404
    assert clerk.post("/front-desk", data=entry(cast.other_community)).status_code == 404
    assert db.session.query(Need).count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [({"consent": ""}, "家里下水堵了两天"), ({"text": " "}, "冯德海"), ({"name": ""}, "家里下水堵了两天"),
     ({"phone": "abc"}, "家里下水堵了两天"), ({"source": "SELF"}, "家里下水堵了两天")],
)  # fmt: skip
def test_what_is_missing_is_said_and_what_was_typed_stays(
    client_for: Any, cast: Cast, db: Any, change: dict[str, str], words: str
) -> None:
    page = client_for(cast.clerk).post("/front-desk", data=entry(cast.courtyard, **change))
    assert page.status_code == 422 and words in page.text
    assert db.session.query(Need).count() == 0


def test_a_grid_worker_enters_for_the_own_grid_only(client_for: Any, cast: Cast, db: Any) -> None:
    elsewhere = builders.courtyard(builders.grid(cast.community, "第二网格"), "另一个院子")
    worker = client_for(cast.grid_worker)
    page = worker.get("/front-desk").text
    assert cast.courtyard.public_id in page and elsewhere.public_id not in page
    assert worker.post("/front-desk", data=entry(elsewhere, source="GRID")).status_code == 404
    answer = worker.post("/front-desk", data=entry(cast.courtyard, source="GRID"))
    assert answer.status_code == 303
    assert worker.get(answer.location).status_code == 200
    need = db.session.query(Need).one()
    assert (need.grid_id, need.first_handler_id) == (cast.grid.id, None)
    assert worker.post("/front-desk", data=entry(cast.grid, source="ROUND")).status_code == 303


def test_who_has_no_phone_stands_on_the_list_from_the_first_news(client_for: Any, cast: Cast, db: Any) -> None:
    clerk = client_for(cast.clerk)
    clerk.post("/front-desk", data=entry(cast.courtyard, phone=""))
    need = db.session.query(Need).one()
    form = {"key": "0000-00000009", "field": "OTHER", "urgency": "GENERAL", "kind": "HELP"}
    assert clerk.post(f"/desk/needs/{need.public_id}/acceptance", data=form).status_code == 303
    line = db.session.query(Telling).filter_by(state=TellingState.TO_PHONE).one()
    assert line.person_id == need.author_person_id
    assert "冯德海" in clerk.get("/desk/calls").text


def test_the_front_desk_is_closed_to_all_others(client_for: Any, cast: Cast) -> None:
    assert client_for().get("/front-desk").status_code == 302
    for account in (cast.resident, cast.worker, cast.street_officer, cast.auditor):
        assert client_for(account).get("/front-desk").status_code == 403
        assert client_for(account).post("/front-desk", data=entry(cast.courtyard)).status_code == 403


@pytest.mark.parametrize("noise", ["%", "_", "' OR 1=1 --", "＜script＞", "0" * 60, "\x00\x1f", "王" * 300])
def test_absurd_searches_find_nobody(client_for: Any, cast: Cast, noise: str) -> None:
    page = client_for(cast.clerk).get("/front-desk", query_string={"q": noise})
    assert page.status_code == 200 and cast.neighbor.public_id not in page.text


def test_a_colleague_who_does_not_answer_here_is_refused_in_words_and_nothing_typed_is_lost(
    client_for: Any, cast: Cast
) -> None:
    page = client_for(cast.clerk).post("/front-desk", data=entry(cast.courtyard, handler=cast.other_clerk.public_id))
    assert page.status_code == 422
    assert "请从给出的选项里选。" in page.text and "家里下水堵了两天" in page.text
