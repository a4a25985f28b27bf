"""Tools as the user sees them: their editor, and the fields where calls are answered."""
