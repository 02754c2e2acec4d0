"""Whole stories, from a need raised to a rating read."""
