"""The palette: one box that leads to any conversation, message or command."""
