"""What the user can say: commands, declared once."""
