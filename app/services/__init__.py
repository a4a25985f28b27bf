"""What the program does: services own tasks and tell the window by signals."""
