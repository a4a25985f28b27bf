"""What questions will cost and what answers did cost."""
