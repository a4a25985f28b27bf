"""The program's own text, read once for all rules."""

import ast
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Module:
    """One file of app/: `name` is its path below the checkout, `room` the folder of app/ or ""."""

    name: str
    room: str
    text: str = field(repr=False)
    tree: ast.Module = field(repr=False)


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def modules() -> list[Module]:
    found = []
    for path in sorted((ROOT / "app").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        text = path.read_text(encoding="utf-8")
        room = name.split("/")[1] if name.count("/") > 1 else ""
        found.append(Module(name, room, text, ast.parse(text, name)))
    return found
