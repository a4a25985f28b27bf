"""The transcript: what was said, drawn by one scroll area that lays out only what is seen."""
