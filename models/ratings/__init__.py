"""What the people served say about a service; nobody but this package knows who said it."""

from models.ratings.asking import Asked, ToRate, asked, asked_at, to_rate
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
from models.ratings.handing_out import ServiceLine, Slip, services, slips, strips
from models.ratings.invitations import MOST_STRIPS, RatingInvitation, this_month
from models.ratings.kinds import STATED, Answer, AtPoster, Channel, Contact, ContactState, Mattered, Unfit
from models.ratings.paper import PaperRow, RatingSheet
from models.ratings.pooling import Pooled, pooled
from models.ratings.releases import RatingRelease, contract_year, live, monday, release_of, start_of
from models.ratings.row import Rating
from models.ratings.singles import Doubted, Single, doubted, singles, words_said
from models.ratings.witnessing import (
    PaperSeat,
    SheetLine,
    SheetRow,
    ToHear,
    paper_seats,
    sheet_rows,
    sheets_waiting,
    to_hear,
)

__all__ = [
    "LEVELS",
    "MOST_STRIPS",
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
    "contact_lines",
    "contract_year",
    "count_contacts",
    "doubted",
    "forget_words",
    "live",
    "mattered_to",
    "monday",
    "paper_seats",
    "pooled",
    "relatives_of",
    "release_of",
    "services",
    "sheet_rows",
    "sheets_waiting",
    "singles",
    "slips",
    "start_of",
    "strips",
    "themes_of",
    "this_month",
    "to_hear",
    "to_rate",
    "unreached",
    "voices_of",
    "words_said",
]
