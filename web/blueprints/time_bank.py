"""The counter of the time bank: members help each other and confirm it; the desk hands rewards out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, g, url_for

from models import accounts, time_bank
from models.people import Person
from models.permissions import Permission
from models.places import Place
from models.time_bank import Reward, RewardOrder, TimeAccount, TimeClaim
from web import respond
from web.doors import open_to
from web.forms.base import ActForm, new_key
from web.forms.time_bank import ClaimForm, GrantForm, MinutesForm, ReserveForm, RewardForm, StockForm

blueprint = Blueprint("time_bank", __name__)
KEEP, OWN = Permission.KEEP_TIME_BANK, Permission.OWN
Again = Callable[..., Any]


def _mine(**forms: Any) -> dict[str, Any]:
    number = g.visitor.actor.person_id
    mine = time_bank.my_bank(Person.get(number)) if number is not None else None
    shown: dict[str, Any] = {
        "claim": ClaimForm(formdata=None), "gift": MinutesForm(formdata=None), **forms, "mine": mine, "new_key": new_key,
    }  # fmt: skip
    shown["claim"].helped.choices = [("", ""), *((m.public_id, m.name) for m in mine.members)] if mine else []
    return shown


def _with(page: str, context: dict[str, Any]) -> Again:
    return respond.form_page(page, lambda: context)


@blueprint.get("/me/time-bank")
@open_to(OWN)
def mine() -> Any:
    """Show one's own balance, helps, movements and rewards."""
    return respond.page("time_bank/mine.html", **_mine(), refused=None)


def _own(form: Any, **shown: Any) -> tuple[TimeAccount, Any, Again]:
    """Return one's own account with a form of one's own page."""
    context = _mine(**shown)
    return time_bank.my_account(g.visitor.actor), form, _with("time_bank/mine.html", context)


def _back(_thing: Any) -> str:
    return url_for(".mine")


@blueprint.post("/me/time-bank")
@open_to(OWN)
@respond.once
def join() -> Any:
    """Join the time bank of one's own community."""
    number, again = g.visitor.actor.person_id, _with("time_bank/mine.html", _mine())
    if not ActForm().validate_on_submit() or number is None:
        return again()
    person = Person.get(number)
    TimeAccount.join(person, Place.get(person.community_id), by=g.visitor.actor)
    return respond.done(url_for(".mine"))


@blueprint.post("/me/time-bank/leaving")
@open_to(OWN)
@respond.once
@respond.one_verb(lambda: _own(ActForm()), _back)
def leave(account: TimeAccount, form: ActForm) -> None:
    """Leave the time bank."""
    account.leave(by=g.visitor.actor)


def _claiming() -> tuple[TimeAccount, ClaimForm, Again]:
    form = ClaimForm()
    return _own(form, claim=form)


@blueprint.post("/time-claims")
@open_to(OWN)
@respond.once
@respond.one_verb(_claiming, _back)
def claim(account: TimeAccount, form: ClaimForm) -> None:
    """Say that one helped another member."""
    helped = TimeAccount.find(form.helped.data, time_bank.members_of(account.community_id))
    TimeClaim.claim(account, helped, form.minutes.number or 0, form.day, form.what.data, by=g.visitor.actor)


def _claim(public_id: str) -> tuple[TimeClaim, ActForm, Again]:
    one = TimeClaim.find(public_id, TimeClaim.visible_to(g.visitor.actor, OWN))
    return one, ActForm(), _with("time_bank/mine.html", _mine())


@blueprint.post("/time-claims/<public_id>/confirmation")
@open_to(OWN)
@respond.once
@respond.one_verb(_claim, _back)
def confirm(one: TimeClaim, form: ActForm) -> None:
    """Confirm that one was helped."""
    one.confirm(by=g.visitor.actor)


@blueprint.post("/time-claims/<public_id>/refusal")
@open_to(OWN)
@respond.once
@respond.one_verb(_claim, _back)
def decline(one: TimeClaim, form: ActForm) -> None:
    """Say that it was not so."""
    one.decline(by=g.visitor.actor)


@blueprint.post("/time-claims/<public_id>/withdrawal")
@open_to(OWN)
@respond.once
@respond.one_verb(_claim, _back)
def withdraw(one: TimeClaim, form: ActForm) -> None:
    """Take back what one told."""
    one.withdraw(by=g.visitor.actor)


def _giving() -> tuple[TimeAccount, MinutesForm, Again]:
    form = MinutesForm()
    return _own(form, gift=form)


