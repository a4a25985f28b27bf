"""The files that go along with a message: a small picture or an icon, the name, and a way out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QImageReader,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.core.conversations.attachment import Attachment
from app.core.models.picture_limits import SIDE, is_packed, sent_size
from app.services.files.file_warnings import duration_text
from app.ui.theme import Theme
from app.ui.widgets.flow_layout import Flow
from app.ui.widgets.icon_button import IconButton
from app.ui.widgets.plain_text import as_plain

_SIDE = 36
_HEIGHT = 44
_LONGEST = 150
_LARGEST_PICTURE = 64_000_000
"""Pixels over which a picture is not decoded for a thumbnail."""


class FileTile(QWidget):
    """One file. `removed` carries its hash."""

    removed = Signal(str)

    def __init__(
        self,
        theme: Theme,
        attachment: Attachment,
        thumbnail: bytes,
        parent: QWidget | None = None,
        *,
        side: int = SIDE,
    ) -> None:
        super().__init__(parent)
        self.facts = facts_of(attachment, side)
        self.attachment = attachment
        self._theme = theme
        self._picture = _thumbnail(thumbnail) if attachment.is_image else QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(attachment.name)
        self.setAccessibleDescription(self.facts)
        self.setToolTip(as_plain(f"{attachment.name}\n{attachment.media_type}, {self.facts}"))
        self.button = IconButton(theme, "x", f"Remove {attachment.name}", size=13, side=22)
        self.button.clicked.connect(self._on_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 6, 0)
        layout.addStretch(1)
        layout.addWidget(self.button)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self.font()).horizontalAdvance(self.attachment.name)
        below = QFontMetrics(self._theme.font(11)).horizontalAdvance(self.facts) + 2
        room = max(60, min(width, self._theme.px(_LONGEST)), below)
        return QSize(self._side + 18 + room + 30, max(_HEIGHT, self._theme.px(_HEIGHT)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @property
    def _side(self) -> int:
        return max(_SIDE, self._theme.px(_SIDE))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._theme.colour
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setPen(QPen(colours("line"), 1))
            painter.setBrush(colours("panel"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
            side = self._side
            square = QRectF(4, (self.height() - side) / 2, side, side)
            if self._picture.isNull():
                name = "image" if self.attachment.is_image else "file-text"
                wide = self._theme.px(18)
                icon = self._theme.pixmap(name, size=wide)
                painter.drawPixmap(4 + (side - wide) // 2, (self.height() - wide) // 2, icon)
            else:
                path = QPainterPath()
                path.addRoundedRect(square, 6, 6)
                painter.setClipPath(path)
                painter.drawPixmap(square, self._picture, QRectF(self._picture.rect()))
                painter.setClipping(False)
            metrics = QFontMetrics(self.font())
            room = self.width() - side - 12 - 30
            name = metrics.elidedText(self.attachment.name, Qt.TextElideMode.ElideMiddle, room)
            left = side + 12
            painter.setPen(colours("text"))
            half = self.height() / 2 - 4
            painter.drawText(QRectF(left, 4, room, half), Qt.AlignmentFlag.AlignVCenter, name)
            painter.setPen(colours("muted"))
            painter.setFont(self._theme.font(11))
            below = QRectF(left, 4 + half, room, half)
            painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, self.facts)

    def show_facts(self, side: int) -> None:
        """Says anew how it will be sent, with another cap on the size of pictures."""
        self.facts = facts_of(self.attachment, side)
        self.setAccessibleDescription(self.facts)
        self.updateGeometry()
        self.update()

    def _on_clicked(self) -> None:
        self.removed.emit(self.attachment.sha256)

    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font(12))
        self.updateGeometry()
        self.update()


class FileStrip(QWidget):
    """The tiles of all files, hidden while there are none. `changed` comes when one was removed."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._side = SIDE
        self.tiles: list[FileTile] = []
        self._row = QWidget(self)
        self._flow = Flow(self._row, gap=8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 6)
        layout.addWidget(self._row)
        self.hide()

    def attachments(self) -> list[Attachment]:
        """The files in their order."""
        return [tile.attachment for tile in self.tiles]

    def add(self, attachment: Attachment, thumbnail: bytes) -> Attachment | None:
        """Adds a file; the same bytes a second time change nothing: gives the file they are."""
        for known in self.attachments():
            if known.sha256 == attachment.sha256:
                return known
        tile = FileTile(self._theme, attachment, thumbnail, self._row, side=self._side)
        tile.removed.connect(self._on_removed)
        self._flow.addWidget(tile)
        tile.show()
        self.tiles.append(tile)
        self.show()
        self.updateGeometry()
        return None

    def set_attachments(self, attachments: Sequence[Attachment]) -> None:
        """Shows these files, without pictures: they come with `add`."""
        if self.attachments() == list(attachments):
            return
        for tile in self.tiles:
            self._drop(tile)
        self.tiles = []
        for attachment in attachments:
            self.add(attachment, b"")
        self.setVisible(bool(self.tiles))

    def set_side(self, side: int) -> None:
        """How many pixels a picture may have when it is sent, 0 for any."""
        self._side = side
        for tile in self.tiles:
            tile.show_facts(side)

    def _drop(self, tile: FileTile) -> None:
        self._flow.removeWidget(tile)
        tile.hide()
        tile.deleteLater()

    def _on_removed(self, sha256: str) -> None:
        for tile in list(self.tiles):
            if tile.attachment.sha256 == sha256:
                self.tiles.remove(tile)
                self._drop(tile)
        self.setVisible(bool(self.tiles))
        self.changed.emit()


def facts_of(attachment: Attachment, side: int = SIDE) -> str:
    """How large a file is and what is worth knowing: `2.4 MB · will be sent at 2048 × 1365`."""
    facts = [size_text(attachment.size)]
    size = sent_size(attachment, side)
    if size is not None:
        facts.append(f"will be sent at {size[0]} × {size[1]}")
    elif is_packed(attachment, side):
        facts.append("will be sent packed smaller")
    if attachment.seconds is not None:
        facts.append(duration_text(attachment.seconds))
    if attachment.pages is not None:
        facts.append(f"{attachment.pages} page{'s' if attachment.pages != 1 else ''}")
    return " · ".join(facts)


def size_text(size: int) -> str:
    """A size in bytes for people: `312 bytes`, `48 kB`, `2.4 MB`."""
    if size < 1000:
        return f"{size} bytes"
    return f"{size / 1000:.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


def _thumbnail(data: bytes) -> QPixmap:
    """The middle square of a picture, small; empty when it cannot be read or is too large."""
    content = QByteArray(data)
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > _LARGEST_PICTURE:
        return QPixmap()
    side = 2 * _SIDE
    reader.setScaledSize(size.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    image = reader.read()
    if image.isNull():
        return QPixmap()
    x, y = (image.width() - side) // 2, (image.height() - side) // 2
    return QPixmap.fromImage(image.copy(x, y, side, side))
