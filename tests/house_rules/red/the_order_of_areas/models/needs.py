"""Needs."""

import models.ratings
