"""Cuts a tree of blocks down to what is selected of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.render.node import Block, Node, children, mapped
from app.render.runs import ISOLATE, Mark, Run, Runs, is_apart

_PICTURE = "\ufffc"


def units(text: str) -> int:
    """The length of a text as Qt counts it, in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def slice_units(text: str, first: int, last: int) -> str:
    """A stretch of a text between two places counted in UTF-16 units."""
    if text.isascii():
        return text[max(0, first) : max(0, last)]
    encoded = text.encode("utf-16-le", "surrogatepass")[2 * max(0, first) : 2 * max(0, last)]
    return encoded.decode("utf-16-le", "replace")


def cut_runs(runs: Runs, first: int, last: int, drawn: str = "") -> Runs:
    """A stretch of runs, in UTF-16 units of the text `drawn` from them.

    A run that is drawn as a picture (U+FFFC) takes one unit and is taken whole; a formula that is
    not drawn stands between dollars. What is drawn around a run to set it apart is not of it.
    """
    found: list[Run] = []
    at = 0
    for run in runs:
        is_picture = slice_units(drawn, at, at + 1) == _PICTURE and run.text[:1] != _PICTURE
        is_set_apart = is_apart(run) and slice_units(drawn, at, at + 1) == ISOLATE
        at += int(is_set_apart)
        wide = 1 if is_picture else units(run.text)
        start = at
        if run.marks & Mark.MATH and slice_units(drawn, at, at + wide + 2) == f"${run.text}$":
            start, wide = at + 1, wide + 2
        if at < last and at + wide > first:
            text = run.text if is_picture else slice_units(run.text, first - start, last - start)
            if text:
                found.append(run if text == run.text else replace(run, text=text))
        at += wide + int(is_set_apart)
    return tuple(found)


def kept(blocks: Sequence[Block], left: Mapping[int, Block]) -> tuple[Block, ...]:
    """What is left of some blocks.

    `left` has, by `id`, what remains of each innermost block; one that is not in it is dropped, as
    is what holds nothing any more. A block that is wholly left comes back as itself.
    """
    rests = (_rest(block, left) for block in blocks)
    return tuple(rest for rest in rests if rest is not None)


def _rest(node: Node, left: Mapping[int, Block]) -> Any:
    if not children(node):
        return left.get(id(node))
    rest = mapped(node, lambda inner: _rest(inner, left))
    return rest if children(rest) else None
