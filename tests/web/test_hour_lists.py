"""The counter of the lists for the official system: taken along, marked in one press, never twice, in own columns."""

from __future__ import annotations

import re
from typing import Any

import pytest

from models import sheets
from models.base import today
from models.hour_lists import Column
from models.people import Person
from tests import builders
from tests.cast import Cast
from tests.models.test_volunteering import S, in_state

pytestmark = pytest.mark.usefixtures("past_noon")


def form_of(page: str) -> dict[str, str]:
    """Return the hidden fields that the form on a page sends."""
    names = ("community", "period", "seal")
    found = {name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', page) for name in names}
    return {name: one[1] for name, one in found.items() if one} | {"key": f"0000-{builders.number():08d}"}


def rows(client: Any, address: str) -> list[tuple[str, ...]]:
    sheet = sheets.read("a.xlsx", client.get(address).data)
    return [line.cells for line in sheet.lines]


def test_one_row_is_not_1_rows_in_english(client_for: Any, cast: Cast, db: Any) -> None:
    in_state(cast, S.COUNTED)
    cast.clerk.locale = "en"
    db.session.commit()
    clerk, where = client_for(cast.clerk), f"{cast.community.public_id}&period={today():%Y}"
    page = " ".join(re.sub("<[^>]+>", " ", clerk.get(f"/hour-lists?community={where}").text).split())
    assert re.search(r"\b1 row\b", page) and not re.search(r"\b1 rows\b", page)
    said = clerk.get(f"/reports/figures?place={where}").text.split('id="report-text"')[1].split("</p>")[0]
    # Figures of the words for the group chat stand behind what they count.
    assert "Volunteers: 1;" in said and not re.search(r"\b1 \w+s\b", said)


def test_a_clerk_takes_the_list_along_in_own_columns_and_marks_it_once(client_for: Any, cast: Cast, db: Any) -> None:
    one, other = in_state(cast, S.COUNTED), in_state(cast, S.COUNTED)
    one.content = "=HYPERLINK(1)"
    db.session.commit()
    clerk, year = client_for(cast.clerk), f"{today():%Y}"
    at = f"/hour-lists?community={cast.community.public_id}&period={year}"
    page = clerk.get(at).text
    export = at.replace("?", "/export.xlsx?")
    assert "志愿者编号" in str(rows(clerk, export)[0]) and len(rows(clerk, export)) == 3
    assert "HYPERLINK" in str(rows(clerk, export)) and b"<f>" not in clerk.get(export).data
    order = [Column.OWN_1, Column.NAME, Column.ACTIVITY, Column.DATE, Column.PLACE, Column.CONTENT, Column.HOURS,
             Column.ORGANIZER, Column.IN_CHARGE]  # fmt: skip
    laid = {f"at_{name}": str(n) for n, name in enumerate(order, start=1)}
    laid |= {"heading_OWN_1": "服务类别", "text_OWN_1": "社区服务", "heading_HOURS": "时长", "key": "0000-11111111"}
    layout = f"/hour-layouts/{cast.community.public_id}"
    assert clerk.post(layout, data={**laid, "at_NAME": ""}).status_code == 422
    assert clerk.post(layout, data={**laid, "key": "0000-11111112"}).status_code == 303
    assert 'value="服务类别"' in clerk.get(layout).text
    assert rows(clerk, export)[0][:2] == ("服务类别", "姓名") and rows(clerk, export)[1][0] == "社区服务"

    sent = {**form_of(page), "on": today().isoformat()}
    assert clerk.post("/hour-reports", data={**sent, "which": "ticked"}).status_code == 422
    sent["key"] = f"0000-{builders.number():08d}"
    ticked = clerk.post("/hour-reports", data={**sent, "which": "ticked", "rows": [one.public_id]})
    assert ticked.status_code == 303
    stale = {**sent, "key": f"0000-{builders.number():08d}", "which": "all"}
    assert clerk.post("/hour-reports", data=stale).status_code == 409
    fresh = {**form_of(clerk.get(at).text), "on": today().isoformat(), "which": "all"}
    assert clerk.post("/hour-reports", data=fresh).status_code == 303
    assert clerk.post("/hour-reports", data=fresh).status_code == 303
    assert len(rows(clerk, export)) == 1 and len(rows(clerk, export + "&rows=all")) == 3
    shown = clerk.get(at).text
    assert "已上报" in shown and other.public_id not in shown
    latest = re.findall(r"/hour-reports/(\w+)/undoing", shown)[0]
    assert len(rows(clerk, f"/hour-reports/{latest}/export.xlsx")) == 2
    assert client_for(cast.street_officer).get(at).status_code == 200
    assert client_for(cast.street_officer).post("/hour-reports", data=fresh).status_code == 403
    other_clerk = client_for(cast.other_clerk)
    assert (
        other_clerk.get(at).status_code == 404
        and other_clerk.get(f"/hour-reports/{latest}/export.xlsx").status_code == 404
    )
    # Whose hours they are reads when they were carried over.
    owner = builders.account("志愿者本人", person=Person.get(one.person_id))
    assert "已上报官方系统" in client_for(owner).get("/me/hours").text
    assert clerk.post(f"{layout}/removal", data={"key": f"0000-{builders.number():08d}"}).status_code == 303
    assert "服务类别" not in rows(clerk, export + "&rows=all")[0]
    undone = {"key": f"0000-{builders.number():08d}", "reason": "点错了"}
    assert clerk.post(f"/hour-reports/{latest}/undoing", data=undone).status_code == 303
    assert len(rows(clerk, export)) == 2
