"""The kinds of blocks an answer is drawn from."""
