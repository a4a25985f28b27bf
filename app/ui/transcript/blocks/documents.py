"""Leaves and tables become QTextDocuments through a cursor: what a model wrote is never read as
HTML by Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLayout,
)

from app.render.runs import begins_from_right, isolated
from app.render.tree import (
    FOLDED,
    Formula,
    Heading,
    Mark,
    Paragraph,
    Remark,
    Run,
    Runs,
    Span,
    Summary,
    Typed,
)
from app.ui.transcript.blocks.formula_object import FormulaDocument, insert_formula, is_tall
from app.ui.transcript.blocks.leaf import Leaf
from app.ui.transcript.painting.style import HEADING_SIZES, Style

AS_TEXT = "Show as text"
"""Stands behind a remark on what is not shown; a click shows all of it."""


def new_document(font: QFont) -> FormulaDocument:
    """An empty document without margin or undo."""
    document = FormulaDocument()
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    document.setDefaultFont(font)
    return document


def insert_runs(
    cursor: QTextCursor, runs: Runs, style: Style, *, colour: str = "text", heading: int = 0
) -> None:
    """Writes runs at a cursor; formulas as their drawing, or their source while there is none."""
    for run in isolated(runs):
        if run.marks & Mark.MATH and _insert_drawn(cursor, run, style, colour, heading):
            continue
        words, marks = run.text, run.marks
        if marks & Mark.MATH:
            words, marks = f"${words}$", (marks & ~Mark.MATH) | Mark.CODE
        text = style.char_format(marks, is_link=bool(run.link), colour=colour, heading=heading)
        if run.link or run.hint:
            text = QTextCharFormat(text)
            text.setToolTip(run.hint)
            if run.link:
                text.setAnchor(True)
                text.setAnchorHref(run.link)
        cursor.insertText(words, text)


def _insert_drawn(
    cursor: QTextCursor, run: Run, style: Style, colour: str, heading: int, sign: str = "$"
) -> bool:
    """Writes a formula as its drawing; False when there is none, or not yet."""
    if run.marks & Mark.OPEN:
        return False
    is_display = sign == "$$"
    outline = style.formulas.outline(run.text, is_display=is_display)
    if outline is None:
        document = cursor.document()
        if isinstance(document, FormulaDocument):
            is_known = style.formulas.has(run.text, is_display=is_display)
            document.is_waiting = document.is_waiting or not is_known
        return False
    marks = run.marks & (Mark.STRONG | Mark.STRIKE)
    look = style.char_format(marks, is_link=bool(run.link), colour=colour, heading=heading)
    insert_formula(cursor, outline, run.text, look, sign=sign)
    return True


def _make_room(cursor: QTextCursor, height: int) -> None:
    """Lets lines grow with what stands in them: a tall formula does not fit between fixed ones."""
    layout = QTextBlockFormat()
    layout.setLineHeight(height, QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
    cursor.mergeBlockFormat(layout)


def text_document(leaves: Sequence[Leaf], style: Style, colour: str = "text") -> FormulaDocument:
    """One document of paragraphs and headings, a block for each leaf. `colour` "bubble" is for
    the user's words."""
    document = new_document(style.text_font)
    document.setDefaultTextOption(style.wrapping)
    cursor = QTextCursor(document)
    # Once a formula is in, Qt would lay the whole block out anew for each run that is added.
    cursor.beginEditBlock()
    usual = colour
    for index, leaf in enumerate(leaves):
        block, colour = leaf.block, leaf.colour or usual
        level = block.level if isinstance(block, Heading) else 0
        height = style.line_height
        if level:
            height = style.px(HEADING_SIZES[level] * 1.35)
        layout = style.block_format(
            height, indent=style.px(leaf.indent), above=style.px(leaf.gap) if index else 0
        )
        if begins_from_right(getattr(block, "runs", ())):
            layout.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        if index:
            cursor.insertBlock(layout, style.char_format(Mark.NONE, colour=colour))
        else:
            cursor.setBlockFormat(layout)
            cursor.setBlockCharFormat(style.char_format(Mark.NONE, colour=colour))
        match block:
            case Paragraph(runs) | Heading(_, runs) | Typed(runs):
                first = len(document.outlines)
                insert_runs(cursor, runs, style, colour=colour, heading=level)
                if any(map(is_tall, document.outlines[first:])):
                    _make_room(cursor, height)
            case Summary(runs):
                runs = tuple(replace(run, marks=run.marks | Mark.STRONG) for run in runs)
                insert_runs(cursor, runs or (Run(FOLDED, Mark.STRONG),), style, colour=colour)
            case Remark(text):
                cursor.insertText(f"{text} ", style.char_format(Mark.EMPHASIS, colour="muted"))
                cursor.insertText(AS_TEXT, style.char_format(Mark.NONE, colour="accent"))
            case Formula(text, is_open):
                run = Run(text, Mark.OPEN if is_open else Mark.NONE)
                if _insert_drawn(cursor, run, style, colour, 0, "$$"):
                    _make_room(cursor, height)
                else:
                    lines = f"$${text}$$".replace("\n", "\u2028")
                    cursor.insertText(lines, style.char_format(Mark.CODE, colour=colour))
            case _:
                raise TypeError(f"not a leaf of text: {block!r}")
        if leaf.indent and cursor.block().textDirection() is Qt.LayoutDirection.RightToLeft:
            mirrored = QTextBlockFormat()
            mirrored.setLeftMargin(0)
            mirrored.setRightMargin(style.px(leaf.indent))
            cursor.mergeBlockFormat(mirrored)
    cursor.endEditBlock()
    return document


def code_document(text: str, style: Style) -> FormulaDocument:
    """A document of code, not wrapped and not yet coloured."""
    document = new_document(style.code_font)
    document.setDefaultTextOption(style.not_wrapping)
    cursor = QTextCursor(document)
    look = style.block_format(style.code_line_height)
    look.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    cursor.setBlockFormat(look)
    shade = QTextCharFormat()
    shade.setFont(style.code_font)
    shade.setForeground(style.colour("text"))
    cursor.insertText(text, shade)
    return document


def colour_lines(
    document: QTextDocument, rows: list[list[Span]], style: Style, first: int = 0
) -> None:
    """Colours the lines of code from one on."""
    block = document.findBlockByNumber(first)
    formats = style.code_formats
    for row in rows:
        if not block.isValid():
            break
        ranges = []
        for start, length, role in row:
            span = QTextLayout.FormatRange()
            span.start = start
            span.length = length
            span.format = formats[role]
            ranges.append(span)
        if ranges or block.layout().formats():
            block.layout().setFormats(ranges)
        block = block.next()
