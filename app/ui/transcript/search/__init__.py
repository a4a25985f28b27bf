"""Finding words in the open conversation."""
