"""The account behind a key: the key itself, signing in, what is left, the test of a connection."""
