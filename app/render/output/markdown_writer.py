"""Blocks written as Markdown again, where only a part of what a model wrote is copied."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from app.render.node import Block
from app.render.runs import Mark, Run, Runs

_SPECIAL = re.compile(r"[\\`*\]<$~|]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
_LINE_START = re.compile(r"(?m)^(\s*)([#>+=-]|\d{1,9}(?=[.)]))")
_WRAPS = ((Mark.STRONG, "**"), (Mark.EMPHASIS, "*"), (Mark.STRIKE, "~~"))
_ELEMENTS = ((Mark.SUBSCRIPT, "sub"), (Mark.SUPERSCRIPT, "sup"), (Mark.KEY, "kbd"))


def markdown_of(blocks: Sequence[Block], *, is_tight: bool = False) -> str:
    """The Markdown of some blocks; read again it gives the same blocks."""
    parts: list[str] = []
    bullet = "-"
    for at, block in enumerate(blocks):
        follows_alike = at > 0 and blocks[at - 1].joins_next
        bullet = "*" if follows_alike and bullet == "-" else "-"
        if part := block.as_markdown(bullet):
            parts.append(part)
    return ("\n" if is_tight else "\n\n").join(parts)


def inline_markdown(runs: Runs) -> str:
    """The Markdown of some runs on one line or several."""
    written = "".join(
        _linked(link, tuple(group)) for link, group in groupby(runs, lambda run: run.link)
    )
    return written.replace("\u2028", "\n")


def _linked(link: str, runs: Runs) -> str:
    text = _wrapped(runs, 0)
    if not link or runs[0].marks & Mark.IMAGE:
        return text
    if "".join(run.text for run in runs) == link:
        return f"<{link}>"
    address = f"<{link}>" if re.search(r"[\s()]", link) else link
    return f"[{text}]({address})"


def _wrapped(runs: Runs, depth: int) -> str:
    """Neighbours that share a mark share its signs; blanks stay outside of them."""
    if depth == len(_WRAPS):
        return "".join(map(_run, runs))
    mark, sign = _WRAPS[depth]
    parts = []
    for is_marked, group in groupby(runs, lambda run: bool(run.marks & mark)):
        text = _wrapped(tuple(group), depth + 1)
        if is_marked and (bare := text.strip(" \u2028\t")):
            lead = text[: len(text) - len(text.lstrip(" \u2028\t"))]
            tail = text[len(text.rstrip(" \u2028\t")) :]
            text = f"{lead}{sign}{bare}{sign}{tail}"
        parts.append(text)
    return "".join(parts)


def _run(run: Run) -> str:
    text = run.text
    if run.marks & Mark.CODE:
        return _ticked(text.replace("\u2028", " "))
    if run.marks & Mark.MATH:
        return f"${text}$"
    if run.marks & Mark.NOTE:
        return f"[^{text.strip('[]^')}]"
    text = _LINE_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", text).replace("\u2028", "\n"))
    text = re.sub(r"\\(\d+)([.)])", r"\1\\\2", text).replace("\n", "\u2028")
    for mark, tag in _ELEMENTS:
        if run.marks & mark:
            text = f"<{tag}>{text}</{tag}>"
    return text


def _ticked(text: str) -> str:
    longest = max((len(ticks) for ticks in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    space = " " if text[:1] in ("`", " ") or text[-1:] in ("`", " ") else ""
    return f"{fence}{space}{text}{space}{fence}"
