"""A person's right to their own data: a copy of all that is held, and an erasure that keeps the sums and the diary."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, and_, delete, or_, select, update
from sqlalchemy.orm import aliased

from models import attachments, check_ins, ciphers, erasures, people, ratings, revisions, talk, vault
from models.accounts import Account, AccountState, Actor
from models.attendance import Attendance, GuardianConsent, Part
from models.base import Refused, db, now
from models.events import Doer, record
from models.needs import Need
from models.people import Consent, Mandate, Person, PersonState, PersonTag, pointing_at
from models.people.lists import ConsentLine, consents_of
from models.places import Place
from models.service_log import ServiceLog
from models.tellings import Telling
from models.volunteering import HourCorrection, HourRecord

ERASED_NAME = "—"
# Who rated what is read in models/ratings.py only; what somebody did in office is about others, not about them.
APART = {
    "rating_invitations", "ratings", "people", "accounts", "sessions", "events", "access_log", "people_imports", "ledgers",
    "invitations", "need_imports", "project_imports", "need_group_members", "call_attempts", "revisions", "comments", "mentions", "hand_overs",
}  # fmt: skip
SECRET = {"phone_cipher", "phone_lookup", "password_hash", "token_hash", "code_hash", "epoch", "salt"}
# Columns by which a row is about the person; others only say who of the office wrote or decided it.
MINE = {"person_id", "author_person_id", "for_person_id", "author_account_id", "account_id", "owner_id"}


@dataclass(frozen=True)
class OwnData:
    """What the page of one's own data shows."""

    name: str
    phone: str
    door: str
    community: str
    consents: tuple[ConsentLine, ...]
    counts: tuple[tuple[str, int], ...]
    has_person: bool


def overview(actor: Actor) -> OwnData:
    """Return what is held about the actor, in short; the number masked."""
    account = Account.get(actor.account_id or 0)
    person = db.session.get(Person, actor.person_id) if actor.person_id else None
    mine = or_(Consent.account_id == account.id, Consent.person_id == actor.person_id)
    counts = tuple((table, len(rows)) for table, rows in _rows(actor) if rows)
    return OwnData(
        account.name,
        ciphers.mask_phone(account.phone),
        person.door if person else account.address or "",
        db.session.scalar(select(Place.name).where(Place.id == account.community_id)) or "",
        consents_of(select(Consent).where(mine).order_by(Consent.id.desc())),
        counts,
        person is not None,
    )


@dataclass(frozen=True)
class Copy:
    """Everything held about one person: a document and the photos that came with it."""

    document: dict[str, Any]
    photos: tuple[tuple[str, bytes], ...]


def copy_of(actor: Actor) -> Copy:
    """Return everything that is held about the actor alone. Source: norms.md 1.10 (PIPL 45); reliability.md 79."""
    account = Account.get(actor.account_id or 0)
    person = db.session.get(Person, actor.person_id) if actor.person_id else None
    document: dict[str, Any] = {
        "made_at": now().isoformat(),
        "account": {**_plain(Account.__table__, account), "phone": account.phone},
        "person": {**_plain(Person.__table__, person), "phone": person.phone} if person else None,
    }
    document.update({table: rows for table, rows in _rows(actor) if rows})
    needs = [row["id"] for row in document.get("needs", [])]
    document["texts"] = _texts("needs", needs)
    return Copy(document, tuple(_photos(needs)))


def _plain(table: Any, row: Any) -> dict[str, Any]:
    return {
        column.name: _shown(getattr(row, column.key, None)) for column in table.columns if column.name not in SECRET
    }


