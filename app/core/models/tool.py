"""Tools: functions the user describes so that a model may ask for them. Facet runs no program."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.core.errors import SettingError

TOOLS = "tools"
"""The parameter that holds the names of the tools that are on in a conversation."""

DECLINED = "The user declined."
"""What a model is told when a call is not answered."""

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Tool:
    """A function a model may ask for: `schema` is the JSON schema of its arguments."""

    name: str
    description: str
    schema: Mapping[str, Any]


def checked_name(text: str) -> str:
    """A tool's name without the space around it. Raises SettingError where providers refuse it."""
    name = text.strip()
    if not name:
        raise SettingError("A tool needs a name.", "For example get_weather.")
    if len(name) > 64:
        raise SettingError("The name is longer than 64 characters.", "Choose a shorter one.")
    if not _NAME.fullmatch(name):
        near = near_name(name)
        raise SettingError(
            "The name may hold letters without accents, digits, _ and - only.",
            f"For example {near or 'get_weather'}.",
        )
    return name


def near_name(text: str) -> str:
    """The nearest name that providers take: `my_weather` for "My weather!"; "" for none."""
    plain = unicodedata.normalize("NFKD", text.strip())
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^A-Za-z0-9_-]+", "_", kept).strip("_")[:64]


def pretty_arguments(arguments: str) -> tuple[str, str]:
    """The arguments of a call to be read by people, and what is wrong with them ("" if nothing).

    Broken ones come back as they are; none at all is an empty text.
    """
    if not arguments.strip():
        return "", ""
    try:
        found = json.loads(arguments)
        if not isinstance(found, dict):
            return arguments, "These arguments are not a JSON object; this is what came."
        text = json.dumps(found, indent=2, ensure_ascii=False) if found else ""
    except (ValueError, RecursionError):
        return arguments, "These arguments are not valid JSON; this is what came."
    return text, ""
