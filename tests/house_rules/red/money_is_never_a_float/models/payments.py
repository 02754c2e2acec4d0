"""Payments."""


class Payment:
    amount_fen: float  # RED
    paid_fen: int


def share(amount_fen: int, parts: int) -> int:
    return amount_fen // parts


def wrong_share(amount_fen: int, parts: int) -> object:
    return amount_fen / parts  # RED


def wrong_amount(amount_fen: int) -> object:
    return float(amount_fen)  # RED


def wrong_rounding(payment: Payment) -> object:
    return round(payment.paid_fen * 0.5)  # RED


def spent(paid_fen: int, budget_fen: int) -> float:
    """Return the share that is spent, which is no money."""
    return paid_fen / budget_fen


def pay(fen: float) -> None:  # RED
    """Pay."""


def defense(offenders: int) -> float:
    return offenders / 2
