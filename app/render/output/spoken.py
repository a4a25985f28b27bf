"""A message as plain lines, for reading aloud and for the reader: what kind each line is, in words
instead of looks."""

from __future__ import annotations

from app.render.output.spoken_line import Kind, Line

SPOKEN_SOURCE = 4_000
"""Characters of Markdown read for a short text; no short text needs more."""
_ENDS = ".!?…:;,。！？：、"


def reading(source: str) -> list[Line]:
    """All lines of a message, whatever its length."""
    from app.render.markdown.document import read

    return [line for block in read(source) for line in block.as_lines()]


def spoken(source: str, most: int = 600) -> str:
    """A text in one line, at most about `most` characters: code and tables are only named."""
    return _joined(source[:SPOKEN_SOURCE], most, is_cut=len(source) > SPOKEN_SOURCE)


def spoken_whole(source: str, most: int) -> str:
    """The same of a text of any length, at most about `most` characters."""
    return _joined(source, most, is_cut=False)


def _joined(source: str, most: int, *, is_cut: bool) -> str:
    said = ""
    for line in reading(source):
        if line.kind is Kind.CODE or (line.kind is Kind.TABLE and line.depth):
            continue
        words = " ".join(line.whole().split())
        if not words or words == "End of code":
            continue
        joint = "" if not said else " " if said[-1] in _ENDS else ". "
        said += joint + words
        if len(said) > most:
            break
    return said[:most].rstrip() + "…" if is_cut or len(said) > most else said
