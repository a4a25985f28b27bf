"""One module for each wire language."""
