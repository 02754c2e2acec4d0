"""How well and how fast needs are grouped, as a fragment of Markdown.

usage: python -m bench.grouping [accuracy] [speed]        (both if none is named)

Accuracy needs groups.json and messages.jsonl in ../shared/data or in the folder that LINLI_DATA names. Beside the
figures of the settings in use it prints what is left when the settings are chosen without the group that is scored,
the curve of precision and recall, and what happens to it among fewer other messages. Speed is measured in child
processes, on the same messages with sentences left out at random, or on made ones where there are none.
"""

from __future__ import annotations

import json
import os
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from models.grouping import DEFAULT, Saying, Settings, Usage, curve, group

THRESHOLDS = [round(0.30 + 0.02 * step, 2) for step in range(13)]
GRID = {"telling": (0.03, 0.05, 0.08), "topic_from": (0.02, 0.03, 0.05), "strange_to": (3.0, 4.0, 5.0)}
SIZES = ("1x5000", "100x1000")


@dataclass(frozen=True, slots=True)
class Label:
    """One matter as a reader marked it: its needs, those that must stay out, and those that may go either way."""

    key: str
    ids: frozenset[int]
    traps: frozenset[int]
    ambiguous: frozenset[int]


@dataclass(frozen=True, slots=True)
class Figures:
    """How groups agree with labels: mean of the best F1 of each label, B-cubed, and how many traps were taken in."""

    best_f1: float
    precision: float
    recall: float
    trapped: int

    @property
    def bcubed(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.precision else 0.0

    def __str__(self) -> str:
        shares = (self.best_f1, self.bcubed, self.precision, self.recall)
        return " | ".join([*(f"{share:.3f}" for share in shares), str(self.trapped)])


def folder() -> Path:
    """Return where the labeled messages are looked for."""
    return Path(os.environ.get("LINLI_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")


def present(where: Path) -> bool:
    return (where / "groups.json").exists() and (where / "messages.jsonl").exists()


def read(where: Path) -> tuple[list[Label], list[Saying]]:
    """Read labels and messages."""
    marks = json.loads((where / "groups.json").read_text(encoding="utf-8"))["groups"]
    kinds = ("ids", "hard_negatives", "ambiguous")
    labels = [Label(mark["key"], *(frozenset(map(int, mark[kind])) for kind in kinds)) for mark in marks]
    with (where / "messages.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return labels, [Saying(int(row["id"]), row["user"], row["title"], row["text"]) for row in rows]


def score(groups: Iterable[Sequence[int]], labels: Sequence[Label], judged: Sequence[Label] | None = None) -> Figures:
    """Compare groups with all labels, or with the `judged` ones alone among all labels."""
    unclear = frozenset[int]().union(*(label.ambiguous for label in labels))
    labeled = frozenset[int]().union(*(label.ids | label.traps for label in labels)) - unclear
    found = [kept for one in groups if (kept := labeled.intersection(one))]
    home = {number: one for one in found for number in one}
    best_f1, parts, trapped = 0.0, [], 0
    for label in judged or labels:
        ids = label.ids - unclear
        best = max(found, key=lambda one, ids=ids: _f1(ids, one), default=frozenset[int]())  # type: ignore[misc]
        best_f1 += _f1(ids, best)
        trapped += len(best & label.traps)
        homes = [home.get(number, frozenset({number})) for number in ids]
        parts += [(len(one & ids) / len(one), len(one & ids) / len(ids)) for one in homes]
    precision, recall = (sum(part) / len(parts) for part in zip(*parts, strict=True))
    return Figures(best_f1 / len(judged or labels), precision, recall, trapped)


def _f1(one: frozenset[int], other: frozenset[int]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


Tried = dict[tuple[Settings, float], list[tuple[int, ...]]]


def tried(needs: Sequence[Saying]) -> Tried:
    """Group with every setting of the grid at every threshold."""
    found: Tried = {}
    for values in product(*GRID.values()):
        chosen = replace(DEFAULT, **dict(zip(GRID, values, strict=True)))
        for threshold, groups in curve(needs, THRESHOLDS, settings=chosen):
            found[chosen, threshold] = [one.ids for one in groups]
    return found


def merit(figures: Figures) -> float:
    """Weigh what is found against what is wrongly taken in: a trap costs two hundredths."""
    return (figures.best_f1 + figures.bcubed) / 2 - 0.02 * figures.trapped


def choose(found: Tried, labels: Sequence[Label], judged: Sequence[Label]) -> tuple[Settings, float]:
    """Choose the setting whose threshold lies best, counting the thresholds next to it: plateaus win over peaks."""
    merits = {tried: merit(score(groups, labels, judged)) for tried, groups in found.items()}

    def around(tried: tuple[Settings, float]) -> float:
        at = THRESHOLDS.index(tried[1])
        near = [merits[tried[0], threshold] for threshold in THRESHOLDS[max(at - 1, 0) : at + 2]]
        return sum(near) / len(near)

    return max(merits, key=lambda tried: (around(tried), merits[tried], -abs(tried[1] - DEFAULT.threshold)))


def without_the_judged(found: Tried, labels: Sequence[Label]) -> tuple[Figures, list[str]]:
    """Judge each label by the settings that the other labels choose."""
    each, rows = [], []
    for label in labels:
        others = [other for other in labels if other is not label]
        chosen = choose(found, labels, others)
        each.append((score(found[chosen], labels, [label]), len(label.ids - label.ambiguous)))
        knobs = ", ".join(f"{knob} {getattr(chosen[0], knob)}" for knob in GRID)
        rows.append(f"| {label.key} | {each[-1][0]} | {chosen[1]:.2f} | {knobs} |")
    people = sum(size for _, size in each)
    return (
        Figures(
            sum(one.best_f1 for one, _ in each) / len(each),
            sum(one.precision * size for one, size in each) / people,
            sum(one.recall * size for one, size in each) / people,
            sum(one.trapped for one, _ in each),
        ),
        rows,
    )


def resampled(groups: list[tuple[int, ...]], labels: Sequence[Label], times: int = 500) -> str:
    """Draw the labels again and again, and give the range of nine draws in ten."""
    chance = random.Random(7)
    draws = [score(groups, labels, chance.choices(labels, k=len(labels))) for _ in range(times)]
    low, high = times // 20, times - times // 20
    ranges = [sorted(values) for values in zip(*((one.best_f1, one.bcubed) for one in draws), strict=True)]
    return ", ".join(f"{values[low]:.3f} to {values[high]:.3f}" for values in ranges)


def accuracy() -> Iterator[str]:
    """Report how groups agree with the labels."""
    labels, needs = read(folder())
    at = dict(curve(needs, sorted({*THRESHOLDS, DEFAULT.threshold})))
    used = [one.ids for one in at[DEFAULT.threshold]]
    found = tried(needs)
    blind, rows = without_the_judged(found, labels)
    head = "| mean best F1 | B-cubed F1 | precision | recall | hard negatives taken in |"
    yield f"### Grouping: {len(needs)} messages, {len(labels)} labeled groups\n"
    yield f"| settings {head}\n|---|---|---|---|---|---|"
    yield f"| in use (threshold {DEFAULT.threshold:.2f}) | {score(used, labels)} |"
    yield f"| chosen without the group that is judged | {blind} |"
    yield f"\nNine in ten draws of the groups with replacement: mean best F1, B-cubed F1 {resampled(used, labels)}.\n"
    yield f"| threshold {head[:-1]}| groups | needs in groups |\n|---|---|---|---|---|---|---|---|"
    for threshold, groups in at.items():
        ids = [one.ids for one in groups]
        yield f"| {threshold:.2f} | {score(ids, labels)} | {len(ids)} | {sum(map(len, ids))} |"
    yield f"\n| of the unlabeled messages {head}\n|---|---|---|---|---|---|"
    for share in (0.5, 0.25, 0.1):
        yield f"| {share:.0%} | {score([one.ids for one in group(thinned(needs, labels, share))], labels)} |"
    yield f"\n| left out {head[:-1]}| threshold | settings |\n|---|---|---|---|---|---|---|---|"
    yield from rows


def thinned(needs: Sequence[Saying], labels: Sequence[Label], share: float) -> list[Saying]:
    """Keep what is labeled and a share of the rest, as if the community were smaller."""
    chance = random.Random(11)
    kept = frozenset[int]().union(*(label.ids | label.traps | label.ambiguous for label in labels))
    return [need for need in needs if need.id in kept or chance.random() < share]


def made(count: int, seed: int) -> list[Saying]:
    """Make needs: real messages with sentences left out, or invented ones where there are none."""
    chance = random.Random(seed)
    sources = read(folder())[1] if present(folder()) else list(_invented())
    needs = []
    for number in range(count):
        source = chance.choice(sources)
        sentences = re.split(r"(?<=[，。！？])", source.text)
        kept = [sentence for sentence in sentences if chance.random() < 0.8] or sentences
        needs.append(Saying(number, f"{seed}-{chance.randrange(count)}", source.title, "".join(kept)))
    return needs


def _invented() -> Iterator[Saying]:
    """Invent troubles of estates that do not exist."""
    estates = [first + second + last for first, second, last in product("海丁紫白玉石", "棠香藤杨兰榴", "苑园里村")]
    troubles = ("楼道灯坏了没人修", "门口乱停车堵住通道", "楼板和墙面开裂", "门面油烟直排扰民", "二次供水经常停水")
    for number, (estate, trouble) in enumerate(product(estates, troubles)):
        yield Saying(number, None, estate + trouble, f"{estate}的{trouble}，" + "希望尽快处理。" * 20)


def measure(size: str) -> None:
    """Group `communities x needs` in this process and print seconds and megabytes."""
    communities, count = map(int, size.split("x"))
    usual = Usage.of(made(2000, seed=communities)) if communities > 1 else Usage()
    begun, piles = time.perf_counter(), 0
    spent = 0.0
    for community in range(communities):
        needs = made(count, seed=community)
        begun = time.perf_counter()
        piles += len(group(needs, usual=usual))
        spent += time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"| {communities} x {count} | {spent:.1f} | {peak:.0f} | {piles} |")


def speed() -> Iterator[str]:
    """Report seconds and peak memory, each size in a process of its own."""
    yield "\n| communities x needs | seconds | peak memory, MB | groups |\n|---|---|---|---|"
    for size in SIZES:
        command = [sys.executable, "-m", "bench.grouping", "measure", size]
        yield subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def main(words: list[str]) -> None:
    if words[:1] == ["measure"]:
        measure(words[1])
        return
    if set(words) - {"accuracy", "speed"}:
        sys.exit(__doc__)
    if "accuracy" in words or not words:
        if present(folder()):
            for line in accuracy():
                print(line, flush=True)
        else:
            print(f"No groups.json and messages.jsonl in {folder()}: accuracy was not measured.")
    if "speed" in words or not words:
        for line in speed():
            print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
