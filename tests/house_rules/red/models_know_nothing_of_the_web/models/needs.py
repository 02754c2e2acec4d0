"""Needs."""

import web.doors  # RED
from flask import g  # RED
from flask_babel import gettext  # RED
from sqlalchemy import select

from models.base import db


def show() -> None:
    from wtforms import Form  # RED
