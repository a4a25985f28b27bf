"""How many pages a PDF file has, counted from its plain text alone; nothing is unpacked."""

from __future__ import annotations

import re

_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_COUNT = re.compile(rb"/Type\s*/Pages\b[^>]{0,400}?/Count\s+(\d{1,6})")
_COUNT_BEFORE = re.compile(rb"/Count\s+(\d{1,6})[^<>]{0,400}?/Type\s*/Pages\b")


def pages_of(data: bytes) -> int | None:
    """The pages of a PDF file; None where they stand in packed objects, or none is found."""
    counts = [int(found) for pattern in (_COUNT, _COUNT_BEFORE) for found in pattern.findall(data)]
    if counts:
        return max(counts) or None
    return sum(1 for _ in _PAGE.finditer(data)) or None
