"""How well and how fast needs are grouped, as a fragment of Markdown.

Accuracy needs groups.json and messages.jsonl in ../shared/data or in the folder that LINLI_DATA names. Beside the
figures of the settings in use it prints what is left when the settings are chosen without the group that is judged,
the curve of precision and recall, and what happens among fewer other messages. Speed is measured in processes of their
own, on the same messages with sentences left out at random, or on invented ones where there are none.
"""

from __future__ import annotations

import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from bench._labels import Figures, Label, folder, present, read, score
from models.grouping import DEFAULT, Saying, Settings, Usage, curve, group

USAGE = (
    "python -m bench grouping [accuracy] [speed]   agreement with labels, seconds and memory (minutes; both if unnamed)"
)
PROMISED = Figures(best_f1=0.92, precision=0.90, recall=0.90, trapped=4)  # At least; of traps at most.
THRESHOLDS = [round(0.30 + 0.02 * step, 2) for step in range(13)]
GRID = {"telling": (0.03, 0.05, 0.08), "topic_from": (0.02, 0.03, 0.05), "strange_to": (3.0, 4.0, 5.0)}
SIZES = {"1x5000": (20, 1000), "100x1000": (300, 1000)}  # Communities x needs: seconds and megabytes at most.


Tried = dict[tuple[Settings, float], list[tuple[int, ...]]]


def tried(needs: Sequence[Saying]) -> Tried:
    """Group with every setting of the grid at every threshold."""
    found: Tried = {}
    for values in product(*GRID.values()):
        chosen = _with(*values)
        for threshold, groups in curve(needs, THRESHOLDS, settings=chosen):
            found[chosen, threshold] = [one.ids for one in groups]
    return found


def _with(telling: float, topic_from: float, strange_to: float) -> Settings:
    return replace(DEFAULT, telling=telling, topic_from=topic_from, strange_to=strange_to)


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


def accuracy(labels: Sequence[Label], needs: Sequence[Saying]) -> Iterator[str]:
    """Report how groups agree with the labels."""
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
    """Group so many communities of so many needs in this process; print seconds, CPU seconds, megabytes and groups."""
    communities, count = map(int, size.split("x"))
    usual = Usage.of(made(2000, seed=communities)) if communities > 1 else Usage()
    spent = busy = 0.0
    piles = 0
    for community in range(communities):
        needs = made(count, seed=community)
        begun, busy_begun = time.perf_counter(), time.process_time()
        piles += len(group(needs, usual=usual))
        spent, busy = spent + time.perf_counter() - begun, busy + time.process_time() - busy_begun
    print(round(spent, 1), round(busy, 1), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, piles)


def print_speed() -> bool:
    """Print seconds and peak memory, each size in a process of its own, and tell whether the promise holds.

    The promise is asked of the processor's seconds, because others may keep the machine busy.
    """
    print("\n| communities x needs | seconds | processor seconds | peak memory, MB | groups |\n|---|---|---|---|---|")
    holds = True
    for size, (seconds, megabytes) in SIZES.items():
        command = [sys.executable, "-m", "bench.grouping", "measure", size]
        took, busy, peak, piles = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        print(f"| {size.replace('x', ' x ')} | {took} | {busy} | {peak} | {piles} |", flush=True)
        holds &= float(busy) <= seconds and int(peak) <= megabytes
    return holds


def print_accuracy() -> bool:
    """Print how groups agree with the labels, and tell whether the promise holds."""
    if not present(folder()):
        print(f"No groups.json and messages.jsonl in {folder()}: accuracy was not measured.")
        return True
    labels, needs = read(folder())
    for line in accuracy(labels, needs):
        print(line, flush=True)
    figures = score([one.ids for one in group(needs)], labels)
    agrees = figures.best_f1 >= PROMISED.best_f1 and figures.bcubed >= PROMISED.bcubed
    return agrees and figures.trapped <= PROMISED.trapped


def main(arguments: list[str]) -> int:
    """Measure what is named; return 0 where the promises hold."""
    if arguments[:1] == ["measure"]:
        measure(arguments[1])
        return 0
    parts = {"accuracy": print_accuracy, "speed": print_speed}
    if set(arguments) - set(parts):
        print(USAGE)
        return 2
    held = [parts[name]() for name in arguments or parts]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
