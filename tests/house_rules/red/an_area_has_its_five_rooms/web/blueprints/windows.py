"""RED: no area of that name."""
