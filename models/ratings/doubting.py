"""When a rating is left out by people: the head doubts, a second person decides, and the rater is told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from models import revisions
from models.base import Refused
from models.events import record
from models.projects import Project
from models.ratings.hats import served
from models.ratings.invitations import RatingInvitation
from models.ratings.kinds import STATED, Unfit
from models.service_log import ServiceLog
from models.states import RatingState
from models.tellings import tell

if TYPE_CHECKING:
    from models.accounts import Actor


class Doubting:
    """The verbs by which a rating is left out; never the organization's."""

    def doubt_it(self, reason: Unfit, why: str, *, by: Actor) -> None:
        """Ask that a rating be left out (R57): the head's word, which a second person has to confirm.

        Never whoever served. Errors: Refused("own_log", "reason_too_short", "reason_not_stated_so",
        "not_counted_anyway").
        """
        rating: Any = self
        rating._check_apart(by)
        if len(why.strip()) < 10:
            raise Refused("reason_too_short", least=10)
        if reason not in STATED:
            raise Refused("reason_not_stated_so")
        if rating.state not in (RatingState.WAITING, RatingState.VALID):
            raise Refused("not_counted_anyway")
        rating.doubt, rating.doubted_by_id = reason, by.account_id
        kept = revisions.keep(rating, "doubt", why.strip(), by=by)
        record("rating.doubt", by=by, about=[rating], community_id=rating.community_id,
               details={"reason": reason, "why": kept})  # fmt: skip

    def decide_doubt(self, *, upheld: bool, by: Actor) -> None:
        """Confirm or dismiss a doubt, as the second person; the rater of one left out is told.

        Never whoever served. Errors: Refused("own_log", "nobody_doubts", "second_person_needed"). Source: domain/states.md Rating.
        """
        rating: Any = self
        rating._check_apart(by)
        if rating.doubt is None or rating.state not in (RatingState.WAITING, RatingState.VALID):
            raise Refused("nobody_doubts")
        if by.account_id == rating.doubted_by_id:
            raise Refused("second_person_needed")
        if upheld:
            rating._invalidate(Unfit(rating.doubt))
            tell_left_out([rating])
        record("rating.decide_doubt", by=by, about=[rating], community_id=rating.community_id,
               details={"upheld": upheld, "reason": rating.doubt})  # fmt: skip
        rating.doubt = None

    def _check_apart(self, by: Actor) -> None:
        rating: Any = self
        if served(ServiceLog.get(rating.log_id), by):
            raise Refused("own_log")


def tell_left_out(ratings: Iterable[Any]) -> None:
    """Tell the raters that something they said no longer counts, without naming what they said."""
    for rating in ratings:
        person_id = RatingInvitation.get(rating.invitation_id).person_id
        if person_id is None:
            continue
        project = Project.get(rating.project_id)
        tell(project, "rating_left_out", people=[person_id], community_id=rating.community_id, followers=False,
             title=project.title)  # fmt: skip
