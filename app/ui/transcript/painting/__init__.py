"""How the transcript is drawn: style, lines on whole pixels, kept rows, highlights."""
