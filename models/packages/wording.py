"""What makes a promise hard to check: words without a number, a person or a way to look. Pure."""

from __future__ import annotations

import re
from enum import StrEnum

# Words that promise a direction without saying how far.
DIRECTIONS = re.compile(
    r"提高|提升|增强|加强|改善|改进|优化|丰富|促进|推动|推进|营造|弘扬|满足|完善|深化|打造|进一步|不断|有效|切实|显著"
    r"|improve|enhance|strengthen|promote|better|enrich|raise awareness",
    re.IGNORECASE,
)
NUMBERS = re.compile(r"[0-9０-９%％]|[一二两三四五六七八九十百千万半]+\s*(?:[个位户人次份场天月年成倍名条]|分之)")
# Ways of looking: somebody counts, signs, calls, visits or compares.
LOOKING = re.compile(
    r"数|签|电话|回访|走访|抽|问卷|记录|登记|对比|比较|核对|照片|量|测|查|打分|count|sign|call|visit|survey|record|compare",
    re.IGNORECASE,
)
SHORTEST = 6


class Hint(StrEnum):
    """What a reader would ask back; a hint comes with an example and never refuses."""

    TOO_SHORT = "TOO_SHORT"
    NO_NUMBER = "NO_NUMBER"
    ONLY_DIRECTION = "ONLY_DIRECTION"
    NO_WAY_TO_LOOK = "NO_WAY_TO_LOOK"


def vague(text: str, *, about: str = "change") -> Hint | None:
    """Return why a text could not be checked by somebody else, or None where it could.

    `about` is "output" or "change" (both want a number) or "how_checked" (wants a way of looking).
    """
    bare = text.strip()
    if len(bare) < SHORTEST:
        return Hint.TOO_SHORT
    if about == "how_checked":
        return None if LOOKING.search(bare) or NUMBERS.search(bare) else Hint.NO_WAY_TO_LOOK
    if NUMBERS.search(bare):
        return None
    return Hint.ONLY_DIRECTION if DIRECTIONS.search(bare) else Hint.NO_NUMBER
