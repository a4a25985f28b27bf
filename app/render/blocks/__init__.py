"""The kinds of blocks: one file a kind, which says all that the kind is and how it is written."""
