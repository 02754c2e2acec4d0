"""Slips of paper with a one-time code: to begin to work here, or to choose a new password. No message is ever sent."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import CHAR, BigInteger, ForeignKey, Index, LargeBinary, Select, String, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from models import ciphers
from models.accounts import Account, AccountState, Permission, Role, actor_of
from models.accounts.lists import why_no_reset
from models.accounts.seats import check_seat
from models.base import CROCKFORD, PublicRow, Refused, Utc, db, now
from models.events import ANONYMOUS, record
from models.organizations import Organization
from models.organizations import within as organizations_within
from models.places import Place
from models.tellings import tell

if TYPE_CHECKING:
    from models.accounts import Actor

VALID_FOR = {"JOIN": timedelta(days=7), "RESET": timedelta(days=2)}
CODE_LENGTH = 12
# What people write for a character that the code does not have.
MISREAD = str.maketrans("OILU", "011V")


class SlipKind(StrEnum):
    """What a slip is for."""

    JOIN = "JOIN"
    RESET = "RESET"


class Invitation(PublicRow):
    """A slip that was handed out. Only the hash of its code is kept, so nobody reads it from here."""

    __tablename__ = "invitations"
    __table_args__ = (Index("uq_invitations_code_hash", "code_hash", unique=True),)
    kind: Mapped[SlipKind] = mapped_column(String(5))
    code_hash: Mapped[str] = mapped_column(CHAR(64))
    made_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    phone_cipher: Mapped[bytes | None] = mapped_column(LargeBinary)
    role: Mapped[Role | None] = mapped_column(String(16))
    place_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("places.id"), index=True)
    organization_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("organizations.id"), index=True)
    valid_until: Mapped[Utc]
    used_at: Mapped[Utc | None]
    revoked_at: Mapped[Utc | None]

    @classmethod
    def invite(
        cls, name: str, phone: str, role: Role, *, by: Actor, place: Place | None = None,
        organization: Organization | None = None,
    ) -> tuple[Invitation, str]:  # fmt: skip
        """Write a slip for somebody who begins to work here; return it with the code, which is shown once.

        Errors: Refused("name_needed", "phone_invalid", "not_for_oneself") and those of accounts.check_seat().
        Source: domain/checklist.md 111.
        """
        if not name.strip():
            raise Refused("name_needed")
        book = ciphers.book()
        cipher, lookup = book.seal(phone), book.lookup(phone)
        check_seat(role, by=by, place=place, organization=organization)
        own = select(Account.phone_lookup).where(Account.id == by.account_id)
        if db.session.scalar(own) == lookup:
            raise Refused("not_for_oneself")
        code = new_code()
        slip = cls(
            kind=SlipKind.JOIN, code_hash=_hash(code), made_by_id=by.account_id, name=name.strip(),
            phone_cipher=cipher, role=role, place_id=place.id if place else None,
            organization_id=organization.id if organization else None, valid_until=now() + VALID_FOR["JOIN"],
        ).save()  # fmt: skip
        record("invitation.invite", by=by, about=[slip], details={"role": role})
        return slip, code

    @classmethod
    def for_new_password(cls, account: Account, *, by: Actor) -> tuple[Invitation, str]:
        """Write a slip with which somebody chooses a new password; older ones count no more.

        Errors: Refused("not_for_oneself", "account_is_closed", "reset_not_yours", "reset_by_somebody_else").
        Source: decisions.md 20.
        """
        why = why_no_reset(account, by)
        if why is not None:
            raise Refused(why)
        for older in db.session.scalars(
            select(cls).where(cls.account_id == account.id, cls.used_at.is_(None), cls.revoked_at.is_(None))
        ):
            older.revoked_at = now()
        code = new_code()
        slip = cls(
            kind=SlipKind.RESET, code_hash=_hash(code), made_by_id=by.account_id, account_id=account.id,
            name=account.name, valid_until=now() + VALID_FOR["RESET"],
        ).save()  # fmt: skip
        record("invitation.for_new_password", by=by, about=[slip, account], community_id=account.community_id)
        return slip, code

    def revoke(self, *, by: Actor) -> None:
        """Take a slip back. Errors: Refused("slip_is_over")."""
        if self.used_at is not None or self.revoked_at is not None:
            raise Refused("slip_is_over")
        self.revoked_at = now()
        record("invitation.revoke", by=by, about=[self])

    @property
    def open(self) -> bool:
        """Tell whether the slip can still be used."""
        return self.used_at is None and self.revoked_at is None and self.valid_until > now()

    def holder(self) -> Account | None:
        """Return the account that already stands behind the slip: the one to be reset, or one with that number."""
        if self.account_id is not None:
            return db.session.get(Account, self.account_id)
        if self.phone_cipher is None:
            return None
        lookup = ciphers.book().lookup(ciphers.book().open(self.phone_cipher))
        query = select(Account).where(Account.phone_lookup == lookup, Account.state == AccountState.CONFIRMED)
        return db.session.scalars(query).one_or_none()

    def use(self, password_hash: str | None) -> Account:
        """Use a slip once: begin to work, or take the new password; sessions before it end.

        Whoever has an account with that number keeps its password: None, after the caller has checked it.
        Errors: Refused("slip_is_over"), and "role_not_yours_to_give" where the writer may no longer give the role.
        """
        if not self.open:
            raise Refused("slip_is_over")
        self.used_at = now()
        account = self._reset(password_hash) if self.kind == SlipKind.RESET else self._join(password_hash)
        record("invitation.use", by=ANONYMOUS, about=[self, account], details={"kind": self.kind, "role": self.role})
        return account

    def _reset(self, password_hash: str | None) -> Account:
        account = Account.get(self.account_id or 0)
        account.password_hash = password_hash
        account._end_sessions()
        account.tell_at_sign_in = "password_reset_by_slip"
        tell(account, "password_reset_by_slip", accounts=[account.id], community_id=account.community_id,
             followers=False, at=now().isoformat())  # fmt: skip
        return account

    def _join(self, password_hash: str | None) -> Account:
        giver = db.session.get(Account, self.made_by_id)
        place = db.session.get(Place, self.place_id) if self.place_id else None
        organization = db.session.get(Organization, self.organization_id) if self.organization_id else None
        role = Role(self.role or "")
        if giver is not None:
            # Whoever wrote the slip must still be in office when it is used.
            check_seat(role, by=actor_of(giver), place=place, organization=organization)
        account = self.holder()
        if account is None:
            phone = ciphers.book().open(self.phone_cipher or b"")
            account = Account._begin(self.name, phone, password_hash, place.community_id if place else None)
        elif account.password_hash is None:
            account.password_hash = password_hash
        account._give(role, place=place, organization=organization)
        self.account_id, self.phone_cipher = account.id, None
        return account

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the slips one wrote, and those for seats within reach."""
        reach = actor.reach(permission)
        places = select(Place.id).where(reach.places())
        organizations = select(Organization.id).where(organizations_within(reach))
        return select(cls).where(
            or_(cls.made_by_id == actor.account_id, cls.place_id.in_(places), cls.organization_id.in_(organizations))
        )


