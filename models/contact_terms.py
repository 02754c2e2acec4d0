"""How long somebody may stay without anybody looking in: days by mark, a setting of each community (好久没联系)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Integer, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import PublicRow, Refused, db
from models.events import Doer, record
from models.people import Tag
from models.places import Place, PlaceKind

# Whoever lives alone in old age is looked in on every two weeks, others once a month; 0 says that a mark misses nobody.
USUAL: Mapping[Tag | None, int] = {
    Tag.LONELY_ELDER: 14, Tag.DISABLED: 30, Tag.HARDSHIP: 30, Tag.ELDER: 30, Tag.CHILD: 0, Tag.MIGRANT: 0, None: 30,
}  # fmt: skip
LONGEST = 365
Terms = Mapping[Tag | None, int]


class ContactTerm(PublicRow):
    """The days of one mark in one community, where it has its own; no mark means everybody else."""

    __tablename__ = "contact_terms"
    __table_args__ = (
        UniqueConstraint("community_id", "tag"),
        CheckConstraint("days BETWEEN 0 AND 365", name="days_within_a_year"),
    )
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    tag: Mapped[str] = mapped_column(String(16))
    days: Mapped[int] = mapped_column(Integer)


def _word(tag: Tag | None) -> str:
    # A missing mark would be unique as often as one likes.
    return tag.value if tag is not None else "NONE"


def terms_of(communities: Collection[int]) -> dict[int, Terms]:
    """Return the days by mark of each community: its own where it has some, the usual ones otherwise."""
    found: dict[int, dict[Tag | None, int]] = {one: dict(USUAL) for one in communities}
    query = select(ContactTerm).where(ContactTerm.community_id.in_(list(communities)))
    for term in db.session.scalars(query) if found else ():
        found[term.community_id][None if term.tag == "NONE" else Tag(term.tag)] = term.days
    return dict(found)


def days_for(tags: Iterable[Tag], terms: Terms) -> int:
    """Return after how many days somebody counts as long not seen: the shortest of their marks, else that of everybody.

    0 says that this person is never missed.
    """
    return min((terms[tag] for tag in tags if terms[tag]), default=terms[None])


def set_terms(community: Place, days: Mapping[Tag | None, int], *, by: Doer) -> None:
    """Set the days of a community; one not named stays as it is.

    Errors: Refused("place_needed", "term_out_of_range").
    """
    if community.kind != PlaceKind.COMMUNITY:
        raise Refused("place_needed")
    if any(not 0 <= one <= LONGEST for one in days.values()):
        raise Refused("term_out_of_range", longest=LONGEST)
    own = {
        one.tag: one for one in db.session.scalars(select(ContactTerm).where(ContactTerm.community_id == community.id))
    }
    for tag, value in days.items():
        if (kept := own.get(_word(tag))) is not None:
            kept.days = value
        else:
            db.session.add(ContactTerm(community_id=community.id, tag=_word(tag), days=value))
    details = {"days": {_word(tag): value for tag, value in days.items()}}
    record("contact_terms.set", by=by, about=[community], community_id=community.id, details=details)
