import itertools
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.core.conversations.conversation import ConversationSummary
from app.ui.sidebar.conversation_delegate import ROW, isolated, one_line
from app.ui.sidebar.conversation_list_model import ConversationListModel
from app.ui.sidebar.conversation_list_view import ConversationListView

NOW = datetime(2026, 11, 21, 14, 2, tzinfo=UTC)


@pytest.fixture
def view(theme, qtbot):
    model = ConversationListModel(lambda: date(2026, 11, 21))
    model.set_summaries(
        [
            ConversationSummary("a", "Haiku about the ocean, and much more than fits", NOW),
            ConversationSummary("b", "Tides", NOW, has_cut_off=True),
        ]
    )
    made = ConversationListView(theme, model)
    made.kept = model
    qtbot.addWidget(made)
    made.resize(264, 300)
    made.show()
    return made


def _picture(view):
    return view.viewport().grab().toImage()


def test_rows_are_as_high_as_declared_and_grow_with_the_text(view, theme):
    assert view.visualRect(view.kept.index(1)).height() == ROW
    theme.zoom(1.5)
    view.doItemsLayout()
    assert view.visualRect(view.kept.index(1)).height() == ROW * 1.5


def test_the_open_conversation_stands_on_the_quiet_accent(view, theme):
    view.select("a")
    rect = view.visualRect(view.kept.index_of("a"))
    assert QColor(_picture(view).pixel(14, rect.center().y() - 12)) == theme.colour("accent_quiet")


def test_marks_and_themes_can_be_seen(view, theme):
    pictures = [_picture(view)]
    view.kept.mark_unread("b", is_unread=True)
    pictures.append(_picture(view))
    view.kept.set_running(["b"])
    pictures.append(_picture(view))
    theme.choose("contrast")
    pictures.append(_picture(view))
    assert all(one != other for one, other in itertools.pairwise(pictures))


def test_hover_and_keyboard_focus_can_be_seen(view):
    delegate, index = view.itemDelegate(), view.kept.index_of("a")
    states = (
        QStyle.StateFlag.State_None,
        QStyle.StateFlag.State_MouseOver,
        QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_KeyboardFocusChange,
    )
    pictures = []
    for state in states:
        from PySide6.QtGui import QPainter, QPixmap

        picture = QPixmap(264, 40)
        picture.fill("white")
        option = QStyleOptionViewItem()
        option.rect = picture.rect()
        option.state = state
        painter = QPainter(picture)
        delegate.paint(painter, option, index)
        painter.end()
        pictures.append(picture.toImage())
    assert pictures[0] != pictures[1]
    assert pictures[0] != pictures[2]


def test_a_heading_has_no_tooltip(view):
    event = QHelpEvent(QEvent.Type.ToolTip, QPoint(5, 5), QPoint(5, 5))
    option = QStyleOptionViewItem()
    assert view.itemDelegate().helpEvent(event, view, option, view.kept.index(0))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("two\nlines\tand\u2028more", "two lines and more"),
        ("\u202egnp.exe", "gnp.exe"),
        ("俳句", "俳句"),
    ],
)
def test_foreign_text_stays_in_its_line(text, line):
    assert one_line(text) == line


def test_foreign_text_inside_a_sentence_keeps_its_direction_to_itself():
    assert isolated("שלום\u202eabc") == "\u2068שלוםabc\u2069"


def _row_picture(theme, qtbot, title, today):
    model = ConversationListModel(lambda: today)
    model.set_summaries([ConversationSummary("a", title, NOW)])
    view = ConversationListView(theme, model)
    qtbot.addWidget(view)
    view.resize(264, 120)
    view.show()
    return view.viewport().grab(view.visualRect(model.index_of("a"))).toImage()


@pytest.mark.parametrize(
    ("title", "has_time"),
    [
        ("Tides", True),
        ("Haiku about the ocean, and much more than fits", False),
        ("度么意思请用中文解释一下这个句子", False),
    ],
)
def test_a_time_takes_no_room_from_a_title(theme, qtbot, title, has_time):
    """Only the row of today has a time at all."""
    today = _row_picture(theme, qtbot, title, NOW.date())
    earlier = _row_picture(theme, qtbot, title, date(2026, 11, 24))
    assert (today != earlier) is has_time
