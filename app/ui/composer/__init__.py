"""What the user writes: the text, its files, chips, forecast and Send."""
