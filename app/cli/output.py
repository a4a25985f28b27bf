"""How commands print: text for people, or one JSON object a line for programs."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from typing import Any


def say(text: str = "", end: str = "\n") -> None:
    """Writes text to standard output at once; what the terminal cannot show is replaced."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write((text + end).encode(encoding, "replace").decode(encoding))
    sys.stdout.flush()


def give_up() -> None:
    """Points standard output at nothing: whoever read it has gone, and Python flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(text: str) -> None:
    """Writes one line to standard error."""
    sys.stderr.write(f"facet: {text}\n")
    sys.stderr.flush()


def say_object(values: Mapping[str, Any]) -> None:
    """Writes one JSON object as a line."""
    say(json.dumps(values, ensure_ascii=False, default=str))
