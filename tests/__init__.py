"""The proof: what the rules say and what the counters answer, on both databases."""
