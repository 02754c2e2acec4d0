"""How a dossier speaks: one line for each proof and each gap, the same on the page, on paper and in the list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext as _n

from models.dossiers import Branch, Dossier, DossierPart, Gap, Node, Proof
from models.service_log import ServiceMethod
from web.filters import yuan
from web.sentences import label

SHOWN = 12


@dataclass(frozen=True)
class Line:
    """A proof in words."""

    number: str
    day: date | None
    what: str
    words: str
    figures: str
    url: str = ""


def gap_words(gap: Gap) -> str:
    """Return what is missing as a sentence."""
    return label(gap.kind) % {"n": gap.n, "unit": gap.unit}


def part_words(node: Node) -> str:
    """Return what a leaf is called; a goal by its own words."""
    return _("%(name)s: %(what)s", name=label(node.part), what=node.title) if node.title else label(node.part)


def missing_words(gap: Gap) -> str:
    """Return what is missing, and that it is."""
    return _("%(name)s: %(what)s", name=label("missing", "DossierColumn"), what=gap_words(gap))


def figure_words(node: Node) -> str:
    """Return how much is there of how much."""
    if node.target is None:
        return ""
    if node.part == DossierPart.VOICES:
        return _("%(n)s of %(served)s people served have rated", n=node.reached, served=node.target)
    return f"{node.reached} / {node.target} {node.unit}".strip()


def branch_words(branch: Branch) -> str:
    """Return what an indicator is called."""
    return label(branch.indicator) if branch.indicator else _("What the neighbors say")


def weight_words(branch: Branch) -> str:
    """Return how much an indicator weighs."""
    least, most = branch.weight
    if branch.indicator is None:
        return _("%(least)s to %(most)s%% of the whole", least=least, most=most)
    return _("%(share)s%% of the other indicators", share=least)


def lines_of(node: Node, most: int | None = None) -> list[Line]:
    """Return the proofs of a leaf in words."""
    return [_line(node.part, one) for one in node.proofs[:most]]


def _line(part: DossierPart, one: Proof) -> Line:
    what = label(one.code) if one.code is not None else ""
    of = _("Record %(number)s", number=one.of) if one.of else ""
    words, url = one.words, ""
    match part:
        case DossierPart.RECORDS:
            url = f"/logs/{one.public_id}"
            if one.code == ServiceMethod.CASE:
                words = _("Casework: kept apart, nothing of it is shown")
        case DossierPart.SIGN_IN:
            what, words = of, _names(one)
        case DossierPart.PHOTOS:
            what, url = of, f"/attachments/{one.public_id}/display"
        case DossierPart.GOAL | DossierPart.CALLS:
            words = of
        case DossierPart.DATES:
            return Line(one.number, one.day, _("kept") if one.served else _("not kept"), words, "")
    return Line(one.number, one.day, what, words, _figures(one), url)


def _names(one: Proof) -> str:
    parts = ["、".join(one.names)] if one.names else []
    if one.helpers:
        parts.append(_("Volunteers: %(names)s", names="、".join(one.helpers)))
    if one.sheets:
        parts.append(
            _n(
                "%(num)s signed sheet, sealed for the auditor",
                "%(num)s signed sheets, sealed for the auditor",
                one.sheets,
            )
        )
    return _("; ").join(parts)


def _figures(one: Proof) -> str:
    parts = []
    if one.minutes is not None:
        parts.append(_("%(n)s min", n=one.minutes))
    if one.served is not None:
        parts.append(_n("%(num)s turn", "%(num)s turns", one.served))
    if one.fen is not None:
        parts.append(yuan(one.fen))
    return " · ".join(parts)


COLUMNS = ("number", "indicator", "part", "day", "what", "words", "figures", "file")


def heads() -> list[str]:
    """Return the heads of the list that lies in the archive."""
    return [label(name, "DossierColumn") for name in COLUMNS]


def rows_of(dossier: Dossier, files: dict[str, str]) -> Iterator[list[str | date | None]]:
    """Yield the rows of the list that lies in the archive: each leaf with its figure and gaps, then its proofs."""
    for branch in dossier.branches:
        name = branch_words(branch)
        for node in branch.nodes:
            part = part_words(node)
            told = _joined(missing_words(gap) for gap in node.gaps)
            yield [node.number, name, part, None, "", told, figure_words(node), ""]
            for one in lines_of(node):
                yield [one.number, name, part, one.day, one.what, one.words, one.figures, files.get(one.number, "")]


def _joined(parts: Iterable[str]) -> str:
    return _("; ").join(parts)
