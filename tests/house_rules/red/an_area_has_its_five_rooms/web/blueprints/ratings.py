"""The counter of ratings."""
