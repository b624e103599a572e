"""What staff see of the bulletin, and what they do with it."""
