"""People rate by whatever way suits, once; the counter tells nobody who they were."""

from __future__ import annotations

import io
import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import func, or_, select

from models.accounts import STRANGER, actor_of
from models.attendance import Outcome, Presence
from models.base import db as database
from models.base import travel
from models.doorkeeping import AccessNote
from models.events import JOB
from models.permissions import Role
from models.ratings import (
    Answer,
    Mattered,
    PresenceWord,
    Rating,
    RatingContact,
    RatingInvitation,
    RatingRelease,
    RatingSheet,
    Unfit,
    contact_lines,
    paper_seats,
    slips,
    strips,
)
from models.ratings.invitations import INVITED
from models.service_log import ServiceLog
from models.states import RatingState
from models.tellings import Telling, tell
from tests import serving, voices
from tests.cast import Cast
from web.rating_links import seal

GOOD = {"level": "4", "solved": "yes", "mattered": "TIMELY", "comment": "送得很准时", "contact": "COMMUNITY"}
KEY = "0f8f8f8f-1111-4222-8333-444455556666"


def photo() -> bytes:
    """Return a picture of a sheet as a phone sends it."""
    out = io.BytesIO()
    Image.effect_noise((400, 300), 90).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def service(cast: Cast, *more: Any) -> ServiceLog:
    """Return an approved service of the neighbor and others."""
    return serving.approved(cast, serving.project(cast), cast.neighbor, *more)


def token_of(app: Any, log: ServiceLog, cast: Cast) -> str:
    """Return the token of a new slip of the neighbor."""
    invitation = voices.invitation(log, cast.neighbor)
    with app.app_context():
        return seal(invitation.public_id)


def ratings() -> int:
    """Return how many ratings there are."""
    return database.session.scalar(select(func.count()).select_from(Rating)) or 0


def test_a_resident_rates_a_service_once(app: Any, client_for: Any, cast: Cast) -> None:
    log = service(cast)
    client = client_for(cast.resident)
    page = client.get("/ratings")
    assert log.title in page.text
    opened = client.post("/ratings/invitations", data={"seat": voices.seat(log, cast.neighbor).public_id})
    assert opened.status_code == 303
    address = opened.location
    page = client.get(address)
    assert page.status_code == 200 and page.text.count('name="level"') == 5
    assert "checked" not in page.text.split('class="faces"')[1].split("</fieldset>")[0]
    assert client.post(address, data=GOOD).location == "/ratings/thanks"
    assert client.post(address, data=GOOD).status_code in (410, 422)
    assert ratings() == 1
    assert (
        client_for(cast.other_resident)
        .post("/ratings/invitations", data={"seat": voices.seat(log, cast.neighbor).public_id})
        .status_code
        == 404
    )


def test_a_slip_needs_no_account_and_its_page_keeps_to_itself(app: Any, client: Any, cast: Cast) -> None:
    log = service(cast)
    token = token_of(app, log, cast)
    page = client.get(f"/ratings/{token}", headers={"Accept-Encoding": "gzip"})
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store" and "noindex" in page.headers["X-Robots-Tag"]
    assert page.headers["Referrer-Policy"] == "no-referrer" and "Content-Encoding" not in page.headers
    assert "王**" in page.text and "王桂兰" not in page.text and log.title in page.text
    done = client.post(f"/ratings/{token}", data=GOOD)
    assert done.status_code == 303 and token not in done.location
    thanks = client.get(done.location)
    assert "谢谢您" in thanks.text
    gone = client.get(f"/ratings/{token}")
    assert gone.status_code == 410 and gone.headers["Cache-Control"] == "no-store"


def test_looking_uses_nothing_up(app: Any, client: Any, cast: Cast) -> None:
    address = f"/ratings/{token_of(app, service(cast), cast)}"
    for _ in range(3):
        assert client.get(address).status_code == 200 and client.head(address).status_code == 200
    assert client.post(address, data=GOOD).status_code == 303


def test_the_answer_beside_the_form_speaks_of_direction_and_wakes_who_listens(
    app: Any, client: Any, cast: Cast
) -> None:
    address = f"/ratings/{token_of(app, service(cast), cast)}"
    done = client.post(address, data={**GOOD, "level": "5"}, headers={"HX-Request": "true"})
    assert done.status_code == 200 and done.headers["HX-Trigger"] == "rated"
    assert "一定不会因此下降" in done.text and not re.search(r"\d+\.\d", done.text)


def test_without_a_face_the_form_comes_back_with_everything_typed(app: Any, client: Any, cast: Cast) -> None:
    address = f"/ratings/{token_of(app, service(cast), cast)}"
    answer = client.post(address, data={**GOOD, "level": ""})
    assert answer.status_code == 422 and "送得很准时" in answer.text and "请在五张脸里选一张" in answer.text
    fragment = client.post(address, data={**GOOD, "level": "9"}, headers={"HX-Request": "true"})
    assert fragment.status_code == 422 and "<html" not in fragment.text


@pytest.mark.parametrize("level", ["0", "6", "１", "5.0", "-1", "' OR 1=1 --", "🙂", "５"])
def test_an_absurd_level_is_never_an_error_of_ours(app: Any, client: Any, cast: Cast, level: str) -> None:
    address = f"/ratings/{token_of(app, service(cast), cast)}"
    assert client.post(address, data={**GOOD, "level": level}).status_code == 422
    assert ratings() == 0


