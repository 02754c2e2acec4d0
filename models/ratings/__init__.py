"""What the people served say about a service; nobody but this package knows who said it."""

from models.ratings.asking import Asked, ToRate, asked, asked_at, said_not_met, to_rate
from models.ratings.contacts import (
    ContactLine,
    RatingContact,
    ThemeLine,
    WhomToCall,
    contact_lines,
    count_contacts,
    themes_of,
)
from models.ratings.erasing import forget_words
from models.ratings.fitness import DeclaredRelative, relatives_of
from models.ratings.frame import LEVELS, Voices, mattered_to, unreached, voices_of
from models.ratings.handing_out import ServiceLine, Slip, of_others, services, slips, strips
from models.ratings.hats import served
from models.ratings.invitations import MOST_STRIPS, RatingInvitation, plain_code, this_month
from models.ratings.kinds import STATED, Answer, AtPoster, Channel, Contact, ContactState, Mattered, Unfit
from models.ratings.paper import PaperRow, RatingSheet, services_on_paper
from models.ratings.pooling import Pooled, pooled
from models.ratings.presence import CLOSED, SAID, PresenceWord, asked_of, said_by
from models.ratings.presence_reading import (
    PresenceCount,
    PresenceLine,
    count_presence_disputes,
    presence_counts,
    presence_disputes,
    presence_on,
    presence_settled,
)
from models.ratings.releases import RatingRelease, contract_year, live, monday, release_of, start_of
from models.ratings.row import Rating
from models.ratings.singles import Doubted, Single, doubted, singles, words_said
from models.ratings.witnessing import (
    PaperSeat,
    SheetLine,
    SheetRow,
    ToHear,
    count_second_eyes,
    paper_seats,
    sheet_rows,
    sheets_waiting,
    to_be_asked_by,
    to_hear,
)

__all__ = [
    "CLOSED",
    "LEVELS",
    "MOST_STRIPS",
    "SAID",
    "STATED",
    "Answer",
    "Asked",
    "AtPoster",
    "Channel",
    "Contact",
    "ContactLine",
    "ContactState",
    "DeclaredRelative",
    "Doubted",
    "Mattered",
    "PaperRow",
    "PaperSeat",
    "Pooled",
    "PresenceCount",
    "PresenceLine",
    "PresenceWord",
    "Rating",
    "RatingContact",
    "RatingInvitation",
    "RatingRelease",
    "RatingSheet",
    "ServiceLine",
    "SheetLine",
    "SheetRow",
    "Single",
    "Slip",
    "ThemeLine",
    "ToHear",
    "ToRate",
    "Unfit",
    "Voices",
    "WhomToCall",
    "asked",
    "asked_at",
    "asked_of",
    "contact_lines",
    "contract_year",
    "count_contacts",
    "count_presence_disputes",
    "count_second_eyes",
    "doubted",
    "forget_words",
    "live",
    "mattered_to",
    "monday",
    "of_others",
    "paper_seats",
    "plain_code",
    "pooled",
    "presence_counts",
    "presence_disputes",
    "presence_on",
    "presence_settled",
    "relatives_of",
    "release_of",
    "said_by",
    "said_not_met",
    "served",
    "services",
    "services_on_paper",
    "sheet_rows",
    "sheets_waiting",
    "singles",
    "slips",
    "start_of",
    "strips",
    "themes_of",
    "this_month",
    "to_be_asked_by",
    "to_hear",
    "to_rate",
    "unreached",
    "voices_of",
    "words_said",
]
