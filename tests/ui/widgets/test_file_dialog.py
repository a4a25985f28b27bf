"""The folder a dialog for files begins in, and the ending of the name it offers."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from app.ui.widgets import file_dialog
from app.ui.widgets.file_dialog import first_folder, save_dialog


@pytest.fixture
def places(tmp_path, monkeypatch):
    """A home without a folder of documents, and a program folder that is none of the user's."""
    home, program = tmp_path / "home", tmp_path / "program"
    home.mkdir()
    program.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(program)
    documents = str(home / "Documents")
    monkeypatch.setattr(file_dialog.QStandardPaths, "writableLocation", lambda *_: documents)
    return home


def test_the_last_folder_then_documents_then_home(places, tmp_path):
    assert first_folder(str(tmp_path)) == str(tmp_path)
    assert first_folder() == first_folder(str(tmp_path / "gone")) == str(places)
    (places / "Documents").mkdir()
    assert first_folder() == first_folder(str(tmp_path / "gone")) == str(places / "Documents")


def test_a_system_that_knows_no_documents_begins_at_home(places, monkeypatch):
    monkeypatch.setattr(file_dialog.QStandardPaths, "writableLocation", lambda *_: "")
    assert first_folder() == str(places)


def test_a_dialog_never_begins_in_the_folder_of_the_program(places, qtbot, qapp):
    window = QWidget()
    qtbot.addWidget(window)
    dialog = save_dialog(window, "Save", "notes.txt")
    assert Path(dialog.directory().absolutePath()) == places
    assert dialog.defaultSuffix() == "txt"
    assert save_dialog(window, "Save", "a.md", filters=("A (*.a)", "B (*.b)")).defaultSuffix() == ""
