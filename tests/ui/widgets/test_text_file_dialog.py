"""What a sent file looks like when it is opened."""

import pytest

from app.core.conversations.attachment import Attachment
from app.ui.widgets import text_file_dialog
from app.ui.widgets.text_file_dialog import TextFileDialog


def opened(theme, qtbot, data, name="notes.txt", kind="text/plain"):
    file = Attachment("ab" * 32, name, kind, len(data))
    dialog = TextFileDialog(file, data, theme)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (b"a\r\nb\n", "a\nb\n"),
        (b"\xef\xbb\xbfword", "word"),
        (b"<b>bold</b> <img src=file:///etc/passwd>", "<b>bold</b> <img src=file:///etc/passwd>"),
        (b"", ""),
        ("日本\n".encode(), "日本\n"),
        ("a\u202eb".encode(), "a[U+202E]b"),
    ],
)
def test_a_text_is_shown_as_it_is_and_what_hides_is_named(theme, qtbot, data, shown):
    dialog = opened(theme, qtbot, data)
    assert dialog.field.toPlainText() == shown


def test_a_long_text_is_shown_in_part_and_says_so(theme, qtbot, monkeypatch):
    monkeypatch.setattr(text_file_dialog, "MOST", 100)
    dialog = opened(theme, qtbot, b"word " * 50)
    assert dialog.field.toPlainText() == "word " * 20
    assert "250 characters, the first 100 are shown" in dialog.says.text()


def test_a_line_without_end_is_broken(theme, qtbot):
    dialog = opened(theme, qtbot, b"x" * 5000)
    lines = dialog.field.toPlainText().split("\n")
    assert [len(line) for line in lines] == [2000, 2000, 1000]


def test_another_kind_of_file_says_that_it_is_not_shown(theme, qtbot):
    dialog = opened(theme, qtbot, b"%PDF-1.4", "paper.pdf", "application/pdf")
    assert not dialog.field.isVisible()
    assert "paper.pdf was sent" in dialog.says.text()


def test_a_file_that_cannot_be_written_says_why(theme, qtbot, tmp_path):
    dialog = opened(theme, qtbot, b"words")
    dialog._on_file_selected(str(tmp_path / "no" / "where.txt"))
    assert "could not be written" in dialog.says.text()
