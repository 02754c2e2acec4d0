"""Ratings."""

from sqlalchemy import Float, Integer, String  # RED
from sqlalchemy.types import Numeric  # RED
