import ast
import logging
import subprocess
import sys

import pytest
from importlinter.cli import lint_imports

BANNED_QT = ("PySide6.QtWebEngine", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtWebView")
SERVICES_MAY_USE = ("PySide6.QtCore", "PySide6.QtNetwork")
# apsw takes 2 ms and the list of conversations needs it at once.
AFTER_FIRST_PAINT = ("httpx", "keyring", "markdown_it", "pygments", "markdown", "ziamath")


def imported(tree):
    """Every module an AST imports, `from PySide6 import QtGui` as PySide6.QtGui."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "PySide6":
                yield from (f"PySide6.{alias.name}" for alias in node.names)
            else:
                yield node.module


@pytest.fixture
def loggers_kept():
    """import-linter sets up logging anew and by that silences every topic other tests listen to."""
    yield
    for known in logging.Logger.manager.loggerDict.values():
        if isinstance(known, logging.Logger):
            known.disabled = False


@pytest.mark.usefixtures("loggers_kept")
def test_rooms_import_only_to_their_right(root):
    assert lint_imports(config_filename=str(root / "pyproject.toml"), no_cache=True) == 0


def test_widgets_stay_in_ui_and_services_know_only_the_core_of_qt(modules):
    breaches = [
        f"{module.name}: {name}"
        for module in modules
        if module.room == "services"
        for name in imported(module.tree)
        if name.startswith("PySide6") and name not in SERVICES_MAY_USE
    ]
    assert breaches == []


def test_no_room_uses_a_browser_or_qml(modules):
    breaches = [
        f"{module.name}: {name}"
        for module in modules
        for name in imported(module.tree)
        if name.startswith(BANNED_QT)
    ]
    assert breaches == []


def test_the_window_is_imported_without_what_may_wait_for_the_first_paint(root):
    question = (
        "import sys, app.ui.window.main_window; "
        f"print([name for name in {AFTER_FIRST_PAINT!r} if name in sys.modules])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", question], cwd=root, capture_output=True, text=True, check=False
    )
    assert answer.stdout.strip() == "[]", answer.stderr


def test_an_open_window_draws_no_formula_before_there_is_one(root):
    """What draws them takes 15 MB and a seventh of a second: only an answer with one needs it."""
    heavy = ("ziamath", "ziafont", "latex2mathml")
    question = (
        "import sys, app.ui.conversation.view, app.window_session; "
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", question], cwd=root, capture_output=True, text=True, check=False
    )
    assert answer.stdout.strip() == "[]", answer.stderr
