"""The conversations: the list, the one being read, drafts and choices, search."""
