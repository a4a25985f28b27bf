"""Tables become documents: a block for each cell, laid out by a `TableLayout`."""

from __future__ import annotations

import re
from dataclasses import replace
from unicodedata import bidirectional

from PySide6.QtGui import QTextCursor

from app.render.characters import LINE, PARAGRAPH
from app.render.runs import isolated
from app.render.tree import Mark, Table
from app.ui.transcript.blocks.documents import insert_runs, new_document
from app.ui.transcript.blocks.formula_object import FormulaDocument
from app.ui.transcript.painting.style import Style
from app.ui.transcript.table.layout import TableLayout

_SEPARATOR = re.compile("[\n\r\u2029\ufdd0\ufdd1]")
"""What would end a cell: Qt begins a new block at each."""
_DIRECTED = ("L", "R", "AL")


def table_document(
    table: Table,
    style: Style,
    *,
    is_continued: bool,
    is_mirrored: bool = False,
    colour: str = "text",
) -> FormulaDocument:
    """A document of cells, a block for each, row by row, between two that are empty; its layout is
    a `TableLayout`. A continued table has no header; `colour` "bubble" is for the user's
    words."""
    columns = max(1, len(table.header))
    sides = (*table.alignments[:columns], *[""] * (columns - len(table.alignments)))
    document = new_document(style.text_font)
    table_layout = TableLayout(document, sides, style, is_mirrored=is_mirrored)
    document.setDocumentLayout(table_layout)
    rows = table.rows if is_continued else (table.header, *table.rows)
    edit = QTextCursor(document)
    edit.beginEditBlock()
    words: list[str] = []
    look = style.char_format(Mark.NONE, colour=colour)
    for index, row in enumerate(rows):
        more = Mark.STRONG if not is_continued and not index else Mark.NONE
        for runs in (*row[:columns], *[()] * (columns - len(row))):
            words.append(PARAGRAPH)
            for run in isolated(runs):
                marks = run.marks | more
                is_plain = not run.link and not run.hint and not marks & Mark.MATH
                wanted = style.char_format(marks, colour=colour) if is_plain else None
                if wanted is not look and words:
                    edit.insertText("".join(words), look)
                    words.clear()
                text = _SEPARATOR.sub(LINE, run.text)
                if wanted is not None:
                    look = wanted
                    words.append(text)
                else:
                    insert_runs(edit, (replace(run, text=text, marks=marks),), style, colour=colour)
    words.append(PARAGRAPH)
    edit.insertText("".join(words), look)
    edit.endEditBlock()
    table_layout.read()
    return document


def is_mirrored(table: Table) -> bool:
    """Whether a table runs from the right: the first letter of its header that has a direction
    does, or of its first row where the header has none."""
    for row in (table.header, *table.rows[:1]):
        for runs in row:
            for run in runs:
                kind = "" if run.marks & (Mark.CODE | Mark.MATH) else _direction_of(run.text)
                if kind:
                    return kind != "L"
    return False


def _direction_of(text: str) -> str:
    """The bidirectional class of the first letter that has a direction; empty without one."""
    return next((kind for kind in map(bidirectional, text) if kind in _DIRECTED), "")
