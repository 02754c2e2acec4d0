"""Templates: the office's own paper is kept when it is harmless, and refused when it runs, bursts or looks outside."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from models.accounts import actor_of
from models.base import NotFound, Refused
from models.permissions import Permission
from models.report_templates import PaperFormat, ReportTemplate, check_names, check_safe, format_of, lines_for
from models.reports import ReportKind
from tests.cast import Cast


def workbook(text: str = "{{need.received}}") -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = text
    book.save(out)
    return out.getvalue()


def with_part(name: str, text: bytes, data: bytes | None = None) -> bytes:
    """Return a workbook with one part more, or with one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data or workbook())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part.filename, old.read(part))
        new.writestr(name, text)
    return out.getvalue()


REL = (
    b'<Relationships><Relationship Id="r1" Type="t" Target="http://a.example/x" TargetMode="External"/></Relationships>'
)
HOSTILE: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "paper_unreadable"),
    "words": (b"need", "paper_unreadable"),
    "half a file": (workbook()[:900], "paper_unreadable"),
    "too long": (b"PK\x03\x04" + b"0" * 2_200_000, "paper_too_large"),
    "a bomb": (with_part("xl/worksheets/sheet2.xml", b" " * 7_900_000), "paper_too_large"),
    "a macro": (with_part("xl/vbaProject.bin", b"x"), "paper_has_macros"),
    "a macro by type": (with_part("docProps/a.xml", b'<a t="application/vnd.ms-excel.sheet.macroEnabled"/>'),
                        "paper_has_macros"),
    "something embedded": (with_part("xl/embeddings/a.bin", b"x"), "paper_has_macros"),
    "another workbook": (with_part("xl/externalLinks/externalLink1.xml", b"<a/>"), "paper_has_macros"),
    "a link outside": (with_part("xl/worksheets/_rels/sheet1.xml.rels", REL), "paper_looks_outside"),
    "a field that fetches": (with_part("xl/a.xml", b"<w:instrText> INCLUDETEXT x"), "paper_looks_outside"),
    "a formula that fetches": (with_part("xl/b.xml", b"<f>WEBSERVICE(1)</f>"), "paper_looks_outside"),
    "a million laughs": (with_part("xl/c.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "paper_unreadable"),
    "another alphabet": (with_part("xl/d.xml", "<a/>".encode("utf-16")), "paper_unreadable"),
    "a million merged cells": (with_part("xl/e.xml", b'<mergeCell ref="A1:XFD1048576"/>'), "paper_too_large"),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_what_runs_bursts_or_looks_outside_is_refused(what: str) -> None:
    check_safe(PaperFormat.XLSX, workbook())
    data, key = HOSTILE[what]
    with pytest.raises(Refused, match=key):
        check_safe(PaperFormat.XLSX, data)
    with pytest.raises(Refused, match="paper_unreadable"):
        check_safe(PaperFormat.DOCX, workbook())


@pytest.mark.parametrize(("name", "key"), [("a.docm", "paper_has_macros"), ("a.XLSM", "paper_has_macros"),
                                           ("a.xlsb", "paper_has_macros"), ("a.pdf", "paper_kind_unknown"),
                                           ("xlsx", "paper_kind_unknown"), ("", "paper_kind_unknown")])  # fmt: skip
def test_only_two_formats_come_in(name: str, key: str) -> None:
    assert format_of("月报.XLSX") == PaperFormat.XLSX
    with pytest.raises(Refused, match=key):
        format_of(name)


def test_a_template_asks_only_for_what_is_counted() -> None:
    check_names(ReportKind.MONTHLY, ["need.received", "report.place", "tile.health.done", "satisfaction.mean_one_off"])
    check_names(ReportKind.STATION, ["station.service.turns", "station.number", "service.cases"])
    for kind, name in ((ReportKind.MONTHLY, "need.secret"), (ReportKind.MONTHLY, "station.number"),
                       (ReportKind.STATION, "need.received"), (ReportKind.STATION, "station.need.received")):  # fmt: skip
        with pytest.raises(Refused, match="placeholder_unknown"):
            check_names(kind, [name])
    with pytest.raises(Refused, match="no_placeholder"):
        check_names(ReportKind.MONTHLY, [])


@pytest.fixture
def keep(cast: Cast) -> Callable[..., ReportTemplate]:
    def kept(place: object = None, name: str = "街道月报", file: str = "a.xlsx") -> ReportTemplate:
        where = place or cast.street
        return ReportTemplate.bring(where, ReportKind.MONTHLY, name, file, workbook(), used=["need.received"],
                                   by=actor_of(cast.street_officer))  # fmt: skip

    return kept


def test_a_template_of_the_street_is_used_in_its_communities_and_taken_away_by_the_street(
    cast: Cast, keep: Callable[..., ReportTemplate]
) -> None:
    one = keep()
    assert one.read() == workbook() or one.size == len(one.read())
    read, own = Permission.READ_REPORTS, Permission.KEEP_REPORT_TEMPLATES
    assert [(x.name, x.own) for x in lines_for(actor_of(cast.clerk), read, own)] == [("街道月报", False)]
    assert [x.own for x in lines_for(actor_of(cast.street_officer), read, own)] == [True]
    with pytest.raises(NotFound):
        ReportTemplate.find(one.public_id, ReportTemplate.visible_to(actor_of(cast.clerk), own))
    one.remove(by=actor_of(cast.street_officer))
    assert lines_for(actor_of(cast.clerk), read, own) == []


def test_a_template_of_a_community_is_not_seen_next_door(cast: Cast, keep: Callable[..., ReportTemplate]) -> None:
    one = keep(cast.community)
    ReportTemplate.find(one.public_id, ReportTemplate.usable_by(actor_of(cast.head), Permission.READ_REPORTS))
    with pytest.raises(NotFound):
        ReportTemplate.find(
            one.public_id, ReportTemplate.usable_by(actor_of(cast.other_clerk), Permission.READ_REPORTS)
        )


def test_a_template_needs_a_name_and_a_known_format(cast: Cast, keep: Callable[..., ReportTemplate]) -> None:
    for more, key in (({"name": " "}, "name_needed"), ({"file": "a.xlsm"}, "paper_has_macros")):
        with pytest.raises(Refused, match=key):
            keep(**more)


@pytest.mark.parametrize("pump", [b"<f", b"<f ", b"instrText", b"<mergeCell ", b"<mergeCell ref", b"<w:instrText "])
def test_a_part_made_to_be_walked_through_again_and_again_is_read_once(pump: bytes) -> None:
    began = time.process_time()
    check_safe(PaperFormat.XLSX, with_part("xl/a.xml", pump * (400_000 // len(pump))))
    assert time.process_time() - began < 2
