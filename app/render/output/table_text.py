"""Tables for other programs: tab-separated for pasting, CSV for a file (RFC 4180)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

_NUMBER = re.compile(
    r"[+-]?[$€£¥]?\s?(?:\d[\d.,'\u00a0\u202f ]*|[.,]\d+)(?:[eE][+-]?\d+)?\s?[%$€£¥]?"
)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def tsv(rows: Sequence[Sequence[str]]) -> str:
    """Tab-separated lines; tabs and line breaks inside a cell become blanks."""
    lines = ("\t".join(" ".join(cell.split()) for cell in row) for row in rows)
    return "".join(f"{line}\n" for line in lines)


def csv_text(rows: Sequence[Sequence[str]]) -> str:
    """Comma-separated lines ended by CR LF, with a mark that tells spreadsheets it is UTF-8."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows([_harmless(cell) for cell in row] for row in rows)
    return "\ufeff" + file.getvalue()


def _harmless(cell: str) -> str:
    """A cell no spreadsheet takes for a formula; numbers stay numbers."""
    if cell.lstrip(" ").startswith(_FORMULA_STARTS) and not _NUMBER.fullmatch(cell.strip(" ")):
        return f"'{cell}"
    return cell
