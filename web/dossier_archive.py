"""A dossier to be taken along: the paper, the list, and the photos in folders by the number of their indicator."""

from __future__ import annotations

import io
import zipfile

from flask_babel import gettext as _

from models import sheets
from models.dossiers import Dossier, pictures
from web.dossier_papers import PICTURED, paper_of
from web.dossier_words import heads, rows_of

# What an office's mailbox and our memory bear; the list says which photos are left to the page.
MOST_PHOTOS, MOST_BYTES = 400, 120_000_000


def pdf_of(dossier: Dossier) -> bytes:
    """Return the dossier on paper."""
    return paper_of(dossier, pictures(dossier, "thumbnail", PICTURED))


def archive_of(dossier: Dossier) -> bytes:
    """Return the paper, the list and the photos in one archive."""
    whole, files, left = io.BytesIO(), {}, MOST_BYTES
    folder, paper = _("photos"), _("Evaluation dossier")
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        for number, data in pictures(dossier, "display", MOST_PHOTOS):
            if data is None or len(data) > left:
                files[number] = _("(not in this archive)")
                continue
            left -= len(data)
            files[number] = f"{folder}/{number.rpartition('.')[0]}/{number}.webp"
            packed.writestr(files[number], data, zipfile.ZIP_STORED)
        packed.writestr(f"{paper}.pdf", pdf_of(dossier))
        packed.writestr("index.xlsx", sheets.write_xlsx(paper, heads(), rows_of(dossier, files)))
    return whole.getvalue()
