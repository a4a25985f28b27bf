"""How a row of the picker is drawn."""

from __future__ import annotations

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.picker.route_list_model import RouteRole
from app.ui.picker.route_text import details_text
from app.ui.picker.rows import Row, RowKind
from app.ui.theme import Theme

_HEIGHT = 38
_STAR = 34
_EDGE = 10
_CHECK = 22
_INDENT = 14


class RouteDelegate(QStyledItemDelegate):
    """Name, provider and facts of a route in one line; a check marks the current, a star pins."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(200, self._theme.px(_HEIGHT))

    def star_rect(self, row_rect: QRect) -> QRect:
        """Where the star of a row is pressed."""
        star = self._theme.px(_STAR)
        return QRect(row_rect.right() - star, row_rect.top(), star, row_rect.height())

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row = index.data(RouteRole.ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        state = option.state
        if row.kind is RowKind.SECTION:
            self._paint_section(painter, rect, row)
        elif row.kind is RowKind.GROUP:
            self._paint_group(painter, rect, row)
        else:
            is_selected = bool(state & QStyle.StateFlag.State_Selected)
            is_hovered = bool(state & QStyle.StateFlag.State_MouseOver)
            if is_selected or is_hovered:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.colour("accent_quiet" if is_selected else "hover"))
                painter.drawRoundedRect(QRectF(rect).adjusted(4, 1, -4, -1), 8, 8)
            self._paint_choice(painter, rect, row, shows_star=is_selected or is_hovered)
        painter.restore()

    def _paint_section(self, painter: QPainter, rect: QRect, row: Row) -> None:
        painter.setFont(self._theme.font(12, QFont.Weight.DemiBold))
        painter.setPen(self._theme.colour("muted"))
        place = rect.adjusted(_EDGE + 4, 8, -_EDGE, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, row.title)

    def _paint_group(self, painter: QPainter, rect: QRect, row: Row) -> None:
        left = rect.left() + _EDGE + self._theme.px(_CHECK)
        room = QRect(left, rect.top(), rect.right() - _EDGE - left, rect.height())
        used = self._words(painter, room, row.title, "text", 14, QFont.Weight.DemiBold)
        self._words(painter, room.adjusted(used + 8, 0, 0, 0), row.provider, "muted", 12)

    def _paint_choice(self, painter: QPainter, rect: QRect, row: Row, *, shows_star: bool) -> None:
        left = rect.left() + _EDGE
        if row.is_current:
            side = self._theme.px(15)
            check = self._theme.pixmap("check", "accent", side)
            painter.drawPixmap(left, rect.center().y() - side // 2, check)
        left += self._theme.px(_CHECK) + (_INDENT if row.is_indented else 0)
        right = rect.right() - _EDGE
        if row.kind is RowKind.ROUTE:
            right = rect.right() - self._theme.px(_STAR) - 2
            if row.is_pinned or shows_star:
                self._paint_star(painter, self.star_rect(rect), is_full=row.is_pinned)
        facts = details_text(row.model) if row.model is not None else "▸"
        if not row.has_key:
            right -= self._right(painter, rect, right, "connect", "accent", 13) + 10
        right -= self._right(painter, rect, right, facts, "muted", 12) + 12
        room = QRect(left, rect.top(), max(0, right - left), rect.height())
        if row.is_indented:
            self._words(painter, room, row.provider, "text", 14)
            return
        used = self._words(painter, room, row.title, "text", 14)
        if row.kind is RowKind.ROUTE:
            self._words(painter, room.adjusted(used + 8, 0, 0, 0), row.provider, "muted", 12)

    def _paint_star(self, painter: QPainter, place: QRect, *, is_full: bool) -> None:
        side = self._theme.px(15)
        corner = place.center() - QPoint(side // 2 + 2, side // 2)
        if is_full:
            room = QRect(corner, QSize(side, side)).adjusted(-2, -3, 2, 2)
            painter.setFont(self._theme.font(16))
            painter.setPen(self._theme.colour("accent"))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, "★")
        else:
            painter.drawPixmap(corner, self._theme.pixmap("star", "muted", side))

    def _right(
        self, painter: QPainter, rect: QRect, right: int, text: str, colour: str, size: int
    ) -> int:
        font = self._theme.font(size)
        painter.setFont(font)
        painter.setPen(self._theme.colour(colour))
        width = QFontMetrics(font).horizontalAdvance(text)
        place = QRect(right - width, rect.top(), width + 1, rect.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
        return width

    def _words(
        self,
        painter: QPainter,
        room: QRect,
        text: str,
        colour: str,
        size: int,
        weight: QFont.Weight = QFont.Weight.Normal,
    ) -> int:
        """Draws as much of a text as there is room for; its width in px."""
        font = self._theme.font(size, weight)
        metrics = QFontMetrics(font)
        if room.width() < 12:
            return 0
        painter.setFont(font)
        painter.setPen(self._theme.colour(colour))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        return metrics.horizontalAdvance(shown)
