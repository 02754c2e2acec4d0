"""Needs."""

from flask_sqlalchemy import SQLAlchemy  # RED
