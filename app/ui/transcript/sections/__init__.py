"""What stands above and below the text of a message: reasoning, files, calls, cards, footer."""
