"""What stands above and below the text of a message: files, tool calls, sources, remarks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from app.core.conversations.conversation import Message
from app.ui.transcript.blocks.block_item import Canvas, HitRegion
from app.ui.transcript.painting.style import Style
from app.ui.transcript.sections.attachments import made_pictures, sent_files
from app.ui.transcript.sections.citations import cited
from app.ui.transcript.sections.shape_note import shape_note
from app.ui.transcript.sections.tool_calls import tool_calls, tool_results


class Section(Protocol):
    """Something above or below the text. `height` and `natural_width` are px, true after
    `layout`."""

    height: int
    natural_width: int

    def layout(self, width: int, style: Style) -> None:
        """Settles it for a width."""
        ...

    def paint(self, canvas: Canvas, x: int, y: int) -> None:
        """Draws it with its top left corner at a place of the viewport."""
        ...

    def regions(self, style: Style) -> list[HitRegion]:
        """What can be clicked, in its own coordinates."""
        ...


Maker = Callable[[Message], Section | None]
"""Makes a message's section of one kind, or None when it has nothing of that kind."""


ABOVE: tuple[Maker, ...] = (sent_files,)
"""Above the text; inside the bubble of a question."""

BELOW: tuple[Maker, ...] = (made_pictures, tool_calls, tool_results, cited, shape_note)
"""Between the text and the foot."""


class Stack:
    """The sections of a message above each other, made anew when the message changes."""

    def __init__(self, makers: Sequence[Maker]) -> None:
        self._makers = makers
        self._message: Message | None = None
        self.sections: list[Section] = []

    def set_message(self, message: Message) -> None:
        """Makes the sections of a message, unless they are those of this very message."""
        if message is self._message:
            return
        self._message = message
        made = (make(message) for make in self._makers)
        self.sections = [section for section in made if section is not None]

    @property
    def height(self) -> int:
        """All together, px."""
        return sum(section.height for section in self.sections)

    @property
    def natural_width(self) -> int:
        """The widest, px."""
        return max((section.natural_width for section in self.sections), default=0)

    def layout(self, width: int, style: Style) -> None:
        """Settles all for a width."""
        for section in self.sections:
            section.layout(width, style)

    def paint(self, canvas: Canvas, x: int, y: int) -> None:
        """Draws those that are in view."""
        for section in self.sections:
            if y < canvas.bottom and y + section.height > canvas.top:
                section.paint(canvas, x, y)
            y += section.height

    def regions(self, style: Style) -> list[HitRegion]:
        """What can be clicked in any of them."""
        found: list[HitRegion] = []
        y = 0
        for section in self.sections:
            found += [region.moved(0, y) for region in section.regions(style)]
            y += section.height
        return found


NOTHING = Stack(())
"""Stands for the sections of a message that was not laid out yet; never filled."""
