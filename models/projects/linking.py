"""Linking: a need finds a project that runs already; the author hears the next date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from models.base import Refused
from models.events import record
from models.needs import Need
from models.packages import authors, take_in
from models.states import ProjectState
from models.working_time import local_day

if TYPE_CHECKING:
    from models.accounts import Actor

# A shared field counts as much as forty percent of shared words.
FIELD_WEIGHT = 40
LEAST_SCORE = 20
# Of another field it must share more than one word: one alone is chance.
FEWEST_SHARED = 2
# Letters that carry the grammar and not the matter: a pair that holds one says nothing about what is needed.
FILLERS = frozenset(
    "的了着过吗呢吧嘛么啊呀哦喃哪我你您他她它们咱这那某是就都也很太还又再才只把被让给和跟与及或但而因所之没有个些"
)
# Whole words that everybody says of everything.
SAYINGS = frozenset(
    ("可以", "不能", "能不", "希望", "一下", "一点", "一样", "现在", "时候", "今天", "明天", "昨天", "今年", "去年", "时间", "问题",
     "社区", "居民", "小区", "大家", "自己", "请问", "怎样", "知道", "不知", "需要", "解决", "进行", "已经", "因为", "如果", "还是")
)  # fmt: skip


class Linking:
    """The verb by which a need joins a project that runs."""

    def link(self, need: Need, next_step: str, next_step_at: datetime, *, by: Actor) -> None:
        """Take a need into a running project; its authors hear the next step and its date.

        A need that was reopened while this project carries it is planned again.
        Errors: Refused("project_not_running", "need_already_packaged", "need_of_another_community",
        "next_step_needed", "next_step_in_past", "petition_is_not_planned", "not_from_here"). Source: domain/states.md Need _plan.
        """
        project: Any = self
        if project.state != ProjectState.RUNNING:
            raise Refused("project_not_running")
        [held] = take_in(
            [need], by=by, community_id=project.community_id, package_id=project.package_id, project_id=project.id,
            next_step=next_step, next_step_at=next_step_at, later=True,
        )  # fmt: skip
        authors([held], "need_linked", title=project.title, step=held.next_step, on=local_day(next_step_at).isoformat())
        record(
            "project.link", by=by, about=[project, held], community_id=project.community_id,
            details={"until": next_step_at},
        )  # fmt: skip


@dataclass(frozen=True)
class Suggestion:
    """A running project that may answer a need, with the reason why it stands here."""

    public_id: str
    title: str
    organization: str
    starts_on: date
    ends_on: date
    same_field: bool
    shared: tuple[str, ...]
    score: int


def bigrams(text: str) -> set[str]:
    """Return the pairs of neighboring letters of a text; punctuation and space part them. Pure."""
    pairs: set[str] = set()
    for word in "".join(one if one.isalnum() else " " for one in text.casefold()).split():
        pairs |= {word[at : at + 2] for at in range(len(word) - 1)}
    return pairs


def telling(text: str) -> set[str]:
    """Return the pairs of a text that tell what it is about, without fillers and sayings. Pure."""
    return {pair for pair in bigrams(text) if FILLERS.isdisjoint(pair) and pair not in SAYINGS}


def score(need_text: str, need_field: str | None, project_text: str, project_field: str) -> tuple[int, tuple[str, ...]]:
    """Return 0..100 and the shared pairs: forty for the field, up to sixty for the words of the need found there. Pure.

    The words' part is the share of the need's telling letter pairs that the project's text holds; a fifth of them is
    enough for the full sixty, for a project never repeats a need word by word.
    """
    wanted, offered = telling(need_text), telling(project_text)
    shared = wanted & offered
    words = min(60, 300 * len(shared) // len(wanted)) if wanted else 0
    ordered = sorted(shared, key=lambda pair: (need_text.casefold().find(pair), pair))
    return (FIELD_WEIGHT if need_field and need_field == project_field else 0) + words, tuple(ordered)


def ranked(need: Need, projects: Iterable[Any], limit: int) -> list[Suggestion]:
    """Return the projects that fit a need, best first; those below a fifth are left out. Pure."""
    found = []
    for project, organization in projects:
        text = " ".join([project.title, project.problem, project.change])
        points, shared = score(f"{need.title or ''} {need.text}", need.field, text, project.field)
        if points >= LEAST_SCORE and (len(shared) >= FEWEST_SHARED or need.field == project.field):
            found.append(
                Suggestion(
                    project.public_id, project.title, organization or "", project.starts_on, project.ends_on,
                    need.field == project.field, shared[:6], points,
                )
            )  # fmt: skip
    return sorted(found, key=lambda one: (-one.score, one.public_id))[:limit]
