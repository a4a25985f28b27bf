"""How commands print: text for people, or one JSON object a line for programs."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Mapping
from typing import Any

KEY_VARIABLE = "FACET_API_KEY"

_WINDOW = "in the window under Settings"
_FOR_A_SHELL = (
    (re.compile(r"\bAdd one in Settings"), f"Give one in {KEY_VARIABLE}, or add one {_WINDOW}"),
    (re.compile(r"\badd one in Settings"), f"give one in {KEY_VARIABLE}, or add one {_WINDOW}"),
    (
        re.compile(r"\b(key(?: again| and the base URL)?) in Settings, Providers"),
        rf"\1 (in {KEY_VARIABLE}, or {_WINDOW}, Providers)",
    ),
    (
        re.compile(r"\b(base URL|address and port) in Settings, Providers"),
        rf"\1 (--base-url, or {_WINDOW}, Providers)",
    ),
    (re.compile(r"(?<!under )\bin Settings"), _WINDOW),
)
"""What sentences made for the window say of its settings, and what a shell has in their place."""


def for_a_shell(text: str) -> str:
    """A sentence with what can be done in a shell where it names the settings of the window."""
    for said, instead in _FOR_A_SHELL:
        text = said.sub(instead, text)
    return text


def say(text: str = "", end: str = "\n") -> None:
    """Writes text to standard output at once; what the terminal cannot show is replaced."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write((text + end).encode(encoding, "replace").decode(encoding))
    sys.stdout.flush()


def give_up() -> None:
    """Points standard output at nothing: whoever read it has gone, and Python flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(text: str) -> None:
    """Writes one line to standard error, in words for a shell."""
    sys.stderr.write(f"facet: {for_a_shell(text)}\n")
    sys.stderr.flush()


def say_object(values: Mapping[str, Any]) -> None:
    """Writes one JSON object as a line."""
    say(json.dumps(values, ensure_ascii=False, default=str))
