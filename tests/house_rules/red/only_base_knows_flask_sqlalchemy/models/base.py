"""The ground."""

from flask_sqlalchemy import SQLAlchemy
