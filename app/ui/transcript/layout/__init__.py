"""Which message and which of its rows stand where; only what is seen is laid out."""
