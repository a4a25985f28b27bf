"""Blocks written for others: HTML, Markdown, plain text, tables, speech."""
