"""Text to structure: Markdown, code, formulas. No Qt."""
