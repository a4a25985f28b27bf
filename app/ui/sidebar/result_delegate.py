"""How a search result is painted: the title, and below it the words that were found."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.sidebar.conversation_delegate import EDGE, INSET, one_line, paint_ground
from app.ui.sidebar.result_list_model import Result, ResultRole
from app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex


class ResultDelegate(QStyledItemDelegate):
    """Paints a result in two lines; a conversation found by its title takes one."""

    def __init__(self, theme: Theme, parent: QAbstractItemView) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        result: Result | None = index.data(ResultRole.RESULT)
        return QSize(120, self._theme.px(56 if result is not None and result.snippet else 36))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        result: Result = index.data(ResultRole.RESULT)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = option.rect.adjusted(EDGE, 0, -EDGE, -1)
        paint_ground(painter, self._theme, option, ground)
        line = ground.adjusted(INSET, 0, -INSET, 0)
        if result.snippet:
            line.setHeight(self._theme.px(32))
        font = self._theme.font(13, QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(self._theme.colour("text"))
        title = QFontMetrics(font).elidedText(
            one_line(result.title), Qt.TextElideMode.ElideRight, line.width()
        )
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)
        if result.snippet:
            place = ground.adjusted(INSET, self._theme.px(29), -INSET, -2)
            paint_snippet(painter, self._theme, place, result)
        painter.restore()


def paint_snippet(painter: QPainter, theme: Theme, place: QRect, result: Result) -> None:
    """The words around a find in one line, with the find marked and in view."""
    text, marks = _from_first_mark(result)
    layout = QTextLayout(text, theme.font(12))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    formats = []
    for start, end in marks:
        style = QTextCharFormat()
        style.setBackground(theme.colour("selection"))
        style.setForeground(theme.colour("text"))
        part = QTextLayout.FormatRange()
        part.start = _utf16(text, start)
        part.length = _utf16(text, end) - part.start
        part.format = style
        formats.append(part)
    layout.setFormats(formats)
    layout.beginLayout()
    layout.createLine().setLineWidth(10_000)
    layout.endLayout()
    painter.setPen(theme.colour("muted"))
    painter.setClipRect(place)
    layout.draw(painter, QPointF(place.left(), place.top()))


def _from_first_mark(result: Result) -> tuple[str, list[tuple[int, int]]]:
    """The snippet as one line that begins shortly before its first mark, with the marks moved
    along."""
    text = "".join(one_line(letter) or " " for letter in result.snippet)
    first = min((start for start, _ in result.marks), default=0)
    cut = 0 if first <= 24 else text.rfind(" ", 0, first - 12) + 1
    if cut == 0:
        return text, list(result.marks)
    shift = cut - 1
    return "…" + text[cut:], [(start - shift, end - shift) for start, end in result.marks]


def _utf16(text: str, place: int) -> int:
    """A character's place as Qt counts it."""
    return len(text[:place].encode("utf-16-le", "surrogatepass")) // 2
