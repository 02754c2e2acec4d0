"""The counter where people who were served say how it was, and where the committee invites, enters and follows up."""

from web.blueprints.ratings import contacts, giving, inviting, paper, posters, presence, singles
from web.blueprints.ratings.counter import blueprint

__all__ = ["blueprint", "contacts", "giving", "inviting", "paper", "posters", "presence", "singles"]
