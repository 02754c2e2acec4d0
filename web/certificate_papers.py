"""A proof of volunteer service as a PDF: what was done, by whom it is proved, and where anybody may verify it."""

from __future__ import annotations

import io

import segno
from flask_babel import gettext as _

from models.base import SHANGHAI
from models.certificates import CertificateLine, Paper
from web.filters import hours
from web.papers import A4, EDGE, SOFT, WARN, WIDTH
from web.sentences import label

WIDTHS = (23, 28, 25, 40, 13, 45)
SQUARE = 30


class Proof(A4):
    """A4 with the number and the check code at the foot of every page."""

    def __init__(self, one: Paper) -> None:
        super().__init__(f"{_('Proof of volunteer service')} {one.number}")
        self.one = one

    def footer(self) -> None:
        """Number every page, so that none can be slipped in."""
        self.set_y(-14)
        self.set_font("sans", size=9)
        self.set_text_color(*SOFT)
        told = _("No. %(number)s · check code %(code)s", number=self.one.number, code=self.one.code)
        self.cell(WIDTH * 0.7, 5, told)
        self.cell(WIDTH * 0.3, 5, _("Page %(page)s of %(pages)s", page=self.page_no(), pages="{nb}"), align="R")


def pdf_of(one: Paper, address: str) -> bytes:
    """Return a certificate as a PDF; `address` is where anybody verifies it."""
    paper = Proof(one)
    paper.add_page()
    paper.image(_square(address), EDGE + WIDTH - SQUARE, EDGE, SQUARE, SQUARE)
    paper.words(one.unit, 11, SOFT)
    paper.words(_("Proof of volunteer service"), 24, before=2)
    paper.words(_("No. %(number)s", number=one.number), 10, SOFT, before=3)
    if one.standing != "VALID":
        paper.words(label(one.standing), 13, WARN, before=2)
    paper.set_y(max(paper.get_y(), EDGE + SQUARE) + 6)
    paper.words(said(one), 12.5)
    paper.ln(4)
    facts = [
        (_("Service time"), _("%(h)s hours (%(n)s minutes)", h=one.hours, n=one.minutes)),
        (_("Content of service"), one.content),
        (_("Recorded by"), one.unit),
        (_("Issued on"), f"{one.issued_at.astimezone(SHANGHAI):%Y-%m-%d}"),
        (_("Check code"), one.code),
    ]
    paper.rows((36, 138), facts, 10.5)
    _signed(paper, one, address)
    paper.words(_("Service by service"), 13, before=6)
    paper.ln(2)
    heads = (_("Date of service"), _("Activity name"), _("Place of service"), _("Content of service"), _("Hours"),
             _("Organizer, person in charge"))  # fmt: skip
    paper.rows(WIDTHS, [heads, *map(_row, one.lines)], 9, head=True)
    return paper.whole()


def said(one: Paper) -> str:
    """Return the sentence that the certificate is about."""
    return _(
        "This proves that %(name)s did volunteer service of %(hours)s hours in all from %(first)s to %(last)s.",
        name=one.name, hours=one.hours, first=one.first_day.isoformat(), last=one.last_day.isoformat(),
    )  # fmt: skip


def honest() -> str:
    """Return what a certificate of this house is not."""
    return _(
        "Issued by the recording unit from its own approved records, free of charge. It is not synchronized with the "
        "national volunteer system."
    )


def _signed(paper: Proof, one: Paper, address: str) -> None:
    paper.room_for(46)
    paper.ln(6)
    paper.set_font("sans", size=10.5)
    paper.set_text_color(*SOFT)
    by = _("Handled by: %(name)s", name=one.issued_by or "—")
    for left, right in ((by, one.unit), ("", _("(seal)"))):
        paper.cell(WIDTH / 2, 8, left)
        paper.cell(WIDTH / 2, 8, right, align="R", new_x="LMARGIN", new_y="NEXT")
    paper.ln(6)
    paper.words(_("Verify it at %(address)s", address=address), 9, SOFT)
    paper.words(honest(), 9, SOFT, before=1)


def _row(line: CertificateLine) -> tuple[str, ...]:
    when = f"{line.day}\n{_clock(line)}"
    who = f"{line.organizer}\n{line.in_charge}"
    return when, line.activity_name, line.place, line.content, hours(line.minutes), who


def _clock(line: CertificateLine) -> str:
    return f"{line.started_at.astimezone(SHANGHAI):%H:%M}–{line.ended_at.astimezone(SHANGHAI):%H:%M}"


def _square(address: str) -> io.BytesIO:
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="png", scale=6, border=1)
    out.seek(0)
    return out
