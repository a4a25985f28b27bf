"""Leaves become pieces; what has not changed since the last time stays what it was."""

from __future__ import annotations

from collections.abc import Sequence

from app.render.tree import Block, Code, Rule, Summary, Table
from app.ui.transcript.blocks.block_item import Piece, RulePiece, TextPiece
from app.ui.transcript.blocks.code import CodePiece
from app.ui.transcript.blocks.details import FoldPiece
from app.ui.transcript.blocks.formula import FormulaPiece, is_wide
from app.ui.transcript.layout.flow import Leaf
from app.ui.transcript.painting.style import Style
from app.ui.transcript.table.item import TablePiece


def pieces_of(
    leaves: Sequence[Leaf],
    style: Style,
    *,
    colour: str,
    is_continued: bool,
    head: Table | None,
    old: Sequence[Piece] = (),
    is_open: bool = False,
) -> list[Piece]:
    """The pieces of some leaves: neighbours of running text share one.

    What `old` has at the same place and is the same, or code that has only grown, stays. `is_open`:
    the last goes on growing.
    """
    pieces: list[Piece] = []
    group: list[Leaf] = []

    def flush() -> None:
        if group:
            same = old[len(pieces)] if len(pieces) < len(old) else None
            is_same = isinstance(same, TextPiece) and same.is_made_of(group, colour)
            pieces.append(same if same and is_same else TextPiece(group, style, colour))
            group.clear()

    for leaf in leaves:
        block: Block = leaf.block
        if isinstance(block, Code):
            flush()
            same = old[len(pieces)] if len(pieces) < len(old) else None
            is_growing = is_open and leaf is leaves[-1]
            if isinstance(same, CodePiece) and same.goes_on(leaf, block, is_growing=is_growing):
                pieces.append(same)
            else:
                pieces.append(CodePiece(leaf, block.text, block.language, style))
        elif isinstance(block, Table):
            flush()
            pieces.append(
                TablePiece(leaf, block, style, is_continued=is_continued, head=head, colour=colour)
            )
        elif is_wide(leaf, style):
            flush()
            pieces.append(FormulaPiece([leaf], style, colour))
        elif isinstance(block, Summary):
            flush()
            pieces.append(FoldPiece([leaf], style, colour))
        elif isinstance(block, Rule):
            flush()
            pieces.append(RulePiece(style, leaf))
        else:
            group.append(leaf)
    flush()
    return pieces
