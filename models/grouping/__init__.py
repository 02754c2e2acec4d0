"""Which open needs say the same thing: the piles that a clerk would make on the desk, and why each sheet lies in one.

Two needs say the same thing when what heads one is said in the other, in both halves: the telling words (the estate,
the shop, the bus line) and the topic words (the smoke, the parking, the noise). Sharing only the estate, or only the
trouble, is not enough; and where each keeps naming what the other never names, they are two matters after all.
Nothing here reads or writes the database.
"""

# ruff: noqa: PLC0415
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from models.grouping.voices import Saying, Voice, runs, units_of, voices_of
from models.grouping.wording import Settings, Usage, Words, closeness_of

if TYPE_CHECKING:  # Only the job that groups loads numpy and scipy: functions import them, a web worker never does.
    import numpy as np

__all__ = ["DEFAULT", "Group", "Saying", "Settings", "Usage", "curve", "group"]


@dataclass(frozen=True, slots=True)
class Group:
    """Needs that say the same thing: a suggestion for a clerk. `why` is residents' wording, for staff only."""

    ids: tuple[int, ...]
    authors: int
    label: str
    closeness: float
    why: tuple[str, ...]


DEFAULT = Settings()
SILENCE = Usage()


def group(sayings: Sequence[Saying], *, usual: Usage = SILENCE, settings: Settings = DEFAULT) -> list[Group]:
    """Gather the needs that say the same thing, the most voiced first; a need is in one group or in none.

    The order of `sayings` does not matter. A person who repeats a text is heard once and counted once in `authors`;
    groups of one person's repetitions are returned with authors=1. `usual` is what other communities say: with it a
    community of twenty needs can be told that smoke is a topic and not a name. Raises ValueError if an id occurs twice.
    """
    return curve(sayings, [settings.threshold], usual=usual, settings=settings)[0][1]


def curve(
    sayings: Sequence[Saying],
    thresholds: Iterable[float],
    *,
    usual: Usage = SILENCE,
    settings: Settings = DEFAULT,
) -> list[tuple[float, list[Group]]]:
    """Group at several thresholds, comparing the needs once: what precision costs in recall can then be read off."""
    if len({saying.id for saying in sayings}) < len(sayings):
        raise ValueError("a need was given twice")
    voices = voices_of(sayings)
    if not voices:
        return [(threshold, []) for threshold in thresholds]
    words = Words(voices, usual, settings)
    near = closeness_of(voices, words, settings)
    return [
        (threshold, _described(_partition(near, voices, threshold, settings.latecomers), near, voices, words))
        for threshold in thresholds
    ]


def _partition(near: np.ndarray, voices: Sequence[Voice], threshold: float, latecomers: int) -> list[list[int]]:
    """Lay voices together while their mean closeness reaches the threshold, then let latecomers join."""
    import numpy as np
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    # A mean reaches the threshold only if one pair does: piles never cross the components of the graph of such pairs.
    count, component = connected_components(csr_array(near >= threshold), directed=False)
    order = np.argsort(component, kind="stable")
    bounds = np.searchsorted(component[order], np.arange(1, count))
    piles: list[list[int]] = []
    for members in np.split(order, bounds):
        piles += _linked(near, members, threshold)
    return _joined(near, voices, sorted(piles), threshold, latecomers)


def _linked(near: np.ndarray, members: np.ndarray, threshold: float) -> list[list[int]]:
    """Cut the average linkage of one component at the threshold."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    if len(members) == 1:
        return [members.tolist()]
    far = 1 - near[members][:, members].astype(float)
    tree = linkage(squareform(far, checks=False), "average")
    piles: defaultdict[int, list[int]] = defaultdict(list)
    for member, pile in zip(members.tolist(), fcluster(tree, 1 - threshold + 1e-9, "distance"), strict=True):
        piles[pile].append(member)
    return list(piles.values())


def _joined(
    near: np.ndarray, voices: Sequence[Voice], piles: list[list[int]], threshold: float, latecomers: int
) -> list[list[int]]:
    """Let a lone voice join a pile of many people when the few who say it most alike are close enough.

    In a large pile some say it so differently that the mean over all keeps out one who plainly belongs.
    """
    import numpy as np

    large = [pile for pile in piles if _people(voices[member] for member in pile) >= latecomers]
    lone = [pile[0] for pile in piles if len(pile) == 1]
    if not large or not lone:
        return piles
    tables = [near[np.ix_(lone, pile)] for pile in large]
    close = np.column_stack([np.partition(table, -latecomers)[:, -latecomers:].mean(1) for table in tables])
    wish = {voice: large[row.argmax()] for voice, row in zip(lone, close, strict=True) if row.max() >= threshold}
    for voice, pile in wish.items():
        pile.append(voice)
    return [pile for pile in piles if len(pile) > 1 or pile[0] not in wish]


def _people(voices: Iterable[Voice]) -> int:
    """Count people: a named one once, an unnamed one once for each wording."""
    voices = list(voices)
    return len({voice.author for voice in voices} - {None}) + sum(voice.author is None for voice in voices)


def _described(piles: list[list[int]], near: np.ndarray, voices: Sequence[Voice], words: Words) -> list[Group]:
    """Turn piles of at least two needs into groups, the most voiced first."""
    found = [_one(pile, near, voices, words) for pile in piles if len(pile) > 1 or len(voices[pile[0]].ids) > 1]
    return sorted(found, key=lambda one: (-one.authors, -len(one.ids), one.ids))


def _one(pile: list[int], near: np.ndarray, voices: Sequence[Voice], words: Words) -> Group:
    """Describe one pile by the title that the others are closest to."""
    import numpy as np

    pile = sorted(pile)
    table = near[np.ix_(pile, pile)].astype(float)
    np.fill_diagonal(table, 0)
    middle = voices[pile[int(table.sum(1).argmax())]]
    closeness = float(table.sum() / (len(pile) * (len(pile) - 1))) if len(pile) > 1 else 1.0
    ids = tuple(sorted(number for member in pile for number in voices[member].ids))
    members = [voices[member] for member in pile]
    return Group(ids, _people(members), middle.label, round(closeness, 4), _why(middle, members, words))


def _why(middle: Voice, members: Sequence[Voice], words: Words) -> tuple[str, ...]:
    """Return up to four wordings of the middle title that most members share, the most telling first."""
    worth: dict[str, float] = {}
    for run in runs(middle.label):
        units = units_of(run)
        shared = [_common(left + right, members, words) for left, right in pairwise(units)]
        start = 0
        for end, holds in enumerate([*shared, False]):
            if holds:
                continue
            if word := "".join(units[start : end + 1]) if end > start else "":
                pairs = [units[at] + units[at + 1] for at in range(start, end)]
                worth[word] = sum(words.worth(pair) for pair in pairs)
            start = end + 1
    return tuple(sorted(worth, key=lambda word: (-worth[word], word))[:4])


def _common(pair: str, members: Sequence[Voice], words: Words) -> bool:
    """Tell whether most members say this pair, and not merely everybody."""
    said = sum(pair in voice.said for voice in members)
    return said >= 0.6 * len(members) and float(words.share[words.number[pair]]) < 0.5
