"""A transcript as screen readers see and hear it."""
