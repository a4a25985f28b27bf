"""Blocks written as Markdown again, where only a part of what a model wrote is copied."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

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

_SPECIAL = re.compile(r"[\\`*\]<$~|]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
_LINE_START = re.compile(r"(?m)^(\s*)([#>+=-]|\d{1,9}(?=[.)]))")
_WRAPS = ((Mark.STRONG, "**"), (Mark.EMPHASIS, "*"), (Mark.STRIKE, "~~"))
_ELEMENTS = ((Mark.SUBSCRIPT, "sub"), (Mark.SUPERSCRIPT, "sup"), (Mark.KEY, "kbd"))


def markdown_of(blocks: Sequence[Block], *, is_tight: bool = False) -> str:
    """The Markdown of some blocks; read again it gives the same blocks."""
    parts: list[str] = []
    bullet = "-"
    for at, block in enumerate(blocks):
        follows_list = at > 0 and isinstance(blocks[at - 1], Listing)
        bullet = "*" if follows_list and bullet == "-" else "-"
        if part := _written(block, bullet):
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


def _written(block: Block, bullet: str) -> str:
    match block:
        case Paragraph(runs=runs):
            return inline_markdown(runs)
        case Heading(level=level, runs=runs):
            return f"{'#' * level} {inline_markdown(runs)}".replace("\n", " ")
        case Code(language=language, text=text):
            longest = max((len(ticks) for ticks in re.findall("`{3,}", text)), default=2)
            fence = "`" * (longest + 1)
            return f"{fence}{language}\n{text}\n{fence}"
        case Formula(text=text):
            return f"$$\n{text}\n$$"
        case Rule():
            return "---"
        case Table():
            return _table(block)
        case Listing():
            return _listing(block, bullet)
        case Quote():
            title = f"[!{block.kind.upper()}]\n" if block.kind else ""
            return _indented(title + markdown_of(block.blocks), "> ", "> ")
        case Summary(runs=runs):
            return f"**{inline_markdown(runs) or FOLDED}**".replace("\n", " ")
        case Note():
            return _indented(markdown_of(block.blocks), f"[^{block.label}]: ", "    ")
        case Remark(text=text):
            return f"*{_run(Run(text))}*"


def _listing(block: Listing, bullet: str) -> str:
    parts = []
    for number, item in enumerate(block.items, block.start or 0):
        dot = ")" if bullet == "*" else "."
        sign = f"{bullet} " if block.start is None else f"{number}{dot} "
        parts.append(_item(item, sign, is_tight=block.is_tight))
    return ("\n" if block.is_tight else "\n\n").join(parts)


def _item(item: Item, sign: str, *, is_tight: bool) -> str:
    box = {True: "[x] ", False: "[ ] ", None: ""}[item.is_done]
    return _indented(box + markdown_of(item.blocks, is_tight=is_tight), sign, " " * len(sign))


def _table(table: Table) -> str:
    rules = {"left": ":---", "center": ":---:", "right": "---:", "": "---"}
    columns = len(table.header)
    sides = [*table.alignments, *("",) * columns][:columns]
    lines = [[_cell(runs) for runs in row[:columns]] for row in (table.header, *table.rows)]
    lines.insert(1, [rules[side] for side in sides])
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _cell(runs: Runs) -> str:
    text = inline_markdown(runs).replace("\n", "<br>")
    return re.sub(r"(?<!\\)\|", r"\|", text)


def _indented(text: str, first: str, others: str) -> str:
    head, *lines = text.split("\n")
    return "\n".join(
        [first + head, *(others + line if line.strip() else others.rstrip() for line in lines)]
    )
