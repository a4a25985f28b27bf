"""The palette: one box over the window that leads to any conversation, message or command."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.commands.registry import Registry
from app.core.conversations.conversation import ConversationSummary
from app.ui.palette.palette_list_model import Entry, PaletteListModel, PaletteRole, found, offers
from app.ui.palette.places import places
from app.ui.sidebar.conversation_delegate import one_line, paint_ground
from app.ui.sidebar.groups import day_text
from app.ui.sidebar.result_delegate import paint_snippet
from app.ui.sidebar.result_list_model import Result
from app.ui.theme import Theme
from app.ui.window.actions import key_text

Index = QModelIndex | QPersistentModelIndex
WIDTH = 620
ROWS = 10
ROW = 38
HIT_ROW = 56
SEARCH_DELAY = 150
KEYS = {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Up, Qt.Key.Key_Down}


class PaletteDelegate(QStyledItemDelegate):
    """Paints an offer: icon, title, where it belongs, and its key."""

    def __init__(self, theme: Theme, parent: QAbstractItemView) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        entry: Entry = index.data(PaletteRole.ENTRY)
        has_snippet = entry.result is not None and bool(entry.result.snippet)
        return QSize(200, self._theme.px(HIT_ROW if has_snippet else ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(PaletteRole.ENTRY)
        theme = self._theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = option.rect.adjusted(8, 0, -8, -1)
        paint_ground(painter, theme, option, ground)
        size = theme.px(16)
        icon = theme.pixmap(entry.icon, "muted", size)
        painter.drawPixmap(ground.left() + 10, ground.center().y() - size // 2, icon)
        line = ground.adjusted(size + 22, 0, -10, 0)
        if entry.result is not None and entry.result.snippet:
            self._paint_hit(painter, line, entry.result)
            painter.restore()
            return
        line = self._paint_right(painter, line, entry.key, entry.detail)
        font = theme.font(14)
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        title = QFontMetrics(font).elidedText(
            one_line(entry.title), Qt.TextElideMode.ElideRight, line.width()
        )
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)
        painter.restore()

    def _paint_hit(self, painter: QPainter, line: QRect, result: Result) -> None:
        """A find as the search of the list shows it: its conversation and day, then the words."""
        theme = self._theme
        head = QRect(line.left(), line.top(), line.width(), theme.px(32))
        head = self._paint_right(painter, head, "", day_text(result.moment))
        font = theme.font(13, QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        title = QFontMetrics(font).elidedText(
            one_line(result.title), Qt.TextElideMode.ElideRight, head.width()
        )
        painter.drawText(head, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)
        paint_snippet(painter, theme, line.adjusted(0, theme.px(29), 0, -2), result)

    def _paint_right(self, painter: QPainter, line: QRect, key: str, detail: str) -> QRect:
        theme = self._theme
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        for text, font in ((key, theme.font(11)), (detail, theme.font(12))):
            if not text:
                continue
            metrics = QFontMetrics(font)
            shown = metrics.elidedText(one_line(text), Qt.TextElideMode.ElideRight, theme.px(170))
            width = metrics.horizontalAdvance(shown)
            painter.setFont(font)
            painter.setPen(theme.colour("muted"))
            if text == key:
                box = QRect(0, 0, width + 12, metrics.height() + 5)
                box.moveCenter(line.center())
                box.moveRight(line.right())
                painter.setPen(QPen(theme.colour("line"), 1))
                painter.setBrush(theme.colour("list"))
                painter.drawRoundedRect(box, 5, 5)
                painter.setPen(theme.colour("muted"))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
                width += 12
            else:
                painter.drawText(line, right, shown)
            line = line.adjusted(0, 0, -width - 12, 0)
        return line


class PaletteField(QLineEdit):
    """The palette's text box; keeps the keys that steer it. `moved(step)`, `left()`."""

    moved = Signal(int)
    left = Signal()

    def event(self, event: QEvent) -> bool:
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in KEYS
            and not event.modifiers()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: ROWS,
            Qt.Key.Key_PageUp: -ROWS,
        }
        if event.key() in steps:
            self.moved.emit(steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Palette(QWidget):
    """Covers the window while it is open.

    `searched(query)` asks for messages, `opened(conversation id, message id or "", found word)` and
    `chosen(command id)` say what was chosen, `led(target)` which setting, dial or heading.
    """

    searched = Signal(str)
    opened = Signal(str, str, str)
    chosen = Signal(str)
    led = Signal(str)

    def __init__(self, theme: Theme, registry: Registry, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._registry = registry
        self._summaries: list[ConversationSummary] = []
        self._before: QWidget | None = None
        self.card = QFrame(self)
        self.card.setProperty("look", "popup")
        self.field = PaletteField()
        self.field.setPlaceholderText("Go to a conversation, a message, a setting or a command")
        self.field.setAccessibleName("Go to anything")
        self.field.setProperty("look", "bare")
        self.model = PaletteListModel()
        self.list = QListView()
        self.list.setProperty("look", "bare")
        self.list.setModel(self.model)
        self.list.setItemDelegate(PaletteDelegate(theme, self.list))
        self.list.setMouseTracking(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Offers")
        self.nothing = QLabel("Nothing found.")
        self.nothing.setProperty("look", "muted")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.nothing.setContentsMargins(0, 24, 0, 0)
        line = QFrame()
        line.setProperty("look", "line")
        line.setFixedHeight(1)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addWidget(self.field)
        column.addWidget(line)
        column.addSpacing(6)
        column.addWidget(self.nothing, 1)
        column.addWidget(self.list, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEARCH_DELAY)
        self._timer.timeout.connect(self._on_search_due)
        self.field.textChanged.connect(self._on_text_changed)
        self.field.moved.connect(self._on_moved)
        self.field.left.connect(self.close_palette)
        self.field.returnPressed.connect(self._on_return_pressed)
        self.list.clicked.connect(self._run)
        parent.installEventFilter(self)
        self.hide()

    def open_palette(self, summaries: list[ConversationSummary]) -> None:
        """Shows the palette over the window, empty, with the keyboard in it."""
        self._summaries = summaries
        self._before = self.window().focusWidget()
        self.field.clear()
        self._fill("")
        self.field.setFont(self._theme.font(15))
        self.field.setTextMargins(16, 0, 16, 0)
        self.field.setFixedHeight(self._theme.px(48))
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_palette(self) -> None:
        """Hides it and gives the keyboard back."""
        self._timer.stop()
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None

    def set_hits(self, query: str, results: list[Result]) -> None:
        """Adds the messages the database found, unless something else was typed meanwhile."""
        if self.isVisible() and query == self.field.text().strip():
            self._fill(query)
            self.model.add_entries(found(results))
            self._choose_first()
            self._show_nothing(is_nothing=not self.model.rowCount())

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.card.geometry().contains(event.position().toPoint()):
            self.close_palette()

    def paintEvent(self, event: QPaintEvent) -> None:
        shade = QColor(0, 0, 0, 110 if self._theme.is_dark else 46)
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), shade)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002
        return True

    def _place(self) -> None:
        area = self.window().rect()
        self.setGeometry(area)
        width = min(self._theme.px(WIDTH), area.width() - 48)
        height = min(self._theme.px(48 + 16 + ROW * ROWS), area.height() - 48)
        top = max(24, (area.height() - height) // 5)
        self.card.setGeometry((area.width() - width) // 2, top, width, height)

    def _fill(self, query: str) -> None:
        commands = [
            (command, key_text(command))
            for command in self._registry.commands()
            if command.id != "view.palette" and self._registry.is_enabled(command.id)
        ]
        self.model.set_entries(offers(query, self._summaries, commands, places()))
        self._choose_first()
        self._show_nothing(is_nothing=len(query) == 1 and not self.model.rowCount())

    def _show_nothing(self, *, is_nothing: bool) -> None:
        self.nothing.setVisible(is_nothing)
        self.list.setVisible(not is_nothing)

    def _choose_first(self) -> None:
        """The first offer, unless that deletes or sends and was not named."""
        first = self.model.index(0)
        if first.isValid() and not self.list.currentIndex().isValid():
            entry: Entry = first.data(PaletteRole.ENTRY)
            if not entry.is_risky:
                self.list.setCurrentIndex(first)

    def _on_text_changed(self, text: str) -> None:
        if self.isVisible():
            self._fill(text.strip())
            self._timer.start()

    def _on_search_due(self) -> None:
        query = self.field.text().strip()
        if len(query) > 1:
            self.searched.emit(query)

    def _on_moved(self, step: int) -> None:
        count = self.model.rowCount()
        if count:
            current = self.list.currentIndex()
            row = current.row() + step if current.isValid() or step > 0 else -1
            row = row % count if abs(step) == 1 else max(0, min(count - 1, row))
            self.list.setCurrentIndex(self.model.index(row))

    def _on_return_pressed(self) -> None:
        self._run(self.list.currentIndex())

    def _run(self, index: QModelIndex) -> None:
        entry = index.data(PaletteRole.ENTRY) if index.isValid() else None
        if not isinstance(entry, Entry):
            return
        self.close_palette()
        if entry.command_id:
            self.chosen.emit(entry.command_id)
        elif entry.target:
            self.led.emit(entry.target)
        else:
            self.opened.emit(entry.conversation_id, entry.message_id, entry.word)
