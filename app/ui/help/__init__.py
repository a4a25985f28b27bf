"""The help window: the manual and every shortcut."""
