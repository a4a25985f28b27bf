"""What answers cost, kept when the conversation is gone."""
