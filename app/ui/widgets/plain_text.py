"""Foreign text for tool tips, which guess whether a text is HTML and would draw it."""

from __future__ import annotations


def as_plain(text: str) -> str:
    """The text as it is, or escaped where Qt might take it for markup: it would
    load the pictures and files that stand in it."""
    if "<" not in text:
        return text
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<span>{escaped.replace(chr(10), '<br>')}</span>"
