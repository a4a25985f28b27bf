"""Lines that stand under a sign: list entries, quotes and footnotes in plain text and Markdown."""

from __future__ import annotations


def indented(text: str, first: str, others: str) -> str:
    """A text with one sign before its first line and another before the others."""
    head, *lines = text.split("\n")
    return "\n".join(
        [first + head, *(others + line if line.strip() else others.rstrip() for line in lines)]
    )
