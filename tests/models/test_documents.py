"""Documents: a paper comes in as a PDF that can be read and do nothing else."""

from __future__ import annotations

import time
import zlib
from datetime import UTC, datetime

import pytest
from fpdf import FPDF

from models import attachments, documents
from models.attachments import Attachment
from models.base import Refused
from tests.cast import Cast


def pdf(extra: bytes = b"") -> bytes:
    """Return a small whole paper, with something written into it before its end."""
    paper = FPDF()
    paper.set_creation_date(datetime(2026, 11, 1, tzinfo=UTC))
    paper.add_page()
    head, end, tail = bytes(paper.output()).rpartition(b"%%EOF")
    return head + extra + end + tail


def packed(words: bytes) -> bytes:
    return b"9 0 obj <</Type /ObjStm /N 1 /First 4>> stream\n" + zlib.compress(words) + b"\nendstream endobj\n"


def test_a_whole_paper_passes_with_whatever_its_drawings_spell() -> None:
    documents.examine(pdf(b"9 0 obj <<>> stream\nBT (/JS /Launch) ET\nendstream endobj\n" + packed(b"/Page /JSON")))
    assert documents.is_pdf(pdf())


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"<html>%PDF-1.7\n%%EOF", "document_unreadable"),
        (pdf()[:200], "document_unreadable"),
        (pdf() + b"x" * 2000, "document_unreadable"),
        (pdf(b"<</S /JavaScript /JS (app.alert(1))>>"), "document_active"),
        (pdf(b"<</S /J#61va#53cript>>"), "document_active"),
        (pdf(b"<</S /Launch /F (cmd.exe)>>"), "document_active"),
        (pdf(b"<</Type /EmbeddedFile>>"), "document_active"),
        (pdf(b"/Encrypt 5 0 R"), "document_active"),
        (pdf(packed(b"<</S /JavaScript>>")), "document_active"),
        (pdf(packed(b" " * (documents.LIMIT_UNPACKED + 1))), "document_unreadable"),
        (pdf(b"9 0 obj <</Type /ObjStm>> stream\nnot packed\nendstream"), "document_unreadable"),
    ],
)
def test_what_is_cut_locked_or_runs_something_is_refused(data: bytes, key: str) -> None:
    with pytest.raises(Refused, match=key):
        documents.examine(data)


def test_a_paper_rests_sealed_and_comes_back_as_it_was(cast: Cast) -> None:
    paper = Attachment.receive_paper(pdf(), owner="account:1")
    assert (paper.display, paper.thumbnail, paper.document) == (None, None, True)
    assert attachments.paper_of(paper) == pdf()
    assert attachments.bytes_of(paper, "display") is None
    with pytest.raises(Refused, match="picture_too_large"):
        Attachment.receive_paper(pdf(), owner="account:1", longest=100)


def test_a_paper_of_streams_that_nothing_closes_is_looked_through_once() -> None:
    began = time.process_time()
    documents.examine(pdf(b"stream\n" * 40_000))
    with pytest.raises(Refused, match="document_active"):
        documents.examine(pdf(b"stream\n" * 40_000 + b"endstream /JS (1)"))
    assert time.process_time() - began < 2
