"""Markdown as models write it, read into our own tree of blocks."""
