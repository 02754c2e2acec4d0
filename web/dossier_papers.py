"""A dossier on paper: a cover with its check number, then the tree, numbered, each page with its own number."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from flask_babel import gettext as _
from flask_babel import ngettext as _n
from PIL import Image

from models.base import SHANGHAI, now
from models.dossiers import Branch, Dossier, DossierPart, Node
from web.dossier_words import (
    branch_words,
    figure_words,
    gap_words,
    lines_of,
    missing_words,
    part_words,
    weight_words,
)
from web.papers import A4, EDGE, PALE, SOFT, WARN, WIDTH, wrapping
from web.sentences import label

# So many photos are shown small on paper; all of them lie in the archive.
PICTURED, ABREAST, TALL = 48, 4, 30
# A branch begins on a page with so much room left, in millimeters.
WHOLE = 80.0
COLUMNS = ("number", "day", "what", "words", "figures")
WIDTHS = (16, 24, 28, 72, 34)


class Paper(A4):
    """A4 with the project at the head and the page's number at the foot."""

    def __init__(self, dossier: Dossier) -> None:
        super().__init__(f"{dossier.project} {dossier.check_number}")
        self.dossier = dossier

    def header(self) -> None:
        """Head every page but the cover."""
        if self.page_no() > 1:
            self.words(" · ".join([self.dossier.project, _("Evaluation dossier")]), 9, SOFT)
            self.ln(3)

    def footer(self) -> None:
        """Number every page, beside the check number."""
        self.set_y(-14)
        self.set_font("sans", size=9)
        self.set_text_color(*SOFT)
        self.cell(WIDTH / 2, 5, _("Check number %(number)s", number=self.dossier.check_number))
        whole = _("Page %(page)s of %(pages)s", page=self.page_no(), pages="{nb}")
        self.cell(WIDTH / 2, 5, whole, align="R")


def paper_of(dossier: Dossier, thumbnails: Iterable[tuple[str, bytes | None]]) -> bytes:
    """Return the dossier as a PDF. The same dossier gives the same pages, but for the day on its cover."""
    paper, small = Paper(dossier), dict(thumbnails)
    paper.add_page()
    _cover(paper, dossier)
    paper.add_page()
    for at, branch in enumerate(dossier.branches):
        # A branch of a few words is no page of its own.
        if at:
            paper.room_for(WHOLE)
            paper.ln(8)
        _branch(paper, branch, small)
    return paper.whole()


def _cover(paper: Paper, dossier: Dossier) -> None:
    paper.words(_("Evaluation dossier"), 12, SOFT, before=8)
    paper.words(dossier.project, 26, before=3)
    paper.ln(8)
    facts = [
        (_("Project number"), dossier.project_no),
        (_("Community"), dossier.community),
        (_("Organization"), dossier.organization or _("The committee itself")),
        (_("Contract year"), f"{dossier.first.isoformat()} – {dossier.last.isoformat()}"),
        (_("Rules"), _("Version %(number)s of the rules", number=dossier.scheme_number)),
        (_("Check number"), dossier.check_number),
        (_("Printed"), f"{now().astimezone(SHANGHAI):%Y-%m-%d %H:%M}"),
    ]
    paper.rows((40, 134), facts, 11)
    missing = dossier.gaps()
    paper.words(_("Contents, and what is missing"), 14, before=8)
    paper.ln(2)
    paper.rows((14, 60, 100), list(_contents(dossier)), 9.5)
    paper.words(
        _n("%(num)s thing is missing.", "%(num)s things are missing.", len(missing)),
        9.5,
        WARN if missing else SOFT,
        before=3,
    )
    told = _(
        "Names are masked. Casework, internal records and signed sheets are not in here. The check number is the same "
        "as on the project's page as long as nothing has changed."
    )
    paper.words(told, 9, SOFT, before=2)


def _contents(dossier: Dossier) -> Iterator[tuple[str, str, str]]:
    for branch in dossier.branches:
        yield branch.number, branch_words(branch), weight_words(branch)
        for node in branch.nodes:
            yield node.number, part_words(node), _("; ").join(map(gap_words, node.gaps)) or "—"


def _branch(paper: Paper, branch: Branch, small: dict[str, bytes | None]) -> None:
    paper.words(f"{branch.number}  {branch_words(branch)}", 17)
    points = _("scored %(points)s", points=branch.points) if branch.points is not None else ""
    paper.words(" · ".join(filter(None, [weight_words(branch), points])), 9.5, SOFT, before=1)
    for node in branch.nodes:
        paper.room_for(30)
        paper.words(
            " · ".join(filter(None, [f"{node.number}  {part_words(node)}", figure_words(node)])), 12.5, before=6
        )
        _gaps(paper, node)
        if node.part == DossierPart.PHOTOS:
            _pictures(paper, node, small)
        elif node.proofs:
            _proofs(paper, node)


def _gaps(paper: Paper, node: Node) -> None:
    for gap in node.gaps:
        paper.set_fill_color(*PALE)
        paper.set_text_color(*WARN)
        paper.set_font("sans", size=10)
        paper.ln(1)
        text = missing_words(gap)
        paper.multi_cell(WIDTH, 6.5, text, fill=True, wrapmode=wrapping(text), new_x="LMARGIN", new_y="NEXT")
    if not node.gaps:
        paper.words(_("Nothing is missing."), 9.5, SOFT, before=1)
    paper.ln(2)


def _proofs(paper: Paper, node: Node) -> None:
    rows = [[label(name, "DossierColumn") for name in COLUMNS]]
    for one in lines_of(node):
        rows.append([one.number, one.day.isoformat() if one.day else "", one.what, one.words, one.figures])
    paper.rows(WIDTHS, rows, 9, head=True)


def _pictures(paper: Paper, node: Node, small: dict[str, bytes | None]) -> None:
    """Show the first photos small, four abreast, each with its number and that of its record."""
    across, at = WIDTH / ABREAST, 0
    shown = lines_of(node, PICTURED)
    for one in shown:
        if at % ABREAST == 0:
            paper.room_for(TALL + 14)
            top = paper.get_y()
        left = EDGE + at % ABREAST * across
        data = small.get(one.number)
        if data is not None:
            paper.image(_jpeg(data), left, top, across - 4, TALL, keep_aspect_ratio=True)
        paper.set_font("sans", size=9)
        paper.set_text_color(*SOFT)
        paper.set_xy(left, top + TALL + 0.5)
        gone = "" if data is not None else _(" (not found)")
        paper.multi_cell(across - 4, 4, f"{one.number}{gone}\n{one.what} · {one.day}", align="L")
        at += 1
        paper.set_xy(EDGE, top if at % ABREAST else top + TALL + 12)
    if at % ABREAST:
        paper.set_xy(EDGE, top + TALL + 12)
    if len(node.proofs) > len(shown):
        paper.words(
            _("The first %(n)s of %(all)s; all of them lie in the archive.", n=len(shown), all=len(node.proofs)),
            9,
            SOFT,
        )


def _jpeg(data: bytes) -> io.BytesIO:
    out = io.BytesIO()
    with Image.open(io.BytesIO(data)) as picture:
        picture.convert("RGB").save(out, "JPEG", quality=80)
    out.seek(0)
    return out
