"""The files of a message: pictures small and others by name in a question, larger in an answer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import Message, Role
from app.ui.transcript.blocks.block_item import Canvas, HitRegion
from app.ui.transcript.painting.lines import draw_box, draw_picture
from app.ui.transcript.painting.style import Style
from app.ui.transcript.sections.wrapped_text import mark_line

LINE = 24
ICON = 22
TALL = 132
"""Height of a small picture, px; wide ones are lower."""
WIDE = 220
MADE_TALL = 360
"""Height of a picture that the model made, px."""
MADE_WIDE = 560
GAP = 8
RADIUS = 8


class SentFiles:
    """Rows of small pictures, then one line a file. Heights are known before anything is read."""

    def __init__(
        self,
        attachments: Sequence[Attachment],
        *,
        wide: int = WIDE,
        tall: int = TALL,
        above: int = 0,
    ) -> None:
        self._above = above
        self._most = wide, tall
        self._pictures = [file for file in attachments if file.is_image and file.width]
        self._others = [file for file in attachments if file not in self._pictures]
        self.texts = [file.name for file in self._others]
        """The names that are drawn."""
        self._places: list[tuple[Attachment, QRectF]] = []
        self._width = self._line = 0
        self._lines_top = 0
        self.height = 0
        self.natural_width = 0

    def layout(self, width: int, style: Style) -> None:
        """Settles it for a width."""
        self._width = width
        self._places = []
        left, top, row = 0.0, float(style.px(self._above)), 0.0
        for file in self._pictures:
            wide, tall = self._most
            across, tall = shown_size(file, style, wide, tall, width)
            if left and left + across > width:
                left, top, row = 0.0, top + row + GAP, 0.0
            self._places.append((file, QRectF(left, top, across, tall)))
            left, row = left + across + GAP, max(row, tall)
        self._lines_top = int(top + row + GAP) if self._pictures else 0
        self._line = style.px(LINE)
        self.height = self._lines_top + self._line * len(self._others)
        metrics = QFontMetricsF(style.small_font)
        names = [metrics.horizontalAdvance(file.name) + style.px(ICON + 2) for file in self._others]
        self.natural_width = int(max([*names, *(place.right() for _, place in self._places)]))

    def paint(self, canvas: Canvas, x: int, y: int) -> None:
        """Draws pictures and lines."""
        for file, place in self._places:
            _paint_picture(canvas, file, place.translated(x, y))
        style, painter = canvas.style, canvas.painter
        top = y + self._lines_top
        for number, attachment in enumerate(self._others):
            icon = "image" if attachment.is_image else "file-text"
            painter.drawPixmap(
                x, top + style.px(1), style.theme.pixmap(icon, "muted", style.px(15))
            )
            room = self._width - style.px(ICON)
            name = QFontMetricsF(style.small_font).elidedText(
                attachment.name, Qt.TextElideMode.ElideMiddle, room
            )
            place = QRectF(x + style.px(ICON), top - style.px(2), room, style.px(21))
            mark_line(canvas, self, number, place, name, style.small_font)
            painter.setFont(style.small_font)
            painter.setPen(style.colour("muted"))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, name)
            top += self._line

    def text_top(self, number: int, _at: int) -> int:
        """How far below its top the name of a file stands, px."""
        return self._lines_top + number * self._line

    def regions(self, style: Style) -> list[HitRegion]:
        """A picture opens large, another file as text."""
        pictures = [
            HitRegion(
                place,
                "message.open_picture",
                file.sha256,
                f"Show {file.name} large",
                is_action=True,
            )
            for file, place in self._places
        ]
        metrics = QFontMetricsF(style.small_font)
        lines = []
        for number, file in enumerate(self._others):
            wide = style.px(ICON + 2) + metrics.horizontalAdvance(file.name)
            top = self._lines_top + number * self._line
            place = QRectF(0, top, min(wide, self._width), self._line)
            command = "message.open_picture" if file.is_image else "message.open_file"
            lines.append(HitRegion(place, command, file.sha256, f"Open {file.name}", True))
        return pictures + lines


def shown_size(
    file: Attachment, style: Style, wide: int = WIDE, tall: int = TALL, room: int | None = None
) -> tuple[int, int]:
    """Width and height of a small picture, px: inside `wide` × `tall`, no larger than it is, and
    no wider than the column has `room`."""
    width, height = max(1, file.width or 1), max(1, file.height or 1)
    most = style.px(wide) if room is None else min(style.px(wide), max(24, room))
    scale = min(most / width, style.px(tall) / height, 1.0)
    return max(24, round(width * scale)), max(24, round(height * scale))


def _paint_picture(canvas: Canvas, file: Attachment, place: QRectF) -> None:
    style, painter = canvas.style, canvas.painter
    draw_box(painter, place, RADIUS, ground=style.colour("hover"))
    pixmap = style.pictures.pixmap(file.sha256, int(place.width()), int(place.height()))
    if pixmap is None or pixmap.isNull():
        icon = style.theme.pixmap("image", "muted", style.px(18))
        painter.drawPixmap(place.center() - QPointF(style.px(9), style.px(9)), icon)
    else:
        draw_picture(painter, place, RADIUS, pixmap)


def sent_files(message: Message) -> SentFiles | None:
    """The section of a question with files."""
    is_question = message.role is Role.USER
    return SentFiles(message.attachments) if message.attachments and is_question else None


def made_pictures(message: Message) -> SentFiles | None:
    """The section of an answer with pictures."""
    if not message.attachments or message.role is Role.USER:
        return None
    return SentFiles(message.attachments, wide=MADE_WIDE, tall=MADE_TALL, above=GAP)
