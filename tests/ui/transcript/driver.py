"""Drives a transcript as its user does, and reads what stands in it: how it is laid out is known
here, and the tests need not know."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.ui.transcript.blocks.letter_positions import corner_of

LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


# --- what is there. A message is named by its id or by its place in the branch.


def layout_of(view, message=0):
    """A message laid out."""
    return view.state.column.layouts[_index(view, message)]


def _index(view, message):
    return view.state.column.indexes[message] if isinstance(message, str) else message


def reasoning_of(view, message=0):
    """What the model thought before it answered, as it is shown above an answer."""
    return layout_of(view, message).reasoning


def footer_of(view, message=0):
    """What stands under a message: its buttons, its model and figures, its fault."""
    return layout_of(view, message).foot


def made_layouts(view):
    """The messages that were laid out so far."""
    return list(view.state.column.layouts.made())


def messages_of(view):
    """The messages of the branch that is shown."""
    layouts = view.state.column.layouts
    return [layouts.peek(index)[0] for index in range(len(layouts))]


def first_read_of(view):
    """The places of the messages above which a line says that the model reads from there on."""
    layouts = view.state.column.layouts
    return [index for index, layout in enumerate(layouts) if layout.is_first_read]


def row_of(view, message=0, row=0):
    """A row of a message: what one chunk of its text became."""
    return layout_of(view, message).rows[row]


def item_of(view, message=0, row=0, number=0):
    """A block of a message: a paragraph, a table, code."""
    return item_in(layout_of(view, message), row, number)


def item_in(layout, row=0, number=0):
    """A block of a message that may be in no view."""
    return layout.rows[row].items[number]


def items_of(view, message=0, kind=object):
    """All blocks of a message that are laid out, or those of one kind."""
    return items_in(layout_of(view, message), kind)


def items_in(layout, kind=object):
    """The same of a message that may be in no view."""
    return [item for row in layout.rows for item in row.items or () if isinstance(item, kind)]


def unfold_all(view):
    """Opens all folded code and all folded parts of what was looked at."""
    folding = view.interaction.folding
    for layout in made_layouts(view):
        index = view.state.column.indexes[layout.message.id]
        for number, row in enumerate(layout.rows):
            if row.is_shut:
                folding.toggle_part(layout, number)
            for item in range(len(row.items or "-")):
                folding.open(index, number, item)


def text_of(view, message=0):
    """The words of a message as they stand on the screen, everything of it unfolded."""
    unfold_all(view)
    layout = layout_of(view, message)
    for row in layout.rows:
        if row.items is None:
            row.measure(layout.text_width, layout.style, layout.references)
    return "\n".join(
        item.document.toPlainText() for item in items_in(layout) if item.document is not None
    )


def source_of(view, message=0):
    """The Markdown of a message, a string for each of its rows."""
    return [row.chunk.source for row in layout_of(view, message).rows]


def selected_text(view):
    """What is selected inside one block."""
    first, last = view.state.selection.span()
    item = item_of(view, first.layout, first.row, first.item)
    return item.text_between(first.position, last.position)


def buttons_of(view, message=0):
    """The commands of the buttons of a message, in the order of the Tab key."""
    return [stop.command for stop in layout_of(view, message).focus_stops()]


def titles_of(view, message, command):
    """What the buttons with one command say."""
    return [r.title for r in layout_of(view, message).regions() if r.command == command]


def top_of(view, message):
    """How far below the top of the view a message begins, px."""
    return view.visible_part.corner(_index(view, message)).y()


def left_of(view):
    """How far from the left of the view the column of messages begins, px."""
    return view.state.column.left(view.viewport().width())


class Driver:
    """Clicks and drags in a view. Places are in the viewport."""

    def __init__(self, view):
        self.view = view

    # --- where things are

    def region(self, message_id, command, nth=0):
        """The middle of a button of a message."""
        regions = [r for r in layout_of(self.view, message_id).regions() if r.command == command]
        corner = QPointF(left_of(self.view), top_of(self.view, message_id))
        return (regions[nth].rect.center() + corner).toPoint()

    def text(self, message_id, needle, *, after=False):
        """Where some text is drawn."""
        layout = layout_of(self.view, message_id)
        corner = QPointF(left_of(self.view), top_of(self.view, message_id))
        for row_index, row in enumerate(layout.rows):
            for number, item in enumerate(row.items or ()):
                cursor = item.document and item.document.find(needle)
                if cursor and not cursor.isNull():
                    at = cursor.selectionEnd() if after else cursor.selectionStart()
                    block = item.document.findBlock(at)
                    line = block.layout().lineForTextPosition(at - block.position())
                    x = line.cursorToX(at - block.position())
                    x = x[0] if isinstance(x, tuple) else x
                    inner = corner_of(block) + QPointF(x, line.y() + line.height() / 2)
                    top = layout.row_top(row_index) + row.item_top(number)
                    place = corner + QPointF(layout.text_left, top) + item.origin()
                    return (place + inner).toPoint()
        raise AssertionError(f"{needle!r} is not drawn")

    # --- the mouse

    def move(self, point):
        QTest.mouseMove(self.view.viewport(), point)

    def click(self, point):
        QTest.mouseClick(self.view.viewport(), LEFT, pos=point)

    def press(self, message_id, command, nth=0):
        """Clicks a button of a message."""
        self.click(self.region(message_id, command, nth))

    def drag(self, start, end):
        viewport = self.view.viewport()
        QTest.mousePress(viewport, LEFT, pos=start)
        self._send(QEvent.Type.MouseMove, end)
        QTest.mouseRelease(viewport, LEFT, pos=end)

    def double_drag(self, start, end):
        """Presses twice, and drags before letting go."""
        self._send(QEvent.Type.MouseButtonDblClick, start)
        self._send(QEvent.Type.MouseMove, end)
        self._send(QEvent.Type.MouseButtonRelease, end)

    def wheel(self, delta, *, at=None, across=0, modifiers=NO_KEY):
        viewport = self.view.viewport()
        centre = QPointF(at or viewport.rect().center())
        event = QWheelEvent(
            centre,
            QPointF(viewport.mapToGlobal(centre.toPoint())),
            QPoint(),
            QPoint(across, delta),
            Qt.MouseButton.NoButton,
            modifiers,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(viewport, event)

    def _send(self, kind, point):
        viewport = self.view.viewport()
        place = QPointF(viewport.mapToGlobal(point))
        event = QMouseEvent(kind, QPointF(point), place, LEFT, LEFT, NO_KEY)
        QApplication.sendEvent(viewport, event)
