"""Blocks as clean HTML of our own making, for word processors: every character of foreign text is
escaped, nothing is loaded, nothing runs, no foreign style survives."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from app.render.node import Block
from app.render.runs import Mark, Run, Runs

_TAGS = (
    (Mark.STRONG, "b"),
    (Mark.EMPHASIS, "i"),
    (Mark.STRIKE, "s"),
    (Mark.SUBSCRIPT, "sub"),
    (Mark.SUPERSCRIPT | Mark.NOTE, "sup"),
    (Mark.KEY, "kbd"),
    (Mark.CODE | Mark.MATH, "code"),
)


def page(body: str) -> str:
    """A whole document around a body."""
    head = '<meta charset="utf-8">'
    return f"<!DOCTYPE html>\n<html><head>{head}</head><body>\n{body}</body></html>\n"


def html_of(blocks: Sequence[Block]) -> str:
    """The elements of some blocks, one a line."""
    return "".join(f"{block.as_html()}\n" for block in blocks)


def inline_html(runs: Runs) -> str:
    """Runs inside one element."""
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    text = escape(f"${run.text}$" if run.marks & Mark.MATH else run.text).replace("\u2028", "<br>")
    for marks, tag in _TAGS:
        if run.marks & marks:
            text = f"<{tag}>{text}</{tag}>"
    if run.link and not run.marks & Mark.IMAGE:
        text = f'<a href="{escape(run.link)}">{text}</a>'
    return text