@blueprint.post("/time-gifts")
@open_to(OWN)
@respond.once
@respond.one_verb(_giving, _back)
def gift(account: TimeAccount, form: MinutesForm) -> None:
    """Give minutes to the common pool."""
    time_bank.gift(account, form.minutes.number or 0, by=g.visitor.actor)


@blueprint.post("/reward-orders")
@open_to(OWN)
@respond.once
@respond.one_verb(lambda: _own(ReserveForm()), _back)
def reserve(account: TimeAccount, form: ReserveForm) -> None:
    """Reserve a reward."""
    reward = Reward.find(form.reward.data, Reward.visible_to(g.visitor.actor, OWN))
    RewardOrder.reserve(reward, account, by=g.visitor.actor)


def _community() -> Place:
    return accounts.home(g.visitor.actor, KEEP)


def _desk(**forms: Any) -> dict[str, Any]:
    community = _community()
    found = time_bank.desk(community)
    shown: dict[str, Any] = {
        "reward": RewardForm(formdata=None), "grant": GrantForm(formdata=None), "stock": StockForm(formdata=None),
        **forms, "desk": found, "community": community.name, "new_key": new_key,
    }  # fmt: skip
    shown["grant"].member.choices = [("", ""), *((one.public_id, one.name) for one in found.members)]
    return shown


@blueprint.get("/time-bank-desk")
@open_to(KEEP)
def index() -> Any:
    """Show members, pool, rewards and what waits to be fetched."""
    return respond.page("time_bank/index.html", **_desk(), refused=None)


def _to_desk(_thing: Any) -> str:
    return url_for(".index")


def _order(public_id: str) -> tuple[RewardOrder, ActForm, Again]:
    one = RewardOrder.find(public_id, RewardOrder.visible_to(g.visitor.actor, KEEP))
    return one, ActForm(), _with("time_bank/index.html", _desk())


@blueprint.post("/reward-orders/<public_id>/handing-out")
@open_to(KEEP)
@respond.once
@respond.one_verb(_order, _to_desk)
def hand_out(one: RewardOrder, form: ActForm) -> None:
    """Hand a reward out."""
    one.hand_out(by=g.visitor.actor)


@blueprint.post("/reward-orders/<public_id>/return")
@open_to(KEEP)
@respond.once
@respond.one_verb(_order, _to_desk)
def take_back(one: RewardOrder, form: ActForm) -> None:
    """Give a reserved reward back at the desk."""
    one.cancel(by=g.visitor.actor)


def _own_order(public_id: str) -> tuple[RewardOrder, ActForm, Again]:
    one = RewardOrder.find(public_id, RewardOrder.visible_to(g.visitor.actor, OWN))
    return one, ActForm(), _with("time_bank/mine.html", _mine())


@blueprint.post("/reward-orders/<public_id>/cancellation")
@open_to(OWN)
@respond.once
@respond.one_verb(_own_order, _back)
def cancel(one: RewardOrder, form: ActForm) -> None:
    """Give a reserved reward back oneself."""
    one.cancel(by=g.visitor.actor)


def _laying() -> tuple[Place, RewardForm, Again]:
    form = RewardForm()
    return _community(), form, _with("time_bank/index.html", _desk(reward=form))


@blueprint.post("/rewards")
@open_to(KEEP)
@respond.once
@respond.one_verb(_laying, _to_desk)
def lay_out(community: Place, form: RewardForm) -> None:
    """Offer a reward."""
    Reward.lay_out(community, form.title.data, form.minutes.number or 0, form.stock.number or 0, by=g.visitor.actor)


def _stock(public_id: str) -> tuple[Reward, StockForm, Again]:
    form = StockForm()
    one = Reward.find(public_id, Reward.visible_to(g.visitor.actor, KEEP))
    return one, form, _with("time_bank/index.html", _desk(stock=form))


@blueprint.post("/rewards/<public_id>/stock")
@open_to(KEEP)
@respond.once
@respond.one_verb(_stock, _to_desk)
def restock(one: Reward, form: StockForm) -> None:
    """Say how many are left."""
    one.restock(form.stock.number or 0, by=g.visitor.actor)


def _granting() -> tuple[Place, GrantForm, Again]:
    form = GrantForm()
    return _community(), form, _with("time_bank/index.html", _desk(grant=form))


@blueprint.post("/time-grants")
@open_to(KEEP)
@respond.once
@respond.one_verb(_granting, _to_desk)
def grant(community: Place, form: GrantForm) -> None:
    """Help a member out of the pool."""
    member = TimeAccount.find(form.member.data, time_bank.members_of(community.id))
    time_bank.grant(member, form.minutes.number or 0, by=g.visitor.actor)
