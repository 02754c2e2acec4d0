"""Extensions."""

import flask_sqlalchemy.model  # RED
