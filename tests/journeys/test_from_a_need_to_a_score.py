"""The one thread of the product, pulled from end to end: each step is taken at the counter by whoever takes it in life."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from models.base import db as database
from models.base import today, travel
from models.events import JOB
from models.needs import Need
from models.ratings import RatingInvitation, RatingRelease
from models.states import NeedState
from tests import builders
from tests.cast import Cast
from web.forms.moments import local
from web.rating_links import seal

# A Tuesday morning; the whole thread is told within the four weeks after it.
BEGIN = datetime(2026, 11, 3, 2, 0, tzinfo=UTC)
TEXT = "我妈一个人住，周末食堂不开门，两天只吃一顿像样的饭。"
LEVELS = (5, 5, 4, 4, 5, 2)
EVIDENCE = "抽查了十二份服务记录，全部有签到"


@contextmanager
def day(number: int) -> Iterator[datetime]:
    """Live on one day of the story."""
    with travel(BEGIN + timedelta(days=number)):
        yield BEGIN + timedelta(days=number)


def sent(**fields: Any) -> dict[str, Any]:
    """Return a form with the key that its page gave it."""
    return {"key": str(uuid.uuid4()), **fields}


def pressed(visitor: Any, address: str, **fields: Any) -> str:
    """Send a form that is taken, and return where it leads."""
    answer = visitor.post(address, data=sent(**fields))
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def public_id_in(address: str) -> str:
    """Return the id that an address names."""
    found = re.search(r"/([0-9A-Z]{10})(?:$|[/?#])", address)
    assert found, address
    return found[1]


def test_a_need_becomes_a_score_that_residents_moved(app: Any, cast: Cast, client_for: Any) -> None:
    # Without an account a daughter says at home what her mother lacks, and keeps the receipt.
    with day(0):
        daughter = client_for()
        receipt = pressed(daughter, "/needs", community=cast.community.public_id, courtyard=cast.courtyard.public_id,
                          text=TEXT, name="周小兰", phone="138 0013 8000")  # fmt: skip
        need_id = public_id_in(receipt)
        ticket = Need.find(need_id).ticket_no
        assert ticket in daughter.get(receipt).text
        # Nothing of it is public yet.
        assert TEXT[:10] not in client_for().get("/board").text

    # The clerk accepts it the next day and publishes a short title that names nobody.
    with day(1):
        clerk, sheet = client_for(cast.clerk), f"/desk/needs/{need_id}"
        assert TEXT.rstrip("。") in clerk.get("/desk").text
        pressed(clerk, f"{sheet}/acceptance", field="ELDERLY_DISABLED", urgency="GENERAL", kind="HELP")
        pressed(clerk, f"{sheet}/public-title", title="独居老人周末没处吃饭", although_private="y")

    # A neighbor's need that says the same goes into one package with it.
    with day(2):
        clerk = client_for(cast.clerk)
        same = builders.accepted(cast.community, builders.actor_of(cast.clerk), author=cast.neighbor)
        package = pressed(
            clerk, "/packages", title="独居老人周末助餐", track="PROJECT", field="ELDERLY_DISABLED",
            problem="周末没处吃饭", output="送出周末热餐", output_target="5200", output_unit="份", output_measure="TURNS",
            change="从12户到70户", how_checked="每月抽五户打电话问", activities="送餐\n探访",
            starts_on=(today() + timedelta(days=7)).isoformat(), ends_on=(today() + timedelta(days=371)).isoformat(),
            next_step="街道审定", next_on=(today() + timedelta(days=10)).isoformat(), needs=[need_id, same.public_id],
            **{"lines-0-category": "STAFF", "lines-0-label": "社工", "lines-0-amount": "86400.50"},
        )  # fmt: skip
        pressed(clerk, f"{package}/submission")

    # The street approves: a project is born, and an organization gets it with a reason.
    with day(4):
        street = client_for(cast.street_officer)
        project = pressed(street, f"{package}/approval", why="同意，按方案办。")
        project_id = public_id_in(project)
        pressed(street, f"{project}/assignment", organization=cast.organization.public_id, why="做过同类服务，住得近。")

    # The author follows with number and last four digits, without an account.
    with day(5):
        daughter = client_for()
        opened = daughter.post("/receipts", data={"ticket_no": ticket, "last_four": "8000"})
        page = daughter.get(opened.location).text
        assert "独居老人周末助餐" in page and "街道审定" in page

    # The worker serves six people, writes it down once, and somebody else approves it.
    with day(14) as moment:
        served = [cast.neighbor, *(builders.person(cast.community, f"何奶奶{n}", building="5") for n in range(5))]
        worker = client_for(cast.worker)
        log = pressed(
            worker, f"/projects/{project_id}/logs/new/group", title="周末热餐第一次送餐", minutes="90", act="submit",
            began=local(moment - timedelta(hours=3)), summary="六位老人在活动室一起吃了热饭。", needs=[need_id],
            names="\n".join(f"{one.name} {one.building}栋" for one in served),
        )  # fmt: skip
        assert worker.post(f"{log}/approval", data=sent()).status_code == 403
        pressed(client_for(cast.supervisor), f"{log}/approval")
        assert Need.find(need_id).state == NeedState.IN_SERVICE

    # Slips are torn off; what their codes hold needs no account, counts once, and says nobody's name.
    with day(15):
        clerk, log_id = client_for(cast.clerk), public_id_in(log)
        pressed(clerk, f"/ratings/services/{log_id}/slips")
        assert clerk.get(f"/ratings/services/{log_id}/slips").text.count('class="slip"') == len(LEVELS)
        slips = database.session.scalars(select(RatingInvitation).order_by(RatingInvitation.id)).all()
        assert len(slips) == len(LEVELS)
        for slip, level in zip(slips, LEVELS, strict=True):
            link = f"/ratings/{seal(slip.public_id)}"
            assert client_for().get(link).status_code == 200
            assert pressed(client_for(), link, level=str(level), contact="NOBODY") == "/ratings/thanks"
            assert client_for().get(link).status_code == 410

    # The evaluator scores the four other indicators with evidence; until Monday the public sees no figure move.
    with day(16):
        tens = {"operation": "90", "achievement": "88", "organization": "85", "budget": "88"}
        pressed(client_for(cast.evaluator), f"/projects/{project_id}/base-scores", **tens,
                **{f"{name}_evidence": EVIDENCE for name in tens})  # fmt: skip
        score = f"/projects/{project_id}/evaluation"
        assert "现在还没有" in client_for().get(score).text
        inside = client_for(cast.head).get(score).text

    # On Monday the release comes, and everybody reads the same arithmetic, the bad rating in it.
    with day(20):
        RatingRelease.release_all(by=JOB)
        outside = client_for().get(score).text
        total = re.search(r"\d\d\.\d\d", outside.partition("<main")[2])
        assert total and total[0] in inside
        assert "选“非常满意”，总分一定不会降" in outside
        for name in ("周小兰", *(one.name for one in served)):
            assert name not in outside
        board = client_for().get(f"/board/projects/{project_id}").text
        assert "独居老人周末助餐" in board and cast.organization.name in board and TEXT[:10] not in board

    # The need is settled, its author says so with the receipt, and the thread is whole.
    with day(21):
        pressed(client_for(cast.clerk), f"/desk/needs/{need_id}/resolution")
        daughter = client_for()
        opened = daughter.post("/receipts", data={"ticket_no": ticket, "last_four": "8000"}).location
        pressed(daughter, f"/needs/{need_id}/confirmation")
        assert Need.find(need_id).state == NeedState.CONFIRMED
        page = daughter.get(opened).text
        assert "居民已确认" in page and "独居老人周末助餐" in page
