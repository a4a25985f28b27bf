"""The foot of what tools answered: nothing but a little room."""

from __future__ import annotations

from app.core.conversations.conversation import Message, Role
from app.ui.transcript.blocks.block_item import Canvas, HitRegion
from app.ui.transcript.painting.style import Style
from app.ui.transcript.sections.footer import Foot

ROOM = 6


class BareFoot(Foot):
    """Says nothing and offers nothing: a result has neither origin nor buttons of its own."""

    def layout(self, width: int, style: Style) -> None:
        """Settles the height."""
        self.height = style.px(ROOM)

    def paint(self, canvas: Canvas, x: int, y: int, *, is_active: bool) -> None:
        """Draws nothing."""

    def regions(self, style: Style) -> list[HitRegion]:
        """Nothing can be clicked."""
        return []


def foot_of(message: Message, place: tuple[int, int]) -> Foot:
    """The foot that fits a message."""
    made = BareFoot if message.role is Role.TOOL else Foot
    return made(message, place)
