from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest

from app.core.conversations.conversation import ConversationSummary
from app.ui.sidebar.conversation_list_model import ConversationListModel, SidebarRole
from app.ui.sidebar.conversation_list_view import ConversationListView

NOW = datetime(2026, 11, 21, 14, 2, tzinfo=UTC)
CHATS = [
    ConversationSummary("p", "House style", NOW, is_pinned=True),
    ConversationSummary("a", "Haiku", NOW),
    ConversationSummary("b", "Tides", NOW - timedelta(days=1)),
]
KEY = Qt.Key


@pytest.fixture
def view(theme, qtbot):
    model = ConversationListModel(lambda: date(2026, 11, 21))
    model.set_summaries(CHATS)
    made = ConversationListView(theme, model)
    made.kept = model
    qtbot.addWidget(made)
    made.resize(264, 400)
    made.show()
    return made


def _centre(view, conversation_id):
    return view.visualRect(view.kept.index_of(conversation_id)).center()


def test_a_click_opens_a_conversation_and_on_a_heading_nothing(view, qtbot):
    with qtbot.waitSignal(view.opened) as said:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=_centre(view, "a"))
    assert said.args == ["a"]
    with qtbot.assertNotEmitted(view.opened):
        heading = view.visualRect(view.kept.index(0)).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=heading)


def test_arrows_pass_over_headings_and_enter_opens(view, qtbot):
    view.select("p")
    QTest.keyClick(view, KEY.Key_Down)
    with qtbot.waitSignal(view.opened) as said:
        QTest.keyClick(view, KEY.Key_Return)
    assert said.args == ["a"]
    with qtbot.waitSignal(view.delete_asked) as said:
        QTest.keyClick(view, KEY.Key_Delete)
    assert said.args == ["a"]


def test_what_is_not_in_the_list_is_not_marked(view):
    view.select("a")
    assert view.selectionModel().hasSelection()
    view.select("new")
    assert not view.selectionModel().hasSelection()


def test_enter_in_the_title_renames_and_opens_nothing(view, qtbot):
    view.rename("a")
    editor = QGuiApplication.focusObject()
    assert editor.accessibleName() == "Title of the conversation"
    editor.selectAll()
    QTest.keyClicks(editor, "Sea")
    with qtbot.waitSignal(view.kept.renamed) as said, qtbot.assertNotEmitted(view.opened):
        QTest.keyClick(editor, KEY.Key_Return)
    assert said.args == ["a", "Sea"]


def test_escape_leaves_the_title_alone(view, qtbot):
    view.rename("a")
    editor = QGuiApplication.focusObject()
    with qtbot.assertNotEmitted(view.kept.renamed):
        QTest.keyClicks(editor, "Sea")
        QTest.keyClick(editor, KEY.Key_Escape)
    view.rename("not there")
    assert QGuiApplication.focusObject() is not editor


@pytest.mark.parametrize("reason", ["Mouse", "Keyboard"])
def test_the_menu_opens_by_mouse_and_key(view, qapp, reason):
    view.select("a")
    place = _centre(view, "a")
    kind = QContextMenuEvent.Reason[reason]
    event = QContextMenuEvent(kind, place, view.viewport().mapToGlobal(place))
    qapp.sendEvent(view.viewport(), event)
    assert view._menu.isVisible()
    view._menu.close()


def test_there_is_no_menu_beside_the_rows(view, qapp):
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(10, 390), QPoint(10, 390))
    qapp.sendEvent(view.viewport(), event)
    assert view._menu is None


@pytest.mark.parametrize(
    ("text", "signal", "said"),
    [
        ("Pin", "pin_asked", ["a", True]),
        ("Export…", "export_asked", ["a"]),
        ("Delete", "delete_asked", ["a"]),
    ],
)
def test_the_menu_asks_for_what_it_says(view, qtbot, text, signal, said):
    menu = view.menu_for(CHATS[1])
    action = next(a for a in menu.actions() if a.text() == text)
    with qtbot.waitSignal(getattr(view, signal)) as asked:
        action.trigger()
    assert asked.args == said


def test_the_menu_renames_and_unpins(view, qtbot):
    menu = view.menu_for(CHATS[0])
    texts = [action.text() for action in menu.actions()]
    assert texts == ["Rename", "Unpin", "Export…", "", "Delete"]
    menu.actions()[0].trigger()
    assert QGuiApplication.focusObject().text() == "House style"


def _rows(view):
    """The highlighted and the current conversation, by id."""
    chosen = [i.data(SidebarRole.SUMMARY).id for i in view.selectedIndexes()]
    return chosen, view.currentIndex().data(SidebarRole.SUMMARY).id


@pytest.mark.parametrize("button", ["RightButton", "MiddleButton", "BackButton"])
def test_other_buttons_leave_the_open_conversation_highlighted(view, qtbot, button):
    view.select("p")
    qtbot.mouseClick(view.viewport(), Qt.MouseButton[button], pos=_centre(view, "b"))
    assert _rows(view) == (["p"], "p")


def test_a_menu_acts_on_its_own_row_and_marks_it_while_it_is_open(view, qtbot, qapp):
    view.select("p")
    place = _centre(view, "b")
    qtbot.mousePress(view.viewport(), Qt.MouseButton.RightButton, pos=place)
    reason = QContextMenuEvent.Reason.Mouse
    event = QContextMenuEvent(reason, place, view.viewport().mapToGlobal(place))
    qapp.sendEvent(view.viewport(), event)
    row = view.kept.index_of("b")
    assert row.data(SidebarRole.ASKED)
    assert _rows(view) == (["p"], "p")
    with qtbot.waitSignal(view.delete_asked) as said:
        view._menu.actions()[-1].trigger()
    assert said.args == ["b"]
    QTest.keyClick(view._menu, KEY.Key_Escape)
    assert not row.data(SidebarRole.ASKED)
    assert _rows(view) == (["p"], "p")


@pytest.mark.parametrize("walk", [["Key_Down"], ["Key_Down", "Key_Down"], ["Key_End"]])
def test_walking_keeps_the_highlight_and_leaving_brings_the_ring_back(view, qtbot, walk):
    view.select("p")
    view.setFocus()
    for key in walk:
        QTest.keyClick(view, KEY[key])
    chosen, current = _rows(view)
    assert chosen == ["p"]
    assert current != "p"
    view.clearFocus()
    assert _rows(view) == (["p"], "p")


def test_a_press_that_is_let_go_elsewhere_opens_nothing_and_marks_nothing(view, qtbot):
    view.select("p")
    with qtbot.assertNotEmitted(view.opened):
        qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=_centre(view, "b"))
        qtbot.mouseRelease(
            view.viewport(), Qt.MouseButton.LeftButton, pos=_centre(view, "b") + QPoint(0, 200)
        )
    assert _rows(view) == (["p"], "p")
