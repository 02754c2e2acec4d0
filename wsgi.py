"""The door for gunicorn and for `flask --app wsgi …`."""

from web import create_app

app = create_app()
