"""Talk among colleagues: what clerk, worker and supervisor say to each other about a need, a record or a project."""

from models.talk.row import LONGEST, Comment, Mention, comment_on, forget_about, forget_named
from models.talk.showing import Colleague, Open, Said, Talk, count_on, mentions_of, talk_about
from models.talk.subjects import About, Subject, find

__all__ = [
    "LONGEST",
    "About",
    "Colleague",
    "Comment",
    "Mention",
    "Open",
    "Said",
    "Subject",
    "Talk",
    "comment_on",
    "count_on",
    "find",
    "forget_about",
    "forget_named",
    "mentions_of",
    "talk_about",
]
