"""Requests with heavy files as bytes. The work is done in short steps, so that a thread that does
it lets the window's own have its turn: one call on 30 MB would keep it waiting."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import AsyncIterator, Mapping
from secrets import token_hex
from typing import Any

STEP = 192 * 1024
"""Bytes or characters at a time; a multiple of 3, as base64 asks for."""
HEAVY = 1_000_000
"""Bytes of files in a request from which on it is made in a thread and sent in pieces."""
_TIGHT = (",", ":")


def base64_of(data: bytes) -> str:
    """Bytes in base64."""
    steps = range(0, len(data), STEP)
    return "".join(base64.b64encode(data[at : at + STEP]).decode("ascii") for at in steps)


def encoded(body: Mapping[str, Any]) -> bytes:
    """A body as JSON in UTF-8, without blanks; what UTF-8 cannot say becomes a question mark."""
    mark = token_hex(16)
    long: list[str] = []
    text = json.dumps(_light(body, mark, long), ensure_ascii=False, separators=_TIGHT)
    if not long:
        return text.encode("utf-8", "replace")
    parts: list[bytes] = []
    for place, part in enumerate(re.split(f'"{mark}(\\d+)"', text)):
        if place % 2 == 0:
            parts.append(part.encode("utf-8", "replace"))
            continue
        whole = long[int(part)]
        parts.append(b'"')
        for at in range(0, len(whole), STEP):
            written = json.dumps(whole[at : at + STEP], ensure_ascii=False)
            parts.append(written[1:-1].encode("utf-8", "replace"))
        parts.append(b'"')
    return b"".join(parts)


async def in_pieces(content: bytes) -> AsyncIterator[bytes]:
    """The content piece by piece, so that no single write is long."""
    for at in range(0, len(content), STEP):
        yield content[at : at + STEP]


def _light(node: Any, mark: str, long: list[str]) -> Any:
    """The same with a mark in place of every long text, which goes to `long`."""
    if isinstance(node, str) and len(node) > STEP:
        long.append(node)
        return f"{mark}{len(long) - 1}"
    if isinstance(node, Mapping):
        return {key: _light(value, mark, long) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [_light(value, mark, long) for value in node]
    return node
