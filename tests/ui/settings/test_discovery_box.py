import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from app.providers.catalogue.discovery import FoundServer
from app.ui.settings.discovery_box import DiscoveryBox, models_text

LEFT = Qt.MouseButton.LeftButton
OLLAMA = FoundServer("Ollama", "http://127.0.0.1:11434/v1", ("gemma3:27b",))


@pytest.fixture
def box(desk, qtbot):
    made = DiscoveryBox(desk.services, desk.theme)
    qtbot.addWidget(made)
    made.show()
    return made


def words(box):
    return " ".join(label.text() for label in box.findChildren(QLabel) if label.isVisibleTo(box))


async def test_what_was_found_can_be_added_once(box, desk):
    desk.services.models.refresh = lambda _id: None
    added = []
    box.added.connect(added.append)
    desk.services.discovery.found.emit([OLLAMA])
    assert "Ollama · http://127.0.0.1:11434/v1" in words(box)
    assert "gemma3:27b" in words(box)
    QTest.mouseClick(box.buttons[0], LEFT)
    (provider_id,) = added
    assert desk.services.models.profile(provider_id).name == "Ollama"
    assert not box.buttons[0].isEnabled()
    desk.services.discovery.found.emit([OLLAMA])
    assert box.buttons[0].text() == "In the list"


async def test_nothing_found_says_how_to_start_one(box, desk):
    desk.services.discovery.addresses = ["http://127.0.0.1:9/v1"]
    await desk.until(desk.services.discovery.found, QTest.mouseClick, box.look, LEFT)
    assert "ollama serve" in words(box)
    assert box.look.isEnabled()


async def test_names_of_a_server_are_shown_as_they_are_written(box, desk):
    odd = FoundServer("a model server", "http://127.0.0.1:8080/v1", ("<b>x</b>",))
    desk.services.discovery.found.emit([odd])
    assert "<b>x</b>" in words(box)
    for label in box.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText


def test_many_models_are_counted():
    assert models_text(()) == "No model is loaded or downloaded there yet."
    assert models_text(("a", "b", "c", "d", "e")) == "a, b, c and 2 more"
