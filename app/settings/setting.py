"""What a setting is: a key, a kind that accepts values or not, a default, words for its form."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from app.core.errors import SettingError

Value = Any
"""What JSON can hold."""


class Kind(Protocol):
    """The shape of a setting's value."""

    def check(self, value: Value) -> Value:
        """The value as it is stored; raises SettingError saying what is accepted."""
        ...


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words; `titles` are what the form shows for them."""

    options: tuple[str, ...]
    titles: tuple[str, ...] = ()

    def check(self, value: Value) -> str:
        """One of the options."""
        if isinstance(value, str) and value in self.options:
            return value
        raise SettingError(f"Not one of {', '.join(self.options)}.")


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no."""

    def check(self, value: Value) -> bool:
        """True or False."""
        if isinstance(value, bool):
            return value
        raise SettingError("Neither yes nor no.")


@dataclass(frozen=True, slots=True)
class Number:
    """A number between two bounds, both included; `step` is for the form."""

    minimum: float
    maximum: float
    step: float = 1

    def check(self, value: Value) -> float:
        """A finite number inside the bounds."""
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if is_number and math.isfinite(value) and self.minimum <= value <= self.maximum:
            return value  # type: ignore[no-any-return]
        raise SettingError(f"Not a number from {self.minimum:g} to {self.maximum:g}.")


@dataclass(frozen=True, slots=True)
class Text:
    """Any text up to a length."""

    max_length: int = 10_000

    def check(self, value: Value) -> str:
        """A text that is not too long."""
        if isinstance(value, str) and len(value) <= self.max_length:
            return value
        raise SettingError(f"Not a text of at most {self.max_length} letters.")


@dataclass(frozen=True, slots=True)
class Texts:
    """A list of texts without repeats."""

    max_items: int = 1000

    def check(self, value: Value) -> list[str]:
        """A list of texts; repeats are dropped."""
        if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
            return list(dict.fromkeys(value))[: self.max_items]
        raise SettingError("Not a list of texts.")


@dataclass(frozen=True, slots=True)
class Records:
    """A list of objects that each have the named fields; further fields are kept."""

    fields: Mapping[str, type]

    def check(self, value: Value) -> list[dict[str, Value]]:
        """A list of objects with at least these fields."""
        if isinstance(value, list | tuple) and all(self._fits(item) for item in value):
            return [dict(item) for item in value]
        raise SettingError(f"Not a list of objects with {', '.join(self.fields)}.")

    def _fits(self, item: Value) -> bool:
        return isinstance(item, Mapping) and all(
            isinstance(item.get(name), kind) for name, kind in self.fields.items()
        )


@dataclass(frozen=True, slots=True)
class Table:
    """Values by name; what a value may be is the business of its user."""

    def check(self, value: Value) -> dict[str, Value]:
        """An object with text names."""
        if isinstance(value, Mapping) and all(isinstance(name, str) for name in value):
            return dict(value)
        raise SettingError("Not a table of values by name.")


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `section` is its page in the settings window; without one it has no row.

    `renamed_from` are keys of earlier versions, read when the key itself is not in the file.
    `words` are other words people look for it by.
    """

    key: str
    kind: Kind
    default: Value
    section: str = ""
    title: str = ""
    help: str = ""
    renamed_from: tuple[str, ...] = field(default=())
    words: str = ""

    @property
    def is_shown(self) -> bool:
        """Whether the settings window has a row for it."""
        return bool(self.section)

    @property
    def searched(self) -> str:
        """Everything it is found by: its title, help and synonyms, and the words of its choices."""
        choices = self.kind.titles if isinstance(self.kind, Choice) else ()
        return " ".join((self.title, self.help, self.words, *choices))