def _shown(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else value


def _rows(actor: Actor) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield every table with the rows that are about the actor, whichever area it belongs to."""
    found: dict[str, dict[Any, dict[str, Any]]] = {}
    for target, number in (("people", actor.person_id), ("accounts", actor.account_id)):
        for table, column in pointing_at(target) if number is not None else ():
            if table.name in APART or column.name not in MINE:
                continue
            for row in db.session.execute(select(table).where(column == number)).mappings():
                plain = {name: _shown(value) for name, value in row.items() if name not in SECRET}
                found.setdefault(table.name, {})[tuple(row[key.name] for key in table.primary_key)] = plain
    for name in sorted(found):
        yield name, list(found[name].values())


def _texts(kind: str, ids: list[int]) -> list[dict[str, Any]]:
    query = select(revisions.Revision).where(revisions.Revision.kind == kind, revisions.Revision.subject_id.in_(ids))
    return [
        {"at": r.at.isoformat(), "of": r.subject_id, "field": r.field, "text": r.text}
        for r in db.session.scalars(query.order_by(revisions.Revision.id))
    ]


def _photos(needs: list[int]) -> Iterator[tuple[str, bytes]]:
    query = select(attachments.Attachment).where(
        attachments.Attachment.kind == "needs", attachments.Attachment.subject_id.in_(needs),
        attachments.Attachment.display.is_not(None),
    )  # fmt: skip
    for photo in db.session.scalars(query.order_by(attachments.Attachment.id)):
        yield f"{photo.public_id}.jpg", vault.store().get(photo.display or "")


def withdraw_consents(*, by: Actor) -> None:
    """Take every consent back, and erase where one let it be noted that one was. Errors: Refused("nothing_to_withdraw")."""
    check_ins.forget_places([by.person_id] if by.person_id else [])
    people.withdraw_consents(by=by)


def withdraw_places(*, by: Actor) -> None:
    """Take back that one's place may be noted, and erase what was noted. Errors: Refused("nothing_to_withdraw")."""
    check_ins.forget_places([by.person_id] if by.person_id else [])
    people.withdraw_consents(by=by, only=people.PLACE_NOTICES)


def erase(person: Person, *, by: Doer) -> list[str]:
    """Erase a person: name, number, door, marks, texts with all their versions, and photos; sums and the diary stay.

    Ratings, attendance and hours remain as rows of nobody in particular. Returns the photo files that are to be
    removed once this is committed. Errors: Refused("erased_before").
    Source: norms.md 1.10 (PIPL 47); decisions.md 7; reliability.md 80.
    """
    files, about = _erase(person)
    erasures.note(about)
    record("person.erase", by=by, about=about, community_id=person.community_id)
    return files


def _erase(person: Person) -> tuple[list[str], list[Any]]:
    if person.state == PersonState.ERASED:
        raise Refused("erased_before")
    accounts = list(db.session.scalars(select(Account).where(Account.person_id == person.id)))
    entries = [person, *db.session.scalars(select(Person).where(Person.merged_into_id == person.id))]
    numbers, account_ids = [one.id for one in entries], [one.id for one in accounts]
    files = _forget_needs(numbers, account_ids)
    _forget_services(entries)
    check_ins.forget_places(numbers)
    for table in (PersonTag, Mandate, Telling, GuardianConsent):
        db.session.execute(delete(table).where(table.person_id.in_(numbers)))
    db.session.execute(delete(Telling).where(Telling.account_id.in_(account_ids)))
    db.session.execute(delete(Mandate).where(Mandate.account_id.in_(account_ids)))
    db.session.execute(
        update(Consent)
        .where(or_(Consent.person_id.in_(numbers), Consent.account_id.in_(account_ids)))
        .values(withdrawn_at=now())
    )
    db.session.execute(
        update(Person)
        .where(Person.contact_person_id.in_(numbers))
        .values(contact_person_id=None, version=Person.version + 1)
    )
    for entry in entries:
        _blank(entry)
    for account in accounts:
        _close(account)
    _forget_words(numbers)
    return files, [*entries, *accounts]


def erase_own(*, by: Actor) -> list[str]:
    """Erase the actor; without an entry in the register, the account alone. Errors: Refused("work_here_first").

    Whoever still works here hands the roles back first, so that no work is left without its name.
    """
    if by.held:
        raise Refused("work_here_first")
    if by.person_id is not None:
        files, about = _erase(Person.get(by.person_id))
    else:
        files, about = _erase_account(Account.get(by.account_id or 0))
    erasures.note(about)
    record("person.erase_own", by=by, about=about, community_id=by.community_id)
    return files


def erase_again(*, by: Doer) -> tuple[int, list[str]]:
    """Erase whoever asked for it after the backup was made that was put back; return how many and the photo files.

    Doing it twice changes nothing more. Source: reliability.md 80.
    """
    gone = {kind: [public_id for one, public_id in erasures.noted() if one == kind] for kind in ("people", "accounts")}
    back = select(Person).where(
        Person.public_id.in_(gone["people"]), Person.state.not_in([PersonState.ERASED, PersonState.MERGED])
    )
    files, about = list[str](), list[Any]()
    for person in db.session.scalars(back.order_by(Person.id)):
        names, rows = _erase(person)
        files, about = files + names, about + rows
    open_again = select(Account).where(Account.public_id.in_(gone["accounts"]), Account.state != AccountState.LEFT)
    for account in db.session.scalars(open_again.order_by(Account.id)):
        names, rows = _erase_account(account)
        files, about = files + names, about + rows
    if about:
        record("person.erase_again", by=by, about=about)
    return len(about), files


def _erase_account(account: Account) -> tuple[list[str], list[Any]]:
    """Erase an account that stands for nobody of the register."""
    files = _forget_needs([], [account.id])
    db.session.execute(delete(Telling).where(Telling.account_id == account.id))
    _close(account)
    return files, [account]


def _blank(person: Person) -> None:
    revisions.erase(person)
    person.name, person.gender, person.birth_year = ERASED_NAME, None, None
    person.building = person.unit = person.room = None
    person.courtyard_id = person.grid_id = person.household_id = person.contact_person_id = None
    person.set_phone(None)
    if person.state != PersonState.MERGED:
        person.state = PersonState.ERASED


def _close(account: Account) -> None:
    revisions.erase(account)
    account.name, account.address, account.grid_id = ERASED_NAME, None, None
    account.phone_cipher, account.phone_lookup = b"", secrets.token_hex(32)
    account.password_hash, account.tell_at_sign_in, account.state = None, None, AccountState.LEFT
    account._end_sessions()
    invitations = db.metadata.tables["invitations"]
    db.session.execute(
        update(invitations)
        .where(invitations.c.account_id == account.id)
        .values(name=ERASED_NAME, phone_cipher=None, version=invitations.c.version + 1)
    )


# What a person told in a need, and what the answer may repeat of it.
NEED_TEXTS = (
    "title", "place_detail", "for_whom", "author_code", "answer_text", "question", "reason", "next_step", "handover_no",
)  # fmt: skip


def _forget_needs(numbers: list[int], account_ids: list[int]) -> list[str]:
    # What somebody wrote down for another person stays that person's matter.
    nobody_elses = or_(Need.author_person_id.is_(None), Need.author_person_id.in_(numbers))
    mine = or_(
        Need.author_person_id.in_(numbers), Need.for_person_id.in_(numbers),
        and_(Need.author_account_id.in_(account_ids), nobody_elses),
    )  # fmt: skip
    files: list[str] = []
    for need in db.session.scalars(select(Need).where(mine)):
        for photo in attachments.of(need):
            files += [name for name in (photo.display, photo.thumbnail, photo.original) if name]
            db.session.delete(photo)
        revisions.erase(need)
        talk.forget_about("needs", [need.id])
        # The search index forgets the old words by itself when they change.
        need.text = ERASED_NAME
        for field in NEED_TEXTS:
            setattr(need, field, None)
    db.session.flush()
    return files


def _forget_services(entries: list[Person]) -> None:
    """Empty what colleagues wrote for themselves where this person alone was served, and all talk that names them.

    A record of many is about the others too: it stays, and only the talk that names the person goes.
    """
    numbers = [one.id for one in entries]
    others = aliased(Attendance)
    alone = ~select(others.id).where(
        others.log_id == ServiceLog.id, others.part == Part.SERVED, others.person_id.not_in(numbers)
    ).exists()  # fmt: skip
    there = select(Attendance.log_id).where(Attendance.person_id.in_(numbers), Attendance.part == Part.SERVED)
    logs = list(db.session.scalars(select(ServiceLog).where(ServiceLog.id.in_(there), alone)))
    for log in logs:
        log.internal = None
        revisions.erase(log, "internal")
    talk.forget_about("service_logs", [log.id for log in logs])
    for entry in entries:
        talk.forget_named(entry.name, entry.community_id)


def _forget_words(numbers: list[int]) -> None:
    """Empty every name or remark that other areas keep beside a person's number, and what was said about hours."""
    ratings.forget_words(numbers)
    hours = select(HourRecord.id).where(HourRecord.person_id.in_(numbers))
    for asked in db.session.scalars(select(HourCorrection).where(HourCorrection.record_id.in_(hours))):
        asked.text, asked.answer_text = ERASED_NAME, None
        revisions.erase(asked)
    db.session.flush()
    for table, column in pointing_at("people"):
        words = {name: _nothing(table, name) for name in WORDS if name in table.columns}
        if words and table.name not in ("people", "needs"):
            db.session.execute(update(table).where(column.in_(numbers)).values(words))


# Columns of other areas that repeat what a person is called or said.
WORDS = (
    "name",
    "name_given",
    "given_name",
    "remark",
    "comment",
    "note",
    "claimed_name",
    "written_name",
    "written_building",
    "reason",
    "late_reason",
    "phone_cipher",
    "phone_lookup",
)


def _nothing(table: Table, column: str) -> Any:
    if table.columns[column].nullable:
        return None
    return b"" if column.endswith("_cipher") else ERASED_NAME
