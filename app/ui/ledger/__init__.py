"""The window on what answers cost."""
