"""The office's own ledgers: dropped in as they are, understood, looked at, brought in whole, and taken along again."""

from models.ledgers.keepers import KEEPERS, keeper_of, kinds_of
from models.ledgers.kinds import LedgerKind, LedgerState
from models.ledgers.row import Ledger, LedgerTitle
from models.ledgers.showing import LedgerCard, LedgerLine, card, lines
from models.ledgers.taking import Sheet, outside_lines, take

__all__ = [
    "KEEPERS",
    "Ledger",
    "LedgerCard",
    "LedgerKind",
    "LedgerLine",
    "LedgerState",
    "LedgerTitle",
    "Sheet",
    "card",
    "keeper_of",
    "kinds_of",
    "lines",
    "outside_lines",
    "take",
]
