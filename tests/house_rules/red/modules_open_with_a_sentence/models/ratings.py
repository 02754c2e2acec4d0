"""What the people served say."""
