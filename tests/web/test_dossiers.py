"""The dossier at the counter: read, taken along, drawn from."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pypdfium2

from models import attachments
from models.doorkeeping import AccessNote
from models.dossiers import DossierSample, dossier_of
from tests import serving
from tests.cast import Cast
from tests.models.test_attachments import photo
from tests.models.test_dossiers import served
from tests.web.test_service_log import key


def text_of(pdf: bytes) -> str:
    """Return what a PDF says, as a browser reads it."""
    paper = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in paper)
    finally:
        paper.close()


def test_the_paper_and_the_archive_hold_the_tree_and_nothing_internal(
    app: Any, client_for: Callable[..., Any], cast: Cast, db: Any
) -> None:
    of = served(cast)
    log = serving.approved(
        cast, of, cast.neighbor, internal="家里有病人", public_summary="教老人用手机。", hours_ago=100
    )
    picture = attachments.Attachment.receive(photo(), owner="test")
    picture.kind, picture.subject_id, picture.community_id = "service_logs", log.id, log.community_id
    db.session.commit()
    here = f"/projects/{of.public_id}/dossier"
    head = client_for(cast.head)
    page = head.get(here).text
    assert "1 次服务没有签到表" in page and "离目标还差 28 人" in page and dossier_of(of).check_number in page
    pdf = head.get(f"{here}/paper")
    assert pdf.mimetype == "application/pdf" and pdf.data.startswith(b"%PDF")
    said = text_of(pdf.data)
    flat = said.replace("\n", "")
    assert dossier_of(of).check_number in flat and "第1页，共" in flat.replace(" ", "")
    for words in ("2.2.1", "王**", "教老人用手机。", "1次服务没有签到表", "付款凭证不在系统里"):
        assert words in flat.replace(" ", ""), words
    archive = zipfile.ZipFile(io.BytesIO(client_for(cast.evaluator).get(f"{here}/archive").data))
    names = archive.namelist()
    assert "照片/2.3/2.3.1.webp" in names and "评估档案.pdf" in names
    rows = list(openpyxl.load_workbook(io.BytesIO(archive.read("index.xlsx"))).active.values)
    assert [row[-1] for row in rows if row[0] in ("2.3.1", "2.3.2")] == ["照片/2.3/2.3.1.webp", "（不在这个压缩包里）"]
    # A check number and a form's token may hold any letters.
    shown = re.sub(r'value="[^"]*"', "", page) + flat + str(rows)
    everything = shown.replace(dossier_of(of).check_number, "")
    assert "家里有病人" not in everything and "王桂兰" not in everything and "A-1" not in everything
    noted = [note.reason for note in db.session.query(AccessNote).filter_by(what="export.dossier")]
    assert [reason.partition(",")[0] for reason in noted] == ["pdf", "zip"]


def test_the_evaluator_draws_and_the_sheet_tells_how(client_for: Callable[..., Any], cast: Cast) -> None:
    of = served(cast)
    here = f"/projects/{of.public_id}/dossier"
    evaluator = client_for(cast.evaluator)
    for wrong in ("many", "9"):
        assert evaluator.post(f"{here}/samples", data={"key": key(), "size": wrong}).status_code == 422
    sheet = evaluator.post(f"{here}/samples", data={"key": key(), "size": "2"}).location
    one = DossierSample.query.one()
    printed = evaluator.get(sheet).text
    assert one.secret in printed and printed.count("■") == 3 and "☐ 签到" in printed and "王桂兰" not in printed
    assert evaluator.post(f"{here}/samples", data={"key": key()}).status_code == 422, "again only with a reason"
    assert "第 1 次抽样" in client_for(cast.manager).get(here).text
    assert client_for(cast.manager).get(sheet).status_code == 404
    assert evaluator.get(f"{here}?year=nonsense").status_code == 200


def test_who_has_no_part_in_it_finds_no_dossier(client_for: Callable[..., Any], cast: Cast) -> None:
    of = serving.project(cast)
    here = f"/projects/{of.public_id}/dossier"
    for door in (here, f"{here}/paper", f"{here}/archive"):
        assert client_for(cast.supervisor).get(door).status_code == 200
        assert client_for(cast.other_head).get(door).status_code == 404
        for stranger in (cast.worker, cast.resident, cast.expert):
            assert client_for(stranger).get(door).status_code == 403
