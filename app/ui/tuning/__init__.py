"""The dials of a conversation, in plain words, with a live picture."""
