"""Needs."""

import datetime as dt
from datetime import date, datetime

from models.base import now

started = datetime.now()  # RED
today = date.today()  # RED
other = dt.datetime.utcnow()  # RED
right = now()
