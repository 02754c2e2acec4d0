"""RED: stands outside the list."""
