"""RED: the hall itself is tested too."""
