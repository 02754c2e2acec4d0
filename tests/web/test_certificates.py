"""The counter of proofs: asked for and issued, read back from paper, verified by anybody, guessed by nobody."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import select

from models.base import today
from models.certificates import Certificate, CertificateRequest
from tests import builders
from tests.cast import Cast
from tests.models.test_certificates import WHY, counted, issued
from tests.web.test_dossiers import text_of


def key() -> str:
    return f"0000-{builders.number():08d}"


@pytest.mark.usefixtures("past_noon")
def test_a_volunteer_asks_the_clerk_issues_and_the_paper_can_be_read_and_verified(
    client_for: Any, cast: Cast, db: Any
) -> None:
    counted(cast, cast.neighbor, minutes=95)
    resident, clerk = client_for(cast.resident), client_for(cast.clerk)
    asked = {"community": cast.community.public_id, "first": f"{today():%Y}-01-01", "last": today().isoformat()}
    assert resident.post("/me/certificates", data={**asked, "key": key()}).status_code == 303
    assert resident.post("/me/certificates", data={**asked, "key": key()}).status_code == 422
    assert client_for(cast.other_resident).post("/me/certificates", data={**asked, "key": key()}).status_code == 422
    assert clerk.get("/certificate-desk?first=%00&last=%20").status_code == 200
    link = re.search(r'href="(/certificate-desk/new[^"]+)"', clerk.get("/certificate-desk").text)
    preview = clerk.get(link[1].replace("&amp;", "&")).text  # type: ignore[index]
    assert "1.5" in preview and "上门探访" in preview
    request = db.session.scalars(select(CertificateRequest)).one()
    sent = {**asked, "person": cast.neighbor.public_id, "request_id": request.public_id, "key": key()}
    assert client_for(cast.other_clerk).post("/certificates", data=sent).status_code == 404
    sheet = clerk.post("/certificates", data=sent)
    assert sheet.status_code == 303 and "志愿服务记录证明" in clerk.get(sheet.location).text
    one = db.session.scalars(select(Certificate)).one()

    at = f"/certificates/{one.public_id}"
    for reader, status in ((resident, 200), (clerk, 200), (client_for(cast.other_resident), 404),
                           (client_for(cast.worker), 404)):  # fmt: skip
        assert reader.get(f"{at}/certificate.pdf").status_code == status
    text = "".join(text_of(resident.get(f"{at}/certificate.pdf").data).split())
    paper = (one.cert_no, one.public_id[:5], "王桂兰", "1.5小时", "上门探访", "5栋", "陪老人聊天", "陈社工", "免费出具",
             "未与全国志愿服务信息系统同步", "晋阳社区")  # fmt: skip
    assert [words for words in paper if words not in text] == []

    stranger = client_for()
    page = stranger.get(at).text
    assert one.cert_no in page and "王**" in page and "1.5" in page and "有效" in page
    for hidden in ("王桂兰", "上门探访", "5栋", "陈社工", "李晓梅"):
        assert hidden not in page
    revoked = clerk.post(f"{at}/revocation", data={"key": key(), "reason": WHY})
    assert revoked.status_code == 303
    page = stranger.get("/certificates", query_string={"number": one.cert_no, "code": one.public_id}).text
    assert "已撤销" in page and WHY not in page and WHY in resident.get("/me/certificates").text
    assert client_for(cast.other_clerk).post(f"{at}/revocation", data={"key": key(), "reason": WHY}).status_code == 404


def test_who_guesses_check_codes_waits(client_for: Any, cast: Cast, db: Any) -> None:
    one = issued(cast)
    db.session.commit()
    stranger = client_for()
    wrong = {"number": one.cert_no, "code": "00000-00000"}
    assert [stranger.get("/certificates", query_string=wrong).status_code for _try in range(10)] == [404] * 10
    assert [stranger.get("/certificates/0000000000").status_code for _try in range(11)][-1] == 429
    assert stranger.get(f"/certificates/{one.public_id}").status_code == 429
