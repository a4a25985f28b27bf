"""One export format a file; its `FORMAT` says what it is."""
