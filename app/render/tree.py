"""What an answer is made of once its Markdown is read: frozen blocks and runs, free of any HTML.

Each kind of block is a file in `blocks`; `children` and `mapped` walk a tree of any kinds.
"""

from __future__ import annotations

from app.render.blocks.code import Code, Span
from app.render.blocks.formula import Formula
from app.render.blocks.heading import Heading
from app.render.blocks.listing import Item, Listing
from app.render.blocks.note import Note
from app.render.blocks.paragraph import Paragraph
from app.render.blocks.quote import Quote
from app.render.blocks.remark import Remark
from app.render.blocks.rule import Rule
from app.render.blocks.summary import FOLDED, Summary
from app.render.blocks.table import Table
from app.render.blocks.typed import Typed
from app.render.node import Block, Lines, Node, children, mapped
from app.render.runs import Mark, Run, Runs, plain

__all__ = [
    "FOLDED",
    "Block",
    "Code",
    "Formula",
    "Heading",
    "Item",
    "Lines",
    "Listing",
    "Mark",
    "Node",
    "Note",
    "Paragraph",
    "Quote",
    "Remark",
    "Rule",
    "Run",
    "Runs",
    "Span",
    "Summary",
    "Table",
    "Typed",
    "children",
    "mapped",
    "plain",
]
