"""Declarations that are found by their folder: a file put there is taken up, none is listed."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pkgutil import iter_modules
from types import ModuleType


def modules_in(folder: ModuleType) -> Iterator[ModuleType]:
    """Every module of a package, by name."""
    for name in sorted(found.name for found in iter_modules(folder.__path__)):
        yield importlib.import_module(f"{folder.__name__}.{name}")
