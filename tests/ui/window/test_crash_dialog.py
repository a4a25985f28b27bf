from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from app.core.errors import DatabaseUnusableError
from app.logs import know_secret
from app.ui.window.crash_dialog import CrashDialog, StartFailureDialog


def _button(dialog, text):
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == text)


def test_the_report_names_no_key(qtbot, theme):
    know_secret("canary-4711-canary")
    dialog = CrashDialog(theme, "Traceback\nValueError: canary-4711-canary")
    dialog.show()
    assert "ValueError" in dialog.report.toPlainText()
    assert "canary-4711-canary" not in dialog.report.toPlainText()
    qtbot.mouseClick(_button(dialog, "Copy report"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == dialog.report.toPlainText()
    dialog.accept()


def test_it_lives_until_it_is_closed_though_nobody_holds_it(qtbot, theme):
    before = len(CrashDialog._open)
    CrashDialog(theme, "Traceback").show()
    dialog = CrashDialog._open[-1]
    assert len(CrashDialog._open) == before + 1
    assert not dialog.isModal()
    qtbot.mouseClick(_button(dialog, "Go on"), Qt.MouseButton.LeftButton)
    assert len(CrashDialog._open) == before


def test_a_start_that_fails_says_why_and_what_to_do(qtbot, theme):
    error = DatabaseUnusableError("The file <b>facet.db</b> is damaged.", "Copy it elsewhere.")
    dialog = StartFailureDialog(theme, error)
    qtbot.addWidget(dialog)
    labels = dialog.findChildren(QLabel)
    assert {"The file <b>facet.db</b> is damaged.", "Copy it elsewhere."} <= {
        label.text() for label in labels
    }
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)
    with qtbot.waitSignal(dialog.finished):
        qtbot.mouseClick(_button(dialog, "Quit"), Qt.MouseButton.LeftButton)