def new_code() -> str:
    """Return the characters of a slip: sixty random bits, in three groups of four."""
    letters = "".join(secrets.choice(CROCKFORD) for _ in range(CODE_LENGTH))
    return "-".join(letters[i : i + 4] for i in range(0, CODE_LENGTH, 4))


def _hash(code: str) -> str:
    return hashlib.sha256(spelled(code).encode()).hexdigest()


def spelled(code: str) -> str:
    """Return a typed code in its one spelling: no spaces and dashes, capitals, O read as 0 and I as 1."""
    return re.sub(r"[^0-9A-Z]", "", code.upper().translate(MISREAD))


def by_code(code: str) -> Invitation | None:
    """Return the open slip of a code, or None."""
    slip = db.session.scalars(select(Invitation).where(Invitation.code_hash == _hash(code))).one_or_none()
    return slip if slip is not None and slip.open else None


@dataclass(frozen=True)
class SlipLine:
    """A slip in the list of those that were written."""

    public_id: str
    kind: SlipKind
    name: str
    role: Role | None
    where: str
    written_by: str
    valid_until: datetime
    used_at: datetime | None
    revoked_at: datetime | None
    open: bool


def slips(actor: Actor, limit: int = 100) -> list[SlipLine]:
    """Return the slips that a reader may see, newest first."""
    giver = Account.__table__.alias("giver")
    visible = Invitation.visible_to(actor, Permission.INVITE_STAFF).order_by(Invitation.id.desc()).limit(limit)
    ids = [slip.id for slip in db.session.scalars(visible)]
    query = (
        select(Invitation, Place.name, Organization.name, giver.c.name)
        .outerjoin(Place, Place.id == Invitation.place_id)
        .outerjoin(Organization, Organization.id == Invitation.organization_id)
        .outerjoin(giver, giver.c.id == Invitation.made_by_id)
        .where(Invitation.id.in_(ids))
        .order_by(Invitation.id.desc())
    )
    return [
        SlipLine(s.public_id, SlipKind(s.kind), s.name, Role(s.role) if s.role else None, place or organization or "",
                 writer or "", s.valid_until, s.used_at, s.revoked_at, s.open)
        for s, place, organization, writer in db.session.execute(query)
    ]  # fmt: skip
