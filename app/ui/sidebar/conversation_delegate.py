"""How a row of the conversation list is painted and renamed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui.sidebar.conversation_list_model import SidebarRole
from app.ui.theme import Theme

ROW = 36
"""Height of a row, px before the text zoom."""
EDGE = 8
"""Between the list's edge and a row's ground."""
INSET = 10
"""Between a row's ground and its text."""

Index = QModelIndex | QPersistentModelIndex
Flag = QStyle.StateFlag


class ConversationDelegate(QStyledItemDelegate):
    """Paints headings and conversations; edits a title in place."""

    def __init__(self, theme: Theme, parent: QAbstractItemView) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, self._theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        heading = index.data(SidebarRole.HEADING)
        if heading:
            self._paint_heading(painter, option.rect, str(heading))
        else:
            self._paint_row(painter, option, index)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAccessibleName("Title of the conversation")
        editor.setFont(self._theme.font())
        editor.setMaxLength(200)
        editor.setStyleSheet("QLineEdit { padding: 0 6px; }")
        return editor

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        editor.setGeometry(option.rect.adjusted(EDGE + 2, 2, -EDGE, -2))

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        if event.type() is QEvent.Type.ToolTip and index.data(SidebarRole.HEADING):
            return True
        return super().helpEvent(event, view, option, index)

    def _paint_heading(self, painter: QPainter, rect: QRect, text: str) -> None:
        painter.setFont(self._theme.font(11, QFont.Weight.DemiBold))
        painter.setPen(self._theme.colour("muted"))
        place = rect.adjusted(EDGE + INSET - 2, self._theme.px(5), -EDGE, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme
        ground = option.rect.adjusted(EDGE, 0, -EDGE, -1)
        is_selected = bool(option.state & Flag.State_Selected)
        paint_ground(painter, theme, option, ground, is_asked=bool(index.data(SidebarRole.ASKED)))
        line = ground.adjusted(INSET, 0, -INSET, 0)
        line = self._paint_mark(painter, line, str(index.data(SidebarRole.MARK) or ""))
        weight = QFont.Weight.DemiBold if is_selected else QFont.Weight.Normal
        font = theme.font(14, weight)
        words, time = one_line(str(index.data())), str(index.data(SidebarRole.TIME) or "")
        if QFontMetrics(font).horizontalAdvance(words) <= line.width() - self._time_width(time):
            line = self._paint_time(painter, line, time)
        painter.setFont(font)
        painter.setPen(theme.colour("accent" if is_selected else "text"))
        title = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)

    def _paint_mark(self, painter: QPainter, line: QRect, mark: str) -> QRect:
        if not mark:
            return line
        size = self._theme.px(7)
        dot = QRect(line.left(), line.center().y() - size // 2, size, size)
        colour = self._theme.colour("warn" if mark == "cut_off" else "accent")
        if mark == "running":
            painter.setPen(QPen(colour, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
        painter.drawEllipse(dot)
        return line.adjusted(size + 8, 0, 0, 0)

    def _paint_time(self, painter: QPainter, line: QRect, text: str) -> QRect:
        if not text:
            return line
        font = self._theme.font(11)
        painter.setFont(font)
        painter.setPen(self._theme.colour("muted"))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        return line.adjusted(0, 0, -self._time_width(text), 0)

    def _time_width(self, text: str) -> int:
        """What the time takes, with the gap before it; a title that needs the room keeps it."""
        return QFontMetrics(self._theme.font(11)).horizontalAdvance(text) + 12 if text else 0


def paint_ground(
    painter: QPainter,
    theme: Theme,
    option: QStyleOptionViewItem,
    ground: QRect,
    *,
    is_asked: bool = False,
) -> None:
    """The rounded ground of a row: chosen, under the mouse, with the keyboard's focus or with its
    menu open."""
    is_selected = bool(option.state & Flag.State_Selected)
    colour: QColor | None = None
    if is_selected:
        colour = theme.colour("accent_quiet")
    elif option.state & Flag.State_MouseOver or is_asked:
        colour = theme.colour("hover")
    painter.setPen(Qt.PenStyle.NoPen)
    if colour is not None:
        painter.setBrush(colour)
        painter.drawRoundedRect(ground, 8, 8)
    is_walked = not is_selected or bool(option.state & Flag.State_KeyboardFocusChange)
    if is_asked or (option.state & Flag.State_HasFocus and is_walked):
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("accent"), 1.5))
        painter.drawRoundedRect(ground.adjusted(1, 1, -1, -1), 8, 8)


def one_line(text: str) -> str:
    """Foreign text as one line that cannot turn the reading direction of what stands beside it."""
    kept = "".join(
        " " if letter < " " or letter in "\x7f\u2028\u2029" else letter for letter in text
    )
    return "".join(letter for letter in kept if letter not in _TURNS)


def isolated(text: str) -> str:
    """Foreign text for the middle of a sentence: its own reading direction stays its own."""
    return f"\u2068{one_line(text)}\u2069"


_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
