"""A message as plain lines, for reading aloud and for the reader: what kind each line is, in words
instead of looks."""

from __future__ import annotations

from app.render.output.spoken_line import Kind, Line

SPOKEN_SOURCE = 4_000
"""Characters of Markdown read for a short text; no short text needs more."""
_ENDS = ".!?…:;,。！？：、"


def reading(source: str, *, is_typed: bool = False) -> list[Line]:
    """All lines of a message, whatever its length; what a person typed is no Markdown."""
    from app.render.markdown.document import read, read_typed

    blocks = read_typed(source) if is_typed else read(source)
    return [line for block in blocks for line in block.as_lines()]


def spoken(source: str, most: int = 600, *, is_typed: bool = False) -> str:
    """A text in one line, at most about `most` characters: code and tables are only named."""
    lines = reading(source[:SPOKEN_SOURCE], is_typed=is_typed)
    return _joined(lines, most, is_cut=len(source) > SPOKEN_SOURCE)


def spoken_whole(source: str, most: int) -> str:
    """The same of a text of any length, at most about `most` characters."""
    return _joined(reading(source), most, is_cut=False)


def _joined(lines: list[Line], most: int, *, is_cut: bool) -> str:
    said = ""
    for line in lines:
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
