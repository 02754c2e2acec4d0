"""The time bank (时间银行): an hour given is an hour to receive; every minute leaves one account and enters another."""

from models.time_bank.claims import TimeClaim
from models.time_bank.ledger import PostingKind, TimeAccount, TimePosting, balances, expire_all, gift, grant, pool_of
from models.time_bank.reading import Desk, Mine, desk, members_of, my_account, my_bank
from models.time_bank.rewards import Reward, RewardOrder

__all__ = [
    "Desk",
    "Mine",
    "PostingKind",
    "Reward",
    "RewardOrder",
    "TimeAccount",
    "TimeClaim",
    "TimePosting",
    "balances",
    "desk",
    "expire_all",
    "gift",
    "grant",
    "members_of",
    "my_account",
    "my_bank",
    "pool_of",
]
