"""How needs are worded: which words tell a place or a name, which name a topic, and how close two wordings are.

No list of words is kept: whether a word tells or names a topic follows from how many needs use it.
"""

# ruff: noqa: PLC0415
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

from models.grouping.voices import Saying, Voice, runs, units_of, voices_of

if TYPE_CHECKING:  # Only the job that groups loads numpy and scipy: functions import them, a web worker never does.
    import numpy as np

DIGIT = re.compile(r"[0-9]")
BLOCK = 500  # Rows compared at once, so that memory stays at two square tables however long the texts are.


@dataclass(frozen=True, slots=True)
class Settings:
    """The knobs, each in the middle of a plateau of bench/grouping.py. Shares are parts of all needs compared."""

    threshold: float = 0.40  # Mean closeness from which needs lie together.
    telling: float = 0.05  # Share of needs at which a word tells half as much about a place or a name.
    topic_from: float = 0.03  # Share from which a word counts as a topic rather than as a name.
    topic_to: float = 0.25  # Share beyond which a word is only manner of speaking.
    long_text: int = 300  # Characters; a longer letter touches much, so being mentioned in it counts less.
    latecomers: int = 5  # People in a group from which a lone need may join by its that many closest members.
    strange_from: float = 1.0  # Worth of a name, said twice by one and never by the other, that begins to part them.
    strange_to: float = 4.0  # Worth of such names on both sides at which only `elsewhere` of the closeness is left.
    copied: float = 0.4  # Part of a text found in another in whole clauses that makes it a copy: a name parts those.
    elsewhere: float = 0.3  # Factor for two needs about two places: equal words, yet never the same matter.
    least: int = 40  # Needs that words are counted against at least, so that three needs do not make a rule.


@dataclass(frozen=True, slots=True)
class Usage:
    """How many of `needs` needs use each word: what is usual beyond one small community."""

    needs: int = 0
    uses: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, sayings: Sequence[Saying]) -> Usage:
        """Count once, then group many communities with it; a few thousand needs of a district are plenty."""
        voices = voices_of(sayings)
        return cls(len(voices), Counter(chain.from_iterable(voice.said for voice in voices)))


class Words:
    """How many needs use each word, and what the word is therefore worth as a name and as a topic."""

    def __init__(self, voices: Sequence[Voice], usual: Usage, settings: Settings) -> None:
        import numpy as np

        self.settings = settings
        self.number = {gram: number for number, gram in enumerate(sorted(set().union(*(one.said for one in voices))))}
        self.said = _table([voice.said for voice in voices], self.number)
        counts = np.bincount(self.said.indices, minlength=len(self.number)).astype(float)
        if usual.uses:
            counts += [usual.uses.get(gram, 0) for gram in self.number]
        self.share = counts / max(len(voices) + usual.needs, settings.least)
        # Worth as a name: near 1 when rare, one half at `telling`.
        self.tells = 1 / (1 + self.share / settings.telling)
        # Worth as a topic: highest between `topic_from` and `topic_to`, low for names and for mere manner of speaking.
        band = 1 - 1 / (1 + (self.share / settings.topic_from) ** 2)
        self.topic = band / (1 + (self.share / settings.topic_to) ** 2)

    def worth(self, gram: str) -> float:
        """Return what a word is worth, be it as a name or as a topic."""
        number = self.number[gram]
        return float(max(self.tells[number], self.topic[number]))


def _table(sets: Sequence[frozenset[str]], number: Mapping[str, int]) -> Any:
    """Return one sparse row per set of words, with 1 for each word in it."""
    import numpy as np
    from scipy.sparse import csr_array

    ends = np.cumsum([0, *map(len, sets)])
    columns = np.fromiter(map(number.__getitem__, chain.from_iterable(sets)), dtype=np.int32, count=ends[-1])
    found = csr_array((np.ones(ends[-1], dtype=np.float32), columns, ends), shape=(len(sets), len(number)))
    found.sort_indices()  # Sets have no order; sums in one order are the same to the last digit on every run.
    return found


