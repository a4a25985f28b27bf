"""The flavours on the real clipboard."""

import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QFont, QGuiApplication, QTextDocument, QTextTable

from app.render.markdown.parser import parse
from app.ui.transcript.interaction.clipboard import Flavours, flavours_of


def data():
    return QGuiApplication.clipboard().mimeData()


def test_all_flavours_are_there_at_once(qapp):
    flavours_of(parse("Some **bold** text.")).to_clipboard()
    assert data().text() == "Some bold text."
    assert "<p>Some <b>bold</b> text.</p>" in data().html()
    assert data().data("text/markdown").data() == b"Some **bold** text."
    assert not data().hasFormat("text/tab-separated-values")


def test_a_table_is_tab_separated_too(qapp):
    flavours_of(parse("| a | b |\n|---|---|\n| 1 | 2 |")).to_clipboard()
    assert data().text() == "a\tb\n1\t2\n"
    assert data().data("text/tab-separated-values").data() == b"a\tb\n1\t2\n"


def test_what_is_empty_is_not_offered(qapp):
    Flavours("https://example.org/").to_clipboard()
    assert data().text() == "https://example.org/"
    assert not data().hasHtml()


def test_a_word_processor_finds_bold_lists_and_tables(qapp):
    text = "**bold** plain\n\n- item\n\n| a |\n|---|\n| 1 |"
    document = QTextDocument()
    document.setHtml(flavours_of(parse(text)).html)
    cursor = document.find("bold")
    assert cursor.charFormat().fontWeight() >= QFont.Weight.Bold
    assert document.find("plain").charFormat().fontWeight() < QFont.Weight.DemiBold
    assert document.find("item").currentList() is not None
    assert isinstance(document.rootFrame().childFrames()[0], QTextTable)


def test_the_process_ends_well_with_something_on_the_clipboard(tmp_path):
    script = (
        "from PySide6.QtWidgets import QApplication\n"
        "from app.ui.transcript.interaction.clipboard import Flavours\n"
        "app = QApplication([])\n"
        "Flavours('plain', '<b>x</b>', '**x**', 'a').to_clipboard()\n"
        "assert sorted(app.clipboard().mimeData().formats()) == [\n"
        "    'text/html', 'text/markdown', 'text/plain', 'text/tab-separated-values'\n"
        "]\n"
    )
    root = Path(__file__).parents[4]
    ended = subprocess.run([sys.executable, "-c", script], cwd=root, timeout=60, check=False)
    assert ended.returncode == 0
