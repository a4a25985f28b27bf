"""Blocks as clean HTML of our own making, for word processors: every character of foreign text is
escaped, nothing is loaded, nothing runs, no foreign style survives."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from app.render.tree import (
    FOLDED,
    Block,
    Code,
    Formula,
    Heading,
    Item,
    Listing,
    Mark,
    Note,
    Paragraph,
    Quote,
    Remark,
    Rule,
    Run,
    Runs,
    Summary,
    Table,
)

_TAGS = (
    (Mark.STRONG, "b"),
    (Mark.EMPHASIS, "i"),
    (Mark.STRIKE, "s"),
    (Mark.SUBSCRIPT, "sub"),
    (Mark.SUPERSCRIPT | Mark.NOTE, "sup"),
    (Mark.KEY, "kbd"),
    (Mark.CODE, "code"),
    (Mark.MATH, "i"),
)


def page(body: str) -> str:
    """A whole document around a body."""
    head = '<meta charset="utf-8">'
    return f"<!DOCTYPE html>\n<html><head>{head}</head><body>\n{body}</body></html>\n"


def html_of(blocks: Sequence[Block]) -> str:
    """The elements of some blocks, one a line."""
    return "".join(f"{_element(block)}\n" for block in blocks)


def inline_html(runs: Runs) -> str:
    """Runs inside one element."""
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    text = escape(run.text).replace("\u2028", "<br>")
    for marks, tag in _TAGS:
        if run.marks & marks:
            text = f"<{tag}>{text}</{tag}>"
    if run.link and not run.marks & Mark.IMAGE:
        text = f'<a href="{escape(run.link)}">{text}</a>'
    return text


def _element(block: Block) -> str:
    match block:
        case Paragraph(runs=runs):
            return f"<p>{inline_html(runs)}</p>"
        case Heading(level=level, runs=runs):
            return f"<h{level}>{inline_html(runs)}</h{level}>"
        case Code(text=text) | Formula(text=text):
            return f"<pre><code>{escape(text)}</code></pre>"
        case Rule():
            return "<hr>"
        case Table():
            return _table(block)
        case Listing():
            return _listing(block)
        case Quote():
            title = f"<p><b>{escape(block.kind.capitalize())}</b></p>\n" if block.kind else ""
            return f"<blockquote>\n{title}{html_of(block.blocks)}</blockquote>"
        case Summary(runs=runs):
            return f"<p><b>{inline_html(runs) or FOLDED}</b></p>"
        case Note():
            return f"<p><sup>{escape(block.label)}</sup></p>\n{html_of(block.blocks)}".rstrip("\n")
        case Remark(text=text):
            return f"<p><i>{escape(text)}</i></p>"


def _listing(block: Listing) -> str:
    items = "".join(f"<li>{_item(item, is_tight=block.is_tight)}</li>\n" for item in block.items)
    if block.start is None:
        return f"<ul>\n{items}</ul>"
    start = f' start="{block.start}"' if block.start != 1 else ""
    return f"<ol{start}>\n{items}</ol>"


def _item(item: Item, *, is_tight: bool) -> str:
    box = {True: "\u2611 ", False: "\u2610 ", None: ""}[item.is_done]
    blocks = list(item.blocks)
    if blocks and isinstance(first := blocks[0], Paragraph):
        text = box + inline_html(first.runs)
        head = text if is_tight else f"<p>{text}</p>"
        rest = html_of(blocks[1:])
        return f"{head}\n{rest}" if rest else head
    return box + html_of(blocks)


def _table(table: Table) -> str:
    lines = ['<table border="1" cellspacing="0" cellpadding="4">']
    for tag, rows in (("th", (table.header,)), ("td", table.rows)):
        for row in rows:
            cells = [
                f"<{tag}{_side(table, column)}>{inline_html(runs)}</{tag}>"
                for column, runs in enumerate(row[: len(table.header)])
            ]
            lines.append(f"<tr>{''.join(cells)}</tr>")
    return "\n".join([*lines, "</table>"])


def _side(table: Table, column: int) -> str:
    side = table.alignments[column] if column < len(table.alignments) else ""
    return f' align="{side}"' if side in ("left", "center", "right") else ""
