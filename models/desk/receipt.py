"""The receipt of a need: what is handed to whoever told us something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.desk.contact import account_name
from models.needs import Channel, Need, clocks
from models.places import Place
from models.states import NeedState


@dataclass(frozen=True)
class Receipt:
    """What is handed to whoever told us something: the number, the words, who answers and by when."""

    public_id: str
    ticket_no: str
    raised_at: datetime
    text: str
    community: str
    phone: str | None
    handler: str | None
    state: NeedState
    accepted: bool
    due: datetime | None
    channel: Channel | None
    handover_no: str | None
    reason: str | None


def receipt(need: Need) -> Receipt:
    """Return the receipt of a need."""
    community, clock = Place.get(need.community_id), clocks.current(need)
    return Receipt(
        public_id=need.public_id,
        ticket_no=need.ticket_no,
        raised_at=need.raised_at,
        text=need.text,
        community=community.name,
        phone=community.phone,
        handler=account_name(need.first_handler_id),
        state=NeedState(need.state),
        accepted=need.accepted_at is not None,
        due=clock.due if clock else None,
        channel=Channel(need.channel) if need.channel else None,
        handover_no=need.handover_no,
        reason=need.reason,
    )
