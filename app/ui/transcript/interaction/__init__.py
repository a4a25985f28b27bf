"""What mouse, keys, finger and menus do in a transcript."""
