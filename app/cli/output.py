"""How commands print: text for people, or one JSON object a line for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any


def say(text: str = "", end: str = "\n") -> None:
    """Writes text to standard output at once; what the terminal cannot show is replaced."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write((text + end).encode(encoding, "replace").decode(encoding))
    sys.stdout.flush()


def complain(text: str) -> None:
    """Writes one line to standard error."""
    sys.stderr.write(f"facet: {text}\n")
    sys.stderr.flush()


def say_object(values: Mapping[str, Any]) -> None:
    """Writes one JSON object as a line."""
    say(json.dumps(values, ensure_ascii=False, default=str))
