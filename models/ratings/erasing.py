"""What an erased person said in ratings: words go, the level stays in the sums and points to nobody."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, update

from models import revisions
from models.attendance import Attendance
from models.base import db
from models.ratings.contacts import RatingContact
from models.ratings.invitations import RatingInvitation
from models.ratings.presence import PresenceWord
from models.ratings.row import Rating


def forget_words(person_ids: Sequence[int]) -> None:
    """Empty the comments of people's ratings, their words about having been there, and every note of their contacts; a part of the verb that erases.

    Source: norms.md 1.10 (PIPL 47); decisions.md 7, 22.
    """
    theirs = select(RatingInvitation.id).where(RatingInvitation.person_id.in_(list(person_ids)))
    given = select(Rating.id).where(Rating.invitation_id.in_(theirs))
    db.session.execute(
        update(Rating).where(Rating.id.in_(given), Rating.comment.is_not(None))
        .values(comment=None, version=Rating.version + 1)
    )  # fmt: skip
    for row in db.session.scalars(select(Rating).where(Rating.id.in_(given))):
        revisions.erase(row)
    seats = select(Attendance.id).where(Attendance.person_id.in_(list(person_ids)))
    for word in db.session.scalars(select(PresenceWord).where(PresenceWord.attendance_id.in_(seats))):
        word.words = None
        revisions.erase(word)
    for row in db.session.scalars(select(RatingContact).where(RatingContact.invitation_id.in_(theirs))):
        revisions.erase(row)
