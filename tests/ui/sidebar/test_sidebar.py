from datetime import UTC, datetime
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.commands.declared import registry
from app.core.conversations.conversation import ConversationSummary
from app.core.costs.spending import Spending
from app.ui.sidebar.result_list_model import Result
from app.ui.sidebar.sidebar import Sidebar
from app.ui.window.actions import Actions

NOW = datetime.now(UTC)
CHATS = [
    ConversationSummary("a", "Haiku about the ocean", NOW),
    ConversationSummary("b", "Tides", NOW),
]
KEY = Qt.Key


@pytest.fixture
def sidebar(theme, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    commands = registry()
    actions = Actions(commands, theme, window)
    made = Sidebar(theme, commands, actions)
    made.setParent(window)
    made.resize(264, 700)
    window.resize(264, 700)
    window.show()
    made.kept = (window, commands, actions)
    return made


def _results(sidebar):
    return [sidebar.results.index(row).data() for row in range(sidebar.results.rowCount())]


def test_an_empty_list_says_what_will_be_there(sidebar):
    assert sidebar._pages.currentWidget() is sidebar._hint
    sidebar.set_summaries(CHATS)
    assert sidebar._pages.currentWidget() is sidebar.list


def test_the_open_conversation_stays_marked_when_the_list_changes(sidebar):
    sidebar.set_current("b")
    sidebar.set_summaries(CHATS)
    assert sidebar.list.currentIndex().data() == "Tides"
    sidebar.set_summaries(CHATS[1:])
    assert sidebar.list.currentIndex().data() == "Tides"


def test_titles_and_messages_are_found(sidebar, qtbot):
    sidebar.set_summaries(CHATS)
    sidebar.begin_search()
    with qtbot.waitSignal(sidebar.searched) as said:
        QTest.keyClicks(sidebar.search, "ocean")
    assert said.args == ["ocean"]
    hit = Result("b", "Tides", NOW, "m7", "the ocean", ((4, 9),))
    sidebar.set_hits("ocean", [hit])
    assert _results(sidebar) == ["Haiku about the ocean", "Tides"]
    QTest.keyClick(sidebar.search, KEY.Key_Down)
    with qtbot.waitSignal(sidebar.opened) as said:
        QTest.keyClick(sidebar.search, KEY.Key_Return)
    assert said.args == ["b", "m7", "ocean"]


def test_nothing_found_says_so_and_opens_nothing(sidebar, qtbot):
    sidebar.search.setText("qqq")
    sidebar.set_hits("qqq", [])
    assert sidebar._pages.currentWidget() is sidebar._nothing
    with qtbot.assertNotEmitted(sidebar.opened):
        QTest.keyClick(sidebar.search, KEY.Key_Return)


def test_what_was_found_for_another_query_is_dropped(sidebar):
    sidebar.search.setText("tide")
    sidebar.set_hits("ocean", [Result("b", "Tides", NOW, "m7", "the ocean")])
    assert _results(sidebar) == []


def test_leaving_the_search_brings_the_list_back(sidebar):
    sidebar.set_summaries(CHATS)
    sidebar.search.setText("tide")
    sidebar.set_hits("tide", [])
    QTest.keyClick(sidebar.search, KEY.Key_Escape)
    assert sidebar._pages.currentWidget() is sidebar.list
    assert sidebar.list.hasFocus()
    assert not sidebar._timer.isActive()


def test_down_in_an_empty_box_goes_to_the_list(sidebar):
    sidebar.set_summaries(CHATS)
    sidebar.search.setFocus()
    QTest.keyClick(sidebar.search, KEY.Key_Down)
    assert sidebar.list.hasFocus()


def test_a_result_is_opened_with_the_mouse(sidebar, qtbot):
    sidebar.search.setText("tide")
    sidebar.set_hits("tide", [Result("b", "Tides", NOW, "m7", "tides", ((0, 4),))])
    place = sidebar.result_list.visualRect(sidebar.results.index(0)).center()
    with qtbot.waitSignal(sidebar.opened):
        qtbot.mouseClick(sidebar.result_list.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_the_list_passes_on_what_is_asked(sidebar, qtbot):
    sidebar.set_summaries(CHATS)
    with qtbot.waitSignal(sidebar.opened) as said:
        sidebar.list.opened.emit("a")
    assert said.args == ["a", "", ""]
    with qtbot.waitSignal(sidebar.pin_asked):
        sidebar.list.pin_asked.emit("a", True)
    with qtbot.waitSignal(sidebar.renamed):
        sidebar.model.renamed.emit("a", "B")


def test_settings_and_a_new_conversation_are_a_click_away(sidebar, qtbot):
    said = []
    commands = sidebar.kept[1]
    commands.bind("application.settings", lambda: said.append("settings"))
    sidebar.kept[2].refresh()
    qtbot.mouseClick(sidebar._settings, Qt.MouseButton.LeftButton)
    assert said == ["settings"]
    assert next(action.text() for action in sidebar._menu.actions()) == "&File"


def test_the_cost_of_the_month_is_said_short_and_in_full(sidebar):
    sidebar.set_month(Spending(reported=Decimal(1), estimated=Decimal("0.5"), unknown=2))
    assert sidebar._month.text() == "about $1.50 or more"
    assert "$1.00 billed · about $0.50 estimated" in sidebar._month.toolTip()
    assert "about $1.50 or more" in sidebar._month.accessibleName()


@pytest.mark.parametrize(
    ("spending", "width", "text"),
    [
        (Spending(reported=Decimal("1.84")), 264, "$1.84 this month"),
        (Spending(estimated=Decimal("128.5")), 264, "about $128.50"),
        (Spending(estimated=Decimal("128.5")), 400, "about $128.50 this month"),
        (Spending(reported=Decimal("0.000003")), 200, "under $0.01"),
    ],
)
def test_the_cost_of_the_month_is_never_cut(sidebar, qtbot, spending, width, text):
    sidebar.set_month(spending)
    sidebar.resize(width, 700)
    qtbot.waitUntil(lambda: sidebar._month.text() == text)
    qtbot.waitUntil(lambda: sidebar._month.width() >= sidebar._month.sizeHint().width())
    assert sidebar._month.geometry().right() < width


def test_the_cost_of_the_month_opens_the_costs(sidebar):
    said = []
    _, commands, actions = sidebar.kept
    commands.bind("application.ledger", lambda: said.append("costs"))
    actions.refresh()
    QTest.mouseClick(sidebar._month, Qt.MouseButton.LeftButton)
    assert said == ["costs"]


def test_it_follows_the_theme(sidebar, theme):
    light = sidebar.grab().toImage()
    theme.choose("dark")
    assert sidebar.grab().toImage() != light


async def test_the_menu_button_does_not_stay_lit(desk):
    sidebar = desk.window.sidebar
    sidebar._more.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, True)
    QCursor.setPos(desk.window.mapToGlobal(QPoint(700, 600)))
    sidebar._menu.popup(desk.window.mapToGlobal(QPoint(300, 300)))
    sidebar._menu.close()
    assert not sidebar._more.underMouse()
