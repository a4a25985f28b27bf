import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication

from app.ui.window.latin_keys import latin_twin

CTRL = Qt.KeyboardModifier.ControlModifier
PLACES = {"K": 45, "F": 41, "C": 54, "A": 38, "V": 55, ",": 59}
"""The number X11 gives the key that has this sign on an American keyboard."""


def pressed(letter, place, modifiers=CTRL):
    return QKeyEvent(
        QEvent.Type.KeyPress, ord(letter), modifiers, PLACES[place], 0, 0, letter.lower()
    )


@pytest.mark.parametrize(
    ("letter", "place"),
    [("Л", "K"), ("Λ", "K"), ("ל", "K"), ("ن", "K"), ("А", "F"), ("С", "C"), ("Б", ",")],
)
def test_a_key_is_told_by_its_place(letter, place):
    twin = latin_twin(pressed(letter, place))
    assert twin.key() == ord(place)
    assert twin.modifiers() == CTRL


def test_what_is_written_and_what_is_latin_stays_as_it_is():
    assert latin_twin(pressed("Л", "K", Qt.KeyboardModifier.NoModifier)) is None
    assert latin_twin(pressed("K", "K")) is None


async def test_a_command_is_done_by_the_place_of_its_key(desk):
    field = desk.window.view.composer.field
    field.setFocus()
    QApplication.sendEvent(field, pressed("Л", "K"))
    assert desk.dialogs.palette.isVisible()


async def test_text_is_selected_copied_and_pasted_by_the_places_of_the_keys(desk):
    field = desk.window.view.composer.field
    field.setPlainText("Слово")
    field.setFocus()
    for letter, place in (("Ф", "A"), ("С", "C")):
        QApplication.sendEvent(field, pressed(letter, place))
    assert QGuiApplication.clipboard().text() == "Слово"
    field.moveCursor(field.textCursor().MoveOperation.End)
    QApplication.sendEvent(field, pressed("М", "V"))
    assert field.toPlainText() == "СловоСлово"
