"""A year in a place that does not exist, told through the verbs that everybody uses."""
