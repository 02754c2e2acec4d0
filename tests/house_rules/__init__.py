"""The laws of the house, each as a function that reads the source and names every breach with its remedy."""
