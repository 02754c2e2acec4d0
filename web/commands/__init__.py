"""The commands of `flask --app wsgi …`, one file an area."""
