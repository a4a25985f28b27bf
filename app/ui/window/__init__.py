"""The window: its zones, the commands and dialogs bound to it, focus and size."""
