"""Text and blocks as they may go to the clipboard or into a file: what a reader cannot see is left
out, signs that are only drawn are not taken for text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.render.characters import copied
from app.render.node import Block, N, mapped
from app.render.runs import Runs

_OVERRIDE = re.compile("[\u202a-\u202e]")
_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u180e\u200b\u202a-\u202e\u2060-\u2064\u206a-\u206f"
    "\ue200\ue203\ue204\ufeff\ufffe\uffff\U000e0000-\U000e007f]"
)
"""Whatever may have to go; most text has none of it, and looking once is eight times faster."""
_LABEL = re.compile(
    r"\[U\+20(?:2[A-E]|6[6-9])(?:, \d+ times)?\]|\[\d+ hidden characters?\]|[\u2400-\u241f\u2421]"
)


def clean(text: str) -> str:
    """Markdown without controls, hidden runs and direction overrides."""
    if not _SUSPECT.search(text):
        return text
    return copied(_OVERRIDE.sub("", text))


def clean_code(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks whose code, wherever it stands, holds nothing that deceives."""
    return tuple(_clean(block) for block in blocks)


def unlabelled(runs: Runs) -> Runs:
    """Runs without the labels that stand for hidden characters where they are shown."""
    bare = (replace(run, text=_LABEL.sub("", run.text)) for run in runs)
    return tuple(run for run in bare if run.text)


def _clean(node: N) -> N:
    inside: N = mapped(node, _clean)
    return inside.cleaned()
