"""Conversations, messages, the journal of running answers, drafts and bookmarks in the database."""
