import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from app.commands.declared import registry
from app.ui.conversation import find_bar
from app.ui.conversation.find_bar import FindBar
from app.ui.window.actions import Actions


@pytest.fixture
def bar(qtbot, theme):
    window = QWidget()
    qtbot.addWidget(window)
    book = registry()
    window.ran = []
    for command in ("find.next", "find.previous", "find.close", "message.stop"):
        book.bind(command, lambda command=command: window.ran.append(command))
    made = FindBar(theme, Actions(book, theme, window))
    column = QVBoxLayout(window)
    column.addWidget(made)
    window.resize(700, 100)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    made.show()
    made.window_ = window
    return made


def heard(signal):
    values = []
    signal.connect(lambda *args: values.append(args))
    return values


def test_what_is_typed_is_sought_after_a_moment(bar, qtbot):
    sought = heard(bar.sought)
    with qtbot.waitSignal(bar.sought):
        QTest.keyClicks(bar.field, "needle")
    assert sought == [("needle", False, False)]


def test_the_first_enter_searches_at_once_and_the_next_ones_step(bar):
    sought, stepped = heard(bar.sought), heard(bar.stepped)
    QTest.keyClicks(bar.field, "needle")
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert (sought, stepped) == ([("needle", False, False)], [])
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    QTest.keyClick(bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(bar.field, Qt.Key.Key_Enter)
    QTest.keyClick(bar.field, Qt.Key.Key_Down)
    QTest.keyClick(bar.field, Qt.Key.Key_Up)
    assert stepped == [(1,), (-1,), (1,), (1,), (-1,)]


def test_the_toggles_seek_anew(bar):
    bar.field.setText("Word")
    sought = heard(bar.sought)
    QTest.mouseClick(bar.case, Qt.MouseButton.LeftButton)
    QTest.mouseClick(bar.whole, Qt.MouseButton.LeftButton)
    QTest.mouseClick(bar.case, Qt.MouseButton.LeftButton)
    assert sought == [("Word", True, False), ("Word", True, True), ("Word", False, True)]


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ((3, 12, True), "3 of 12"),
        ((3, 12, False), "3 of 12…"),
        ((0, 12, True), "12 found"),
        ((1, 12345, True), "1 of 12\u202f345"),
        ((0, 0, True), "Nothing found"),
        ((0, 0, False), "Searching…"),
    ],
)
def test_the_count_in_words(bar, told, says):
    bar.field.setText("x")
    bar.show_count(*told)
    assert bar.count.text() == says
    assert says in bar.field.accessibleDescription()
    assert bar.next.isEnabled() is bar.previous.isEnabled() is (told[1] > 0)


def test_a_screen_reader_is_told_the_count_once_it_is_certain(bar, monkeypatch):
    said = []

    def take(event):
        said.append(event.message())

    monkeypatch.setattr(find_bar.QAccessible, "updateAccessibility", staticmethod(take))
    bar.field.setText("x")
    for told in ((0, 3, False), (1, 5, True), (1, 5, True), (2, 5, True)):
        bar.show_count(*told)
    assert said == ["1 of 5", "2 of 5"]


def test_without_words_there_is_no_count(bar):
    bar.show_count(0, 0, True)
    assert bar.count.text() == ""


def test_buttons_run_their_commands(bar):
    bar.field.setText("x")
    bar.show_count(1, 2, True)
    for button in (bar.next, bar.previous, bar.leave):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert bar.window_.ran == ["find.next", "find.previous", "find.close"]


@pytest.mark.parametrize("where", ["field", "case"])
def test_escape_closes_the_bar_and_stops_no_answer(bar, where):
    closed = heard(bar.closed)
    widget = getattr(bar, where)
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_Escape)
    assert closed == [()]
    assert bar.window_.ran == []


def test_other_words_can_be_begun_with(bar):
    bar.field.setText("old")
    sought = heard(bar.sought)
    bar.begin("new")
    assert bar.field.selectedText() == "new"
    assert sought == [("new", False, False)]
    bar.begin()
    assert bar.field.text() == "new"


def test_every_control_has_a_name(bar):
    for button in bar.findChildren(QToolButton):
        assert button.accessibleName()
        assert button.toolTip()
    assert bar.field.accessibleName()


@pytest.mark.parametrize(("width", "zoom"), [(360, 1.0), (520, 2.0), (1400, 1.0)])
def test_it_fits(bar, theme, width, zoom, qtbot):
    theme.zoom(zoom)
    bar.window_.resize(width, 120)
    bar.field.setText("x")
    bar.show_count(1234, 5678, False)
    qtbot.waitUntil(lambda: bar.field.width() > 80)
    rights = [b.mapTo(bar, b.rect().topRight()).x() for b in bar.findChildren(QToolButton)]
    assert max(rights) <= bar.width()
    assert bar.window_.width() == width