def test_the_same_act_sent_twice_is_one_rating_and_one_answer(app: Any, client: Any, cast: Cast) -> None:
    address = f"/ratings/{token_of(app, service(cast), cast)}"
    first, second = (client.post(address, data={**GOOD, "key": KEY}) for _ in range(2))
    assert (first.status_code, first.location) == (second.status_code, second.location) == (303, "/ratings/thanks")
    assert client.post(address, data={**GOOD, "level": "1", "key": KEY}).status_code == 422
    assert ratings() == 1


def test_a_token_that_was_altered_anywhere_opens_nothing(app: Any, client: Any, cast: Cast) -> None:
    token = token_of(app, service(cast), cast)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for place in (0, 3, len(token) // 2, len(token) - 2):
        assert (
            client.get(f"/ratings/{token[:place]}{'A' if token[place] != 'A' else 'B'}{token[place + 1 :]}").status_code
            == 404
        )
    variants = [f"{token[:-1]}{letter}" for letter in letters[:12] if letter != token[-1]]
    assert {client.post(f"/ratings/{one}", data=GOOD).status_code for one in variants} == {404}
    assert ratings() == 0 and client.get(f"/ratings/{token}").status_code == 200


def test_a_token_of_another_purpose_opens_nothing(app: Any, client: Any, cast: Cast) -> None:
    from itsdangerous import URLSafeSerializer

    invitation = voices.invitation(service(cast), cast.neighbor)
    for salt in ("linli.login", "itsdangerous"):
        token = URLSafeSerializer(app.secret_key, salt=salt).dumps(invitation.public_id)
        assert client.get(f"/ratings/{token}").status_code == 404


def test_who_tries_many_tokens_waits_and_keeps_no_neighbor_of_the_same_address_out(
    app: Any, client: Any, cast: Cast
) -> None:
    token = token_of(app, service(cast), cast)
    answers = [client.get(f"/ratings/{token[:-4]}{n:04d}") for n in range(22)]
    assert [one.status_code for one in answers] == [404] * 20 + [429] * 2
    assert answers[20].headers["Retry-After"] == "300"
    forged = client.get(f"/ratings/{token[:-4]}9999", headers={"X-Forwarded-For": "9.9.9.9"})
    assert forged.status_code == 429
    assert client.get(f"/ratings/{token}").status_code == 200, "a true signature is no guess"
    assert client.post(f"/ratings/{token}/presence", data={"word": "yes"}).status_code == 303
    assert client.post(f"/ratings/{token}", data=GOOD).status_code == 303 and ratings() == 1


def test_a_whole_hall_rates_at_the_poster_from_one_address(app: Any, client: Any, cast: Cast) -> None:
    people = serving.people(cast, 40)
    log, client.examines = service(cast, *people), False
    for _ in range(2):
        RatingInvitation.print_strips(log, 40, by=actor_of(cast.clerk))
    address, codes = f"/ratings/events/{log.public_id}", strips(log)
    faceless = [client.post(address, data={**GOOD, "level": "", "code": codes[0]}) for _ in range(70)]
    assert {one.status_code for one in faceless} == {422}
    given = [client.post(address, data={**GOOD, "code": code}) for code in codes]
    assert {one.status_code for one in given} == {303} and ratings() == 80
    named = [{"name": one.name, "last_four": (one.phone or "")[-4:]} for one in [cast.neighbor, *people] * 2]
    assert {client.post(address, data={**GOOD, **one}).status_code for one in named} == {303}


def test_who_guesses_codes_or_the_digits_of_a_name_waits_and_nobody_else(app: Any, client: Any, cast: Cast) -> None:
    log, client.examines = service(cast), False
    RatingInvitation.print_strips(log, 1, by=actor_of(cast.clerk))
    address, four = f"/ratings/events/{log.public_id}", (cast.neighbor.phone or "")[-4:]
    wrong = [client.post(address, data={**GOOD, "code": f"ZZZZ{n:04d}"}).status_code for n in range(21)]
    assert wrong == [303] * 20 + [429]
    digits = [n for n in range(2000, 2011) if f"{n}" != four]
    guesses = [client.post(address, data={**GOOD, "name": f" 王桂兰{' ' * n}", "last_four": f"{two}"}).status_code
               for n, two in enumerate(digits[:10])]  # fmt: skip
    assert guesses == [303] * 10
    # Known or not, the name is closed alike: what is refused tells nobody that the digits were right.
    for last_four in (four, "1999"):
        late = client.post(address, data={**GOOD, "name": "王桂兰", "last_four": last_four})
        assert (late.status_code, ratings()) == (429, 0)
    assert client.post(address, data={**GOOD, "name": "李桂兰", "last_four": "1234"}).status_code == 303
    assert client.post(address, data={**GOOD, "code": strips(log)[0]}).status_code == 303 and ratings() == 1


@pytest.mark.commits
def test_two_people_with_one_slip_at_once_are_one_rating(app: Any, cast: Cast) -> None:
    log = service(cast)
    tokens = [token_of(app, log, cast) for _ in range(10)]
    database.session.commit()
    for token in tokens:
        codes: list[int] = []
        together = threading.Barrier(2)

        def rate(token: str = token, codes: list[int] = codes, together: threading.Barrier = together) -> None:
            client = app.test_client()
            together.wait()
            codes.append(client.post(f"/ratings/{token}", data=GOOD).status_code)

        pair = [threading.Thread(target=rate) for _ in range(2)]
        for one in pair:
            one.start()
        for one in pair:
            one.join()
        assert sorted(codes) in ([303, 410], [303, 422]), codes
    database.session.rollback()
    assert ratings() == 10


def test_on_the_device_of_whoever_works_here_the_page_takes_no_rating(app: Any, client_for: Any, cast: Cast) -> None:
    address = f"/ratings/{token_of(app, service(cast), cast)}"
    for staff in (cast.worker, cast.manager, cast.clerk):
        page = client_for(staff).get(address).text
        assert "请先退出登录" in page and 'name="level"' not in page and 'name="word"' not in page
        assert client_for(staff).post(address, data=GOOD).status_code == 422
    assert 'name="level"' in client_for(cast.resident).get(address).text
    assert client_for().post(address, data=GOOD).status_code == 303


def test_the_poster_answers_the_same_matched_or_not(app: Any, client: Any, cast: Cast) -> None:
    log = service(cast)
    RatingInvitation.print_strips(log, 2, by=actor_of(cast.clerk))
    address = f"/ratings/events/{log.public_id}"
    assert client.get(address).status_code == 200
    four = (cast.neighbor.phone or "")[-4:]
    tries = [
        {"code": strips(log)[0].lower()}, {"code": "ZZZZZZZZ"}, {"name": "王桂兰", "last_four": four},
        {"name": "王桂兰", "last_four": "0000" if four != "0000" else "1111"},
    ]  # fmt: skip
    answers = [client.post(address, data={**GOOD, **one}) for one in tries]
    assert {(one.status_code, one.location, one.text) for one in answers} == {(303, "/ratings/thanks", answers[0].text)}
    assert ratings() == 2
    for wrong in ({}, {"name": "王桂兰"}, {"code": "短"}, {"name": "王", "last_four": "１２３４"}):
        assert client.post(address, data={**GOOD, **wrong}).status_code == 422


def test_a_code_is_read_as_people_type_it(client: Any, client_for: Any, cast: Cast) -> None:
    log = service(cast)
    RatingInvitation.print_strips(log, 4, by=actor_of(cast.clerk))
    address, codes = f"/ratings/events/{log.public_id}", strips(log)
    letters = {"0": "o", "1": "l"}
    one = database.session.scalars(select(RatingInvitation).where(RatingInvitation.code == codes[3])).one()
    one.code = "0123ABC1"
    typed = [codes[0].lower(), f" {codes[1][:4]} {codes[1][4:]} ", f"{codes[2][:4]}-{codes[2][4:]}",
             "".join(letters.get(letter, letter) for letter in "0123ABC1")]  # fmt: skip
    assert {client.post(address, data={**GOOD, "code": code}).status_code for code in typed} == {303}
    assert ratings() == 4
    clerk, seat = client_for(cast.clerk), voices.seat(log, cast.neighbor).public_id
    tied = clerk.post(
        f"/ratings/services/{log.public_id}/ties", data={f"code-{seat}": f"{codes[1][:4]} {codes[1][4:]}"}
    )
    assert tied.status_code == 303


def test_what_is_missing_at_the_poster_is_said_above_all_of_it_and_nothing_else_unfolds(
    app: Any, client: Any, cast: Cast
) -> None:
    address = f"/ratings/events/{service(cast).public_id}"
    page = client.post(address, data={**GOOD, "level": "", "code": "ABCD2345"}).text
    assert page.index("这几处请再看看") < page.index('name="code"') and "<details open" not in page
    nothing = client.post(address, data=GOOD).text
    assert "<details open" in nothing or re.search(r"<details[^>]* open", nothing)


def test_a_device_of_the_committee_comes_back_to_the_slip_after_signing_out(
    app: Any, client_for: Any, cast: Cast
) -> None:
    address, clerk = f"/ratings/{token_of(app, service(cast), cast)}", client_for(cast.clerk)
    assert f'name="next" value="{address}"' in clerk.get(address).text
    out = clerk.post("/logout", data={"next": address})
    assert out.location == address and 'name="level"' in clerk.get(address).text
    for elsewhere in ("https://example.org/", "//example.org", "/nowhere/at/all", ""):
        assert client_for(cast.clerk).post("/logout", data={"next": elsewhere}).location == "/"


def test_the_faces_come_first_and_whether_one_was_there_is_one_tap_away(app: Any, client: Any, cast: Cast) -> None:
    page = client.get(f"/ratings/{token_of(app, service(cast), cast)}").text
    assert page.index('href="#_presence"') < page.index('name="level"') < page.index('id="_presence"')


def test_slips_strips_and_posters_are_printed_by_the_committee_alone(app: Any, client_for: Any, cast: Cast) -> None:
    log = service(cast, *serving.people(cast, 14))
    clerk = client_for(cast.clerk)
    base = f"/ratings/services/{log.public_id}"
    assert log.title in clerk.get("/ratings/services").text
    assert clerk.post(f"{base}/slips").location == f"{base}/slips"
    sheet = clerk.get(f"{base}/slips")
    assert sheet.text.count('class="slip"') == 15 and sheet.text.count('class="slips"') == 2
    assert "王**" in sheet.text and "王桂兰" not in sheet.text and sheet.headers["Cache-Control"] == "no-store"
    assert clerk.post(f"{base}/strips", data={"number": "5"}).location == f"{base}/strips"
    assert all(code in clerk.get(f"{base}/strips").text for code in strips(log))
    assert clerk.get(f"/ratings/events/{log.public_id}/poster").status_code == 200
    page = clerk.get(base)
    assert page.status_code == 200
    seat = paper_seats(log)[0].seat
    assert clerk.post(f"{base}/ties", data={f"code-{seat}": strips(log)[0]}).status_code == 303
    assert clerk.post(f"{base}/ties", data={f"code-{seat}": "WRONGONE"}).status_code == 422
    for absurd in ("0", "61", "x", "１", ""):
        assert clerk.post(f"{base}/strips", data={"number": absurd}).status_code == 422
    for path in (base, f"{base}/slips", f"{base}/strips", f"{base}/paper", f"/ratings/events/{log.public_id}/poster"):
        assert client_for(cast.other_clerk).get(path).status_code == 404
        for nobody in (cast.worker, cast.manager, cast.resident, cast.auditor):
            assert client_for(nobody).get(path).status_code == 403
        assert client_for().get(path).status_code == 302


def test_sixty_paper_slips_are_one_page_and_one_post(app: Any, client_for: Any, cast: Cast, count_queries: Any) -> None:
    log = service(cast, *serving.people(cast, 59))
    clerk, path = client_for(cast.clerk), f"/ratings/services/{log.public_id}/paper"
    page = clerk.get(path)
    assert page.text.count('name="level-') == 60 and "王桂兰" in page.text
    data: dict[str, Any] = {f"level-{seat.seat}": str(5 - n % 3) for n, seat in enumerate(paper_seats(log))}
    first = paper_seats(log)[0].seat
    seven = {**data, f"level-{first}": "7", "photos_files": (io.BytesIO(photo()), "sheet.jpg")}
    assert clerk.post(path, data=seven).status_code == 422
    assert clerk.post(path, data=data).status_code == 422
    done = clerk.post(path, data={**data, "photos_files": (io.BytesIO(photo()), "sheet.jpg")})
    assert done.status_code == 303
    sheet = RatingSheet.find(done.location.rpartition("/")[2])
    assert len(sheet.ratings()) == 60
    assert clerk.post(f"{done.location}/witness").status_code == 422
    assert client_for(cast.other_head).get(done.location).status_code == 404
    second = client_for(cast.head)
    assert "王桂兰" in second.get(done.location).text and second.get("/ratings/sheets").status_code == 200
    assert second.post(f"{done.location}/witness").status_code == 303
    assert {one.state for one in sheet.ratings()} == {RatingState.VALID}
    assert second.post(f"{done.location}/witness").status_code == 422


def test_a_wrong_figure_among_sixty_is_named_above_the_grid(client_for: Any, cast: Cast) -> None:
    log = service(cast, *serving.people(cast, 3))
    clerk, base = client_for(cast.clerk), f"/ratings/services/{log.public_id}"
    seats = paper_seats(log)
    data = {f"level-{seats[2].seat}": "8", "photos_files": (io.BytesIO(photo()), "sheet.jpg")}
    page = clerk.post(f"{base}/paper", data=data).text
    assert f'href="#level-{seats[2].seat}"' in page.split("<table")[0] and f'id="level-{seats[2].seat}"' in page
    RatingInvitation.print_strips(log, 2, by=actor_of(cast.clerk))
    page = clerk.get(base).text
    assert page.index(f'href="{base}/paper"') < page.index(f'name="code-{seats[0].seat}"')


def test_names_of_posters_are_asked_by_the_committee(app: Any, client_for: Any, cast: Cast) -> None:
    log = service(cast)
    client_for().post(
        f"/ratings/events/{log.public_id}",
        data={**GOOD, "name": "王桂兰", "last_four": (cast.neighbor.phone or "")[-4:]},
    )
    rating = database.session.scalars(select(Rating)).one()
    clerk = client_for(cast.clerk)
    assert "王桂兰" in clerk.get("/ratings/sheets").text
    path = f"/ratings/names/{rating.public_id}/word"
    assert client_for(cast.other_clerk).post(path, data={"confirmed": "yes"}).status_code == 404
    assert clerk.post(path, data={"confirmed": "yes"}).status_code == 303
    assert rating.state == RatingState.VALID and "王桂兰" not in clerk.get("/ratings/sheets").text


@pytest.mark.usefixtures("standing_clock")
def test_a_slip_of_a_door_marked_not_in_is_asked_about_and_whoever_served_reads_the_same(
    client_for: Any, cast: Cast
) -> None:
    met, away = serving.people(cast, 2)
    lines = (Presence(met), Presence(away, Outcome.NOT_IN))
    of = serving.project(cast)
    log = serving.log(of, cast.worker, people=lines)
    log.approve(by=actor_of(cast.supervisor))
    slip = voices.invitation(log, away)
    database.session.commit()
    paths = [f"/logs/{log.public_id}", "/", "/logs", "/my-people", f"/projects/{of.public_id}/logs"]
    readers = [client_for(one) for one in (cast.worker, cast.supervisor, cast.manager)]
    before = [_read(one, paths) for one in readers]
    rating = Rating.give(slip, Answer(1, comment="敲了门，坐了半小时"), by=STRANGER)
    database.session.commit()
    clerk = client_for(cast.clerk)
    assert "有 1 件评价的事，等另一个人核对" in clerk.get("/").text
    shown = clerk.get("/ratings/sheets").text
    assert away.name in shown and "记录写着没见到" in shown and "坐了半小时" not in shown
    path = f"/ratings/names/{rating.public_id}/word"
    for stranger in (cast.worker, cast.supervisor, cast.manager):
        assert client_for(stranger).post(path, data={"confirmed": "no"}).status_code == 403
    assert clerk.post(path, data={"confirmed": "maybe"}).status_code == 303 and rating.state == RatingState.WAITING
    assert clerk.post(path, data={"confirmed": "yes"}).status_code == 303
    assert rating.state == RatingState.VALID and away.name not in clerk.get("/ratings/sheets").text
    assert [_read(one, paths) for one in readers] == before


def test_the_paper_of_a_door_marked_not_in_is_entered_apart_and_whoever_served_reads_the_same(
    client_for: Any, cast: Cast
) -> None:
    met, away = serving.people(cast, 2)
    of = serving.project(cast)
    log = serving.log(of, cast.worker, people=(Presence(met), Presence(away, Outcome.NOT_IN)))
    log.approve(by=actor_of(cast.supervisor))
    database.session.commit()
    paths = [f"/logs/{log.public_id}", "/", "/logs", "/my-people", f"/projects/{of.public_id}/logs", "/ratings/themes"]
    readers = [client_for(one) for one in (cast.worker, cast.supervisor, cast.manager)]
    before = [_read(one, paths) for one in readers]
    clerk, head, path = client_for(cast.clerk), client_for(cast.head), f"/ratings/services/{log.public_id}/paper"
    page = clerk.get(path).text
    assert page.index(met.name) < page.index("记录写着没见到") < page.index(away.name)
    assert "还有 1 人没有录入评价" in clerk.get(f"/ratings/services/{log.public_id}").text
    data = {f"level-{voices.seat(log, away).public_id}": "1", "photos_files": (io.BytesIO(photo()), "sheet.jpg")}
    done = clerk.post(path, data=data)
    assert done.status_code == 303
    assert "记录写着没见到" in head.get(done.location).text
    assert head.post(f"{done.location}/witness").status_code == 303
    (rating,) = RatingSheet.find(done.location.rpartition("/")[2]).ratings()
    assert rating.state == RatingState.WAITING and away.name in head.get("/ratings/sheets").text
    assert head.post(f"/ratings/names/{rating.public_id}/word", data={"confirmed": "yes"}).status_code == 303
    assert rating.state == RatingState.VALID
    assert [_read(one, paths) for one in readers] == before


def test_whoever_is_said_not_to_have_been_met_still_says_how_it_was(client_for: Any, cast: Cast) -> None:
    log = serving.log(serving.project(cast), cast.worker, people=(Presence(cast.neighbor, Outcome.NOT_IN),))
    log.approve(by=actor_of(cast.supervisor))
    resident, seat = client_for(cast.resident), voices.seat(log, cast.neighbor).public_id
    page = resident.get("/me/services").text
    assert "记录写着这次没见到您" in page and f'value="{seat}"' in page
    opened = resident.post("/ratings/invitations", data={"seat": seat})
    assert opened.status_code == 303 and resident.post(opened.location, data=GOOD).status_code == 303
    assert database.session.scalars(select(Rating.state)).all() == [RatingState.WAITING]


def test_whoever_also_works_for_the_provider_keeps_away_from_those_who_rate_it(client_for: Any, cast: Cast) -> None:
    here, elsewhere = serving.people(cast, 2)
    own = serving.log(serving.project(cast), cast.worker, people=(Presence(here, Outcome.NOT_IN),))
    own.approve(by=actor_of(cast.supervisor))
    other = serving.log(
        serving.project(cast, organization=None), cast.clerk, people=(Presence(elsewhere, Outcome.NOT_IN),)
    )
    other.approve(by=actor_of(cast.head))
    slips_of = [voices.rate(log, person, 1) for log, person in ((own, here), (other, elsewhere))]
    contact = database.session.scalars(select(RatingContact).order_by(RatingContact.id)).first()
    cast.worker.grant(Role.CLERK, by=JOB, place=cast.community)
    database.session.commit()
    two_hats, clerk = client_for(cast.worker), client_for(cast.clerk)
    sheets = two_hats.get("/ratings/sheets").text
    assert here.name not in sheets and elsewhere.name in sheets
    assert two_hats.get("/ratings/contacts").text.count("/ratings/contacts/") == 1
    for path in (f"/ratings/contacts/{contact.public_id}", f"/ratings/services/{own.public_id}",
                 f"/ratings/services/{own.public_id}/slips", f"/ratings/services/{own.public_id}/paper",
                 f"/ratings/services/{own.public_id}/strips"):  # fmt: skip
        assert (two_hats.get(path).status_code, clerk.get(path).status_code) == (404, 200), path
    assert own.public_id not in two_hats.get("/ratings/services").text
    word = f"/ratings/names/{slips_of[0].public_id}/word"
    assert two_hats.post(word, data={"confirmed": "no"}).status_code == 404
    assert two_hats.get(f"/ratings/services/{other.public_id}").status_code == 200


def test_where_the_committee_served_itself_others_and_a_third_party_take_the_paper(
    app: Any, client_for: Any, cast: Cast
) -> None:
    """Showing and doing go by one rule: whoever served reads who can, and neither form nor slip."""
    one = serving.people(cast, 1)[0]
    log = serving.log(serving.project(cast, organization=None), cast.clerk, one)
    log.approve(by=actor_of(cast.head))
    clerk, head, evaluator = (client_for(who) for who in (cast.clerk, cast.head, cast.evaluator))
    base, who_can = f"/ratings/services/{log.public_id}", "第三方评估员"
    level = f"level-{voices.seat(log, one).public_id}"

    def sent(client: Any) -> Any:
        return client.post(f"{base}/paper", data={level: "2", "photos_files": (io.BytesIO(photo()), "sheet.jpg")})

    page = clerk.get(base).text
    assert who_can in page and f'href="{base}/paper"' not in page
    page = clerk.get(f"{base}/paper").text
    assert who_can in page and level not in page
    refused = sent(clerk)
    assert refused.status_code == 422 and refused.text.count(who_can) == 1 and level not in refused.text
    assert f'href="{base}/paper"' in head.get(base).text
    listed = evaluator.get("/ratings/paper").text
    assert f'href="{base}/paper"' in listed and cast.community.name in listed
    assert evaluator.get(base).status_code == 403 and one.name in evaluator.get(f"{base}/paper").text
    sheet = sent(evaluator).location
    assert who_can in evaluator.get(sheet).text and evaluator.post(f"{sheet}/witness").status_code == 422
    page = clerk.get(sheet).text
    assert who_can in page and one.name not in page and "/witness" not in page
    assert clerk.post(f"{sheet}/witness").status_code == 422
    assert sheet not in clerk.get("/ratings/sheets").text and sheet in head.get("/ratings/sheets").text
    assert head.post(f"{sheet}/witness").status_code == 303
    assert [one.state for one in RatingSheet.find(sheet.rpartition("/")[2]).ratings()] == [RatingState.VALID]
    notes = database.session.scalars(select(AccessNote.what).where(AccessNote.account_id == cast.evaluator.id)).all()
    assert "read.paper_names" in notes
    theirs = service(cast)
    assert evaluator.get(f"/ratings/services/{theirs.public_id}/paper").status_code == 404
    assert client_for(cast.street_officer).get(f"{base}/paper").status_code == 403


def test_the_committee_calls_whoever_wants_it_and_the_look_is_noted(app: Any, client_for: Any, cast: Cast) -> None:
    log = service(cast)
    voices.rate(log, cast.neighbor, 1, mattered=Mattered.TIMELY, comment="饭是凉的")
    clerk = client_for(cast.clerk)
    listed = clerk.get("/ratings/contacts").text
    assert "夕阳守护" in listed and "王桂兰" not in listed and "饭是凉的" not in listed
    one = contact_lines(RatingContact.community_id == cast.community.id)[0]
    path = f"/ratings/contacts/{one.public_id}"
    assert "王桂兰" not in clerk.get(path).text
    shown = clerk.post(f"{path}/person").text
    assert "王桂兰" in shown and "非常不满意" not in shown and "饭是凉的" not in shown
    assert database.session.scalar(select(func.count()).where(AccessNote.what == "reveal.rater")) == 1
    assert clerk.post(f"{path}/calls", data={"note": ""}).status_code == 422
    assert clerk.post(f"{path}/settlement", data={"note": "换了时间"}).status_code == 422
    assert clerk.post(f"{path}/calls", data={"note": "说饭凉了", "reached": "y"}).status_code == 303
    assert clerk.post(f"{path}/settlement", data={"note": "换了保温箱"}).status_code == 303
    assert clerk.get(path).status_code == 404
    assert client_for(cast.other_clerk).get(path).status_code == 404
    for nobody in (cast.worker, cast.manager, cast.grid_worker, cast.street_officer):
        assert client_for(nobody).get("/ratings/contacts").status_code == 403


def test_the_organization_reads_themes_and_declares_family(app: Any, client_for: Any, cast: Cast) -> None:
    manager = client_for(cast.manager)
    assert manager.get("/ratings/themes").status_code == 200
    done = manager.post("/ratings/relatives", data={"name": "王桂兰", "phone": cast.neighbor.phone})
    assert done.status_code == 303 and "王桂兰" in manager.get("/ratings/relatives").text
    assert manager.post("/ratings/relatives", data={"name": "李四", "phone": "12"}).status_code == 422
    assert voices.rate(service(cast), cast.neighbor).invalid_reason == Unfit.DECLARED_FAMILY
    assert client_for(cast.resident).get("/ratings/themes").status_code == 403


def test_a_doubt_needs_the_head_and_a_second_person(app: Any, client_for: Any, cast: Cast) -> None:
    project = voices.rated(cast, [5, 5, 5, 5])
    path = f"/projects/{project.public_id}/ratings"
    assert client_for(cast.head).get(path).status_code == 404
    voices.rated(cast, [1], of=project)
    head, rating = client_for(cast.head), database.session.scalars(select(Rating)).first()
    assert rating is not None
    assert head.get(path).status_code == 200 and client_for(cast.auditor).get(path).status_code == 200
    for nobody in (cast.clerk, cast.street_officer, cast.worker, cast.evaluator, cast.other_head):
        assert client_for(nobody).get(path).status_code == 404
    doubt = f"/ratings/records/{rating.public_id}/doubt"
    assert (
        client_for(cast.clerk).post(doubt, data={"reason": "NOT_THERE", "why": "这天他在外地住院"}).status_code == 403
    )
    assert head.post(doubt, data={"reason": "NOT_THERE", "why": "短"}).status_code == 422
    assert head.post(doubt, data={"reason": "LOG_VOIDED", "why": "这天他在外地住院，没有来"}).status_code == 422
    assert head.post(doubt, data={"reason": "NOT_THERE", "why": "这天他在外地住院，没有来"}).status_code == 303
    decision = f"/ratings/records/{rating.public_id}/decision"
    assert head.post(decision, data={"upheld": "yes"}).status_code == 422
    clerk = client_for(cast.clerk)
    assert "这天他在外地住院" in clerk.get("/ratings/sheets").text
    assert clerk.post(decision, data={"upheld": "yes"}).status_code == 303
    assert rating.state == RatingState.INVALID


def test_no_page_puts_a_rater_beside_a_rating(app: Any, client_for: Any, cast: Cast) -> None:
    canary, word = serving.people(cast, 1)[0], "杜鹃啼血"
    canary.name = "欧阳金丝雀"
    project = voices.rated(cast, [5] * 6, silent=3)
    log = serving.approved(cast, project, canary)
    rating = voices.rate(log, canary, 2, comment=word, mattered=Mattered.SKILL)
    invitation = RatingInvitation.get(rating.invitation_id)
    PresenceWord.say(invitation, there=False, words="金丝雀不在笼中", by=STRANGER)
    RatingRelease.release_all(by=JOB)
    contact = contact_lines(RatingContact.community_id == cast.community.id)[0]
    signs = [canary.name, canary.phone or "", canary.public_id, rating.public_id, word]
    paths = [
        f"/projects/{project.public_id}/evaluation", f"/projects/{project.public_id}/ratings", "/ratings/contacts",
        f"/ratings/contacts/{contact.public_id}", "/ratings/sheets", "/ratings/themes", "/evaluation", "/",
        "/ratings/presence", "/hints",
        f"/projects/{project.public_id}", f"/ratings/services/{log.public_id}/slips", "/ratings",
    ]  # fmt: skip
    for name, account in {**cast.everybody(), "public": None}.items():
        client = client_for(account)
        for path in paths:
            text = client.get(path).text
            seen = [sign for sign in signs if sign and sign in text]
            # An auditor's list names ratings by their own id and shows no person; nothing shows both.
            assert seen in ([], [rating.public_id]), (name, path, seen)
    for account in (cast.worker, cast.supervisor, cast.manager):
        fragment = (
            client_for(account).get(f"/projects/{project.public_id}/satisfaction", headers={"HX-Request": "true"}).text
        )
        assert "2" in fragment or (fragment and canary.name not in fragment)
    from models.events import Event

    for body in database.session.scalars(
        select(Event.body).where(or_(Event.verb.like("rating%"), Event.verb.like("presence%")))
    ):
        assert f'["people",{canary.id}]' not in body and "rating_invitations" not in body


def test_the_list_of_services_asks_the_same_however_long_it_is(
    app: Any, client_for: Any, cast: Cast, count_queries: Any
) -> None:
    of, clerk = serving.project(cast), client_for(cast.clerk)
    counts = []
    for _ in range(2):
        serving.approved(cast, of, *serving.people(cast, 3))
        with count_queries() as queries:
            clerk.get("/ratings/services")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 5


def test_nobody_is_invited_twice_by_the_same_press(app: Any, client_for: Any, cast: Cast) -> None:
    log = service(cast, *serving.people(cast, 3))
    clerk, path = client_for(cast.clerk), f"/ratings/services/{log.public_id}/slips"
    assert [clerk.post(path, data={"key": KEY}).status_code for _ in range(2)] == [303, 303]
    assert len(slips(log)) == 4
    Rating.give(voices.invitation(log, cast.neighbor), Answer(5), by=STRANGER)


def _read(client: Any, paths: list[str]) -> dict[str, str]:
    """Return what somebody reads, without the keys and seals that differ each time."""
    changing = r"[A-Za-z0-9_.-]{11,}"
    return {path: re.sub(changing, "", client.get(path).text) for path in paths}


@pytest.mark.usefixtures("standing_clock")
def test_whoever_served_reads_the_same_before_and_after_somebody_says_i_was_not_there(
    client_for: Any, cast: Cast
) -> None:
    of = serving.project(cast)
    people = serving.people(cast, 3)
    done, handed_in = serving.approved(cast, of, *people), serving.log(of, cast.worker, *people, hours_ago=9)
    paths = [f"/logs/{log.public_id}{more}" for log in (done, handed_in) for more in ("", "/attendance")]
    paths += ["/", "/log-approvals", "/hints", "/to-match", "/ratings/themes", "/my-people", "/logs",
              f"/projects/{of.public_id}/logs", f"/projects/{of.public_id}"]  # fmt: skip
    readers = [client_for(account) for account in (cast.worker, cast.supervisor, cast.manager)]
    before = [_read(one, paths) for one in readers]
    for log in (done, handed_in):
        for number, person in enumerate(people):
            PresenceWord.say(voices.invitation(log, person), there=number > 0, words="我没去", by=STRANGER)
    database.session.commit()
    assert [_read(one, paths) for one in readers] == before


def test_between_two_releases_nobody_outside_reads_anything_of_a_rating(client_for: Any, cast: Cast) -> None:
    of = voices.rated(cast, [5, 5, 5, 4], silent=2, comment="一直很准时", mattered=Mattered.TIMELY)
    asked, waits, last = serving.people(cast, 3)
    done, handed_in = serving.approved(cast, of, asked, last, hours_ago=30), serving.log(of, cast.worker, waits)
    voices.rate(done, last, 1, mattered=Mattered.TIMELY)
    tell(of, INVITED, people=[asked.id], community_id=of.community_id, followers=False, title=of.title)
    telling = database.session.scalars(select(Telling).where(Telling.person_id == asked.id)).one()
    telling.tick("WRONG_NUMBER", by=actor_of(cast.clerk))
    RatingRelease.release_all(by=JOB)
    database.session.commit()
    here = f"/projects/{of.public_id}"
    public = [here + "/evaluation", "/board", f"/board/projects/{of.public_id}"]
    staff = [*public, here, here + "/logs", "/", "/ratings/themes", f"/logs/{done.public_id}", "/evaluation"]

    def everybody() -> list[dict[str, str]]:
        with travel(timedelta(days=20)):
            inside = [_read(client_for(one), staff) for one in (cast.worker, cast.supervisor, cast.manager)]
            return [*inside, _read(client_for(None), public)]

    before = everybody()
    with travel(timedelta(days=2)):
        own = RatingInvitation.ask(
            voices.seat(done, asked).public_id, by=actor_of(cast.resident, person_ids=[asked.id])
        )
        Rating.give(
            own,
            Answer(1, comment="汤是凉的", mattered=Mattered.EFFECT),
            by=actor_of(cast.resident, person_ids=[asked.id]),
        )
        voices.rate(handed_in, waits, 2, comment="等了很久", mattered=Mattered.SKILL)
        database.session.commit()
    assert everybody() == before


def test_the_link_asks_whether_one_was_there_before_the_faces_and_after_them(client_for: Any, cast: Cast) -> None:
    one, other = serving.people(cast, 2)
    log = serving.approved(cast, serving.project(cast), one, other)
    stranger = client_for(None)
    here, there = ("/ratings/" + seal(voices.invitation(log, person).public_id) for person in (one, other))
    assert "那次您在场吗" in stranger.get(here).text
    for word in ("", "maybe"):
        assert stranger.post(here + "/presence", data={"key": KEY, "word": word}).status_code == 422
    long = stranger.post(here + "/presence", data={"key": KEY, "word": "no", "words": "长" * 501})
    assert long.status_code == 422 and "长" * 501 in long.text
    told = {"key": KEY, "word": "no", "words": "那天我在女儿家"}
    assert [stranger.post(here + "/presence", data=told).status_code for _ in range(2)] == [303, 303]
    page = stranger.get(here)
    assert page.status_code == 200 and "已经告诉我们了" in page.text and "女儿家" not in page.text
    assert stranger.post(here, data={"key": KEY, "level": "4"}).status_code == 303
    assert stranger.post(there, data={"key": KEY[:-1] + "2", "level": "5"}).status_code == 303
    closed = stranger.get(there)
    assert closed.status_code == 410 and "那次您在场吗" in closed.text
    assert stranger.post(there + "/presence", data={"key": KEY[:-1] + "3", "word": "yes"}).status_code == 303
    assert "那次您在场吗" not in stranger.get(there).text
    assert (
        client_for(cast.worker).post(there + "/presence", data={"key": KEY[:-1] + "4", "word": "no"}).status_code == 422
    )
    clerk = client_for(cast.clerk)
    desk = clerk.get("/ratings/presence").text
    assert "那天我在女儿家" in desk and one.name not in desk
    shown = re.search(r"/ratings/presence/(\w{10})/person", desk)[1]  # type: ignore[index]
    assert one.name in clerk.post(f"/ratings/presence/{shown}/person").text
    assert database.session.scalars(select(AccessNote).where(AccessNote.what == "reveal.presence")).one()
    assert "说：那次服务我没在场" in client_for(cast.head).get("/").text
