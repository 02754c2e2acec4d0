"""Ratings."""

from flask import g
