"""The counter of volunteers: ticked on the own page, found with a covered number, taken back."""

from __future__ import annotations

from typing import Any

from models import volunteer_profiles
from models.accounts import actor_of
from models.attendance import Attendance
from models.people import Household
from tests import builders, serving
from tests.cast import Cast


def test_a_volunteer_ticks_is_found_with_a_covered_number_and_takes_it_back(
    client_for: Any, cast: Cast, db: Any
) -> None:
    cast.neighbor.set_phone("13800002345")
    Attendance.sign_up(serving.activity(cast), cast.neighbor, by=actor_of(cast.resident))
    db.session.commit()
    own, clerk = client_for(cast.resident), client_for(cast.clerk)
    key = lambda: f"0000-{builders.number():08d}"  # noqa: E731
    assert own.post("/me/volunteering", data={"key": key()}).status_code == 422
    form = {"key": key(), "skills": ["MEALS"], "times": ["6A", "7E"]}
    assert own.post("/me/volunteering", data=form).status_code == 303
    page = own.get("/me/volunteering").text
    assert "周六上午" in page and "/activities/" in page
    listed = clerk.get("/volunteers?skill=MEALS&time=7E").text
    assert cast.neighbor.name in listed and "13800002345" not in listed
    one = volunteer_profiles.own(cast.neighbor.id)
    shown = clerk.post(f"/volunteers/{one.public_id}/reveal", data={"reason": "MATTER"})
    assert "13800002345" in shown.text
    assert clerk.post(f"/volunteers/{one.public_id}/reveal", data={}).status_code == 422
    assert (
        client_for(cast.other_clerk).post(f"/volunteers/{one.public_id}/reveal", data={"reason": "MATTER"}).status_code
        == 404
    )
    assert own.post("/me/volunteering/withdrawal", data={"key": key()}).status_code == 303
    assert cast.neighbor.name not in clerk.get("/volunteers").text


def test_places_of_the_household_say_whose_they_are(client_for: Any, cast: Cast, db: Any) -> None:
    """Two of one household at one activity stood there as one line that came twice."""
    household = Household(community_id=cast.community.id).save()
    wife = builders.person(cast.community, "贾淑芬")
    cast.neighbor.household_id = wife.household_id = household.id
    activity = serving.activity(cast)
    for person in (cast.neighbor, wife):
        Attendance.sign_up(activity, person, by=actor_of(cast.clerk))
    db.session.commit()
    page = client_for(cast.resident).get("/me/volunteering").text
    assert page.count(f"/activities/{activity.public_id}") == 2
    assert page.count("贾淑芬 · ") == 1 and f"{cast.neighbor.name} · " not in page


def test_an_offer_is_written_down_at_the_counter_and_regular_times_are_said_in_one_word(
    client_for: Any, cast: Cast, db: Any
) -> None:
    clerk, aunt = client_for(cast.clerk), builders.person(cast.community, "孙阿姨")
    way = f"/people/{aunt.public_id}/volunteering"
    assert way in clerk.get(f"/people/{aunt.public_id}").text and clerk.get(way).status_code == 200
    form = {"skills": ["MEALS"], "times": [f"{n}A" for n in range(1, 8)] + ["6P", "7P", "2E"]}
    assert clerk.post(way, data={**form, "key": f"0000-{builders.number():08d}"}).status_code == 422
    assert clerk.post(way, data={**form, "agreed": "y", "key": f"0000-{builders.number():08d}"}).status_code == 303
    assert "每天上午 · 周末下午 · 周二晚上" in clerk.get("/volunteers").text
    assert clerk.post(f"{way}/withdrawal", data={"key": f"0000-{builders.number():08d}"}).status_code == 303
    assert "孙阿姨" not in clerk.get("/volunteers").text
