"""评估档案: by the indicators of the rules, what proves each, what is missing, and the records drawn to be looked at."""

from models.dossiers.kinds import Branch, Dossier, DossierGap, DossierPart, Gap, Node, Proof
from models.dossiers.reading import dossier_of, pictures, years_of
from models.dossiers.sample import (
    DossierSample,
    SampleLine,
    SampleSheet,
    drawn_from,
    lot_of,
    samples_of,
    sheet_of,
    usual_size,
)

__all__ = [
    "Branch",
    "Dossier",
    "DossierGap",
    "DossierPart",
    "DossierSample",
    "Gap",
    "Node",
    "Proof",
    "SampleLine",
    "SampleSheet",
    "dossier_of",
    "drawn_from",
    "lot_of",
    "pictures",
    "samples_of",
    "sheet_of",
    "usual_size",
    "years_of",
]
