"""The files that went with a question, inside its bubble."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from app.core.attachment import Attachment
from app.core.conversation import Message
from app.ui.transcript.pieces import Canvas, Region
from app.ui.transcript.style import Style

LINE = 24
ICON = 22


class SentFiles:
    """One line a file: an icon and its name."""

    def __init__(self, attachments: Sequence[Attachment]) -> None:
        self._attachments = attachments
        self._width = 0
        self.height = 0
        self.natural_width = 0

    def layout(self, width: int, style: Style) -> None:
        """Settles it for a width."""
        self._width = width
        self.height = style.px(LINE) * len(self._attachments)
        metrics = QFontMetricsF(style.small_font)
        names = (metrics.horizontalAdvance(file.name) for file in self._attachments)
        self.natural_width = int(max(names)) + style.px(ICON + 2)

    def paint(self, canvas: Canvas, x: int, y: int) -> None:
        """Draws the lines."""
        style, painter = canvas.style, canvas.painter
        for attachment in self._attachments:
            icon = "image" if attachment.is_image else "file-text"
            pixmap = style.theme.pixmap(icon, "muted", style.px(15))
            painter.drawPixmap(x, y + style.px(1), pixmap)
            painter.setFont(style.small_font)
            painter.setPen(style.colour("muted"))
            room = self._width - style.px(ICON)
            name = QFontMetricsF(style.small_font).elidedText(
                attachment.name, Qt.TextElideMode.ElideMiddle, room
            )
            place = QRectF(x + style.px(ICON), y - style.px(2), room, style.px(21))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, name)
            y += style.px(LINE)

    def regions(self, _style: Style) -> list[Region]:
        """Nothing can be clicked."""
        return []


def sent_files(message: Message) -> SentFiles | None:
    """The strip of a message with files."""
    return SentFiles(message.attachments) if message.attachments else None
