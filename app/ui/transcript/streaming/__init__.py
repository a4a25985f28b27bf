"""An answer while it arrives: its text gathered for the next frame, and when to repaint."""
