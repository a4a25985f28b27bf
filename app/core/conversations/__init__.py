"""A conversation as values: its tree of messages, the branch being read, events."""