def closeness_of(voices: Sequence[Voice], words: Words, settings: Settings) -> np.ndarray:
    """Compare every two voices: 0 (nothing shared) to 1, symmetric.

    One way it is the root of (part of the telling worth of the one's head that the other says) times (the same part of
    the topic worth); both ways are averaged. A word that only a long text mentions counts as said in part.
    """
    import numpy as np
    from scipy.sparse import diags_array

    heads = _table([voice.head for voice in voices], words.number)
    lengths = np.array([max(voice.length, 1) for voice in voices])
    mention = np.minimum(1, (settings.long_text / lengths) ** 0.5).astype(np.float32)
    said = (diags_array(mention) @ words.said).maximum(heads).T.tocsr()
    tells, topic = _parts(heads, words.tells), _parts(heads, words.topic)
    near: np.ndarray = np.empty((len(voices), len(voices)), dtype=np.float32)
    for start in range(0, len(voices), BLOCK):
        rows = slice(start, start + BLOCK)
        near[rows] = np.sqrt((tells[rows] @ said).toarray() * (topic[rows] @ said).toarray())
    near += near.T.copy()
    near /= 2
    np.clip(near, 0, 1, out=near)
    _set_apart(near, voices, words, settings)
    return near


def _parts(heads: Any, worth: np.ndarray) -> Any:
    """Weigh the words of each head, as parts of the head's whole worth."""
    import numpy as np
    from scipy.sparse import diags_array

    weighed = (heads @ diags_array(worth)).tocsr()
    whole = np.maximum(np.asarray(weighed.sum(axis=1)).ravel(), 1e-9)
    return (diags_array(1 / whole) @ weighed).tocsr().astype(np.float32)


def _set_apart(near: np.ndarray, voices: Sequence[Voice], words: Words, settings: Settings) -> None:
    """Lower the closeness of every two voices that seem to speak of two different places or things."""
    import numpy as np

    strange, copies = _strange(voices, words), _Copies(voices)
    for start in range(0, len(voices), BLOCK):
        rows = slice(start, start + BLOCK)
        both = np.minimum(strange[rows], strange[:, rows].T)
        both[(both >= settings.strange_from) & (copies.parts(rows) >= settings.copied)] = settings.strange_to
        way = np.clip((both - settings.strange_from) / (settings.strange_to - settings.strange_from), 0, 1)
        near[rows] *= 1 - (1 - settings.elsewhere) * way
    _part_places(near, [voice.place for voice in voices], settings.elsewhere)


class _Copies:
    """Which part of the shorter of two texts stands in the other in whole clauses."""

    def __init__(self, voices: Sequence[Voice]) -> None:
        import numpy as np
        from scipy.sparse import diags_array

        clauses = sorted(set().union(*(voice.clauses for voice in voices)))
        table = _table([voice.clauses for voice in voices], {clause: place for place, clause in enumerate(clauses)})
        lengths = np.array([len(clause) for clause in clauses], dtype=np.float32)
        self.weighed, self.said, self.lengths = table @ diags_array(lengths), table.T.tocsr(), table @ lengths

    def parts(self, rows: slice) -> np.ndarray:
        import numpy as np

        shorter = np.minimum(self.lengths[rows, None], self.lengths[None, :])
        return (self.weighed[rows] @ self.said).toarray() / np.maximum(shorter, 1)


def _part_places(near: np.ndarray, places: list[str], factor: float) -> None:
    """Two known places that differ are two matters, whatever else is alike."""
    import numpy as np

    code = {place: number for number, place in enumerate(sorted(set(places) - {""}))}
    codes = np.array([code.get(place, -1) for place in places])
    for row, own in enumerate(codes):
        if own >= 0:
            near[row, (codes >= 0) & (codes != own)] *= factor


def _strange(voices: Sequence[Voice], words: Words) -> np.ndarray:
    """Return, for each voice, the worth of its longest stretch of names that each other voice never says.

    Three characters that nobody else uses are worth nearly 2.
    """
    import numpy as np

    speakers = words.said.T.tocsr()
    longest: np.ndarray = np.zeros((len(voices), len(voices)), dtype=np.float32)
    for row, voice in enumerate(voices):
        for run in _names(voice, words):
            stretch: np.ndarray = np.zeros(len(voices), dtype=np.float32)
            for number, worth in run:
                stretch += worth
                stretch[speakers.indices[speakers.indptr[number] : speakers.indptr[number + 1]]] = 0
                np.maximum(longest[row], stretch, out=longest[row])
    return longest


def _names(voice: Voice, words: Words) -> list[list[tuple[int, float]]]:
    """Return the runs of pairs that both title and text of a voice say, with their worth: what it is about."""
    found: list[list[tuple[int, float]]] = []
    for run in runs(voice.title):
        found.append([])
        units = units_of(run)
        for pair in map(str.__add__, units, units[1:]):
            if pair in voice.body:
                # A number is a name by itself: line 805 is not line 80, phase three is not phase five.
                found[-1].append((words.number[pair], words.worth(pair) * (2 if DIGIT.search(pair) else 1)))
            else:
                found.append([])
    return [run for run in found if run]
