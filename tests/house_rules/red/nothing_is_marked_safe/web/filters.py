"""Filters."""

from markupsafe import Markup, escape

bad = Markup("<b>")  # RED
worse = render_template_string(bad)  # RED
good = escape("<b>")
