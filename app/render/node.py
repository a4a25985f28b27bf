"""What the tree of an answer is made of, and the one way to walk it: `children` visits what is
inside, `mapped` rebuilds it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from operator import is_
from typing import Any, ClassVar, Self, TypeVar

from app.render.output.spoken_line import Line

Lines = tuple[int, int]
"""Where something stands in the source it was read from: the first line and the one behind."""


@dataclass(frozen=True, slots=True)
class Node:
    """What has a place in its source; equal nodes may stand at different places.

    `holds` names the field with the nodes inside; a kind without one is a leaf.
    """

    holds: ClassVar[str] = ""
    lines: Lines = field(default=(0, 0), compare=False, repr=False, kw_only=True)

    def holding(self, inner: Sequence[Node | None]) -> Self:
        """The same with other nodes inside; None stands where one was dropped."""
        left: dict[str, Any] = {self.holds: tuple(node for node in inner if node is not None)}
        return replace(self, **left)

    def cleaned(self) -> Self:
        """The same without what deceives in it, as it may leave the program; what is inside is
        cleaned by itself."""
        return self

    def passages(self) -> tuple[str, ...]:
        """The texts it shows itself, paragraph by paragraph and cell by cell, for a search."""
        return ()


@dataclass(frozen=True, slots=True)
class Block(Node):
    """One kind of block; each says how it is written for others.

    `joins_next`: two of its kind, one behind the other, would be read as one unless they are
    written with other signs.
    """

    joins_next: ClassVar[bool] = False

    def as_text(self) -> str:
        """As a person reads it, without marks."""
        raise NotImplementedError

    def as_markdown(self, bullet: str = "-") -> str:
        """As Markdown that is read as the same block; `bullet` is the sign for a list."""
        raise NotImplementedError

    def as_html(self) -> str:
        """As an element of our own making, every foreign character escaped."""
        raise NotImplementedError

    def as_lines(self, depth: int = 0, lead: str = "") -> list[Line]:
        """As lines for reading aloud; `depth` counts the lists around it, `lead` stands before."""
        raise NotImplementedError


N = TypeVar("N", bound=Node)


def children(node: Node) -> tuple[Any, ...]:
    """The nodes right inside a node."""
    return getattr(node, node.holds) if node.holds else ()


def mapped(node: N, change: Callable[[Any], Node | None]) -> N:
    """A node with what `change` makes of each node right inside it (None drops one); the node
    itself when all of them stay."""
    before = children(node)
    after = [change(child) for child in before]
    return node if all(map(is_, after, before)) else node.holding(after)
