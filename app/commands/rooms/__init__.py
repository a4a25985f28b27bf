"""Commands by topic, one a file: its `COMMANDS`, and its `PLACE` among the others."""
