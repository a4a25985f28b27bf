import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from app.ui.widgets.link_dialog import examined, open_link


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("https://example.org/a?b=c#d", "example.org"),
        ("HTTPS://EXAMPLE.org:8443/", "example.org"),
        ("https://аpple.com/", "xn--pple-43d.com"),
        ("https://xn--pple-43d.com/", "xn--pple-43d.com"),
        ("https://münchen.de/", "xn--mnchen-3ya.de"),
        ("mailto:someone@example.org", "mail to someone@example.org"),
    ],
)
def test_the_real_host_is_shown(text, host):
    link = examined(text)
    assert link.host == host
    assert link.refusal == ""
    assert link.url.isascii()


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "file:///bin/true",
        "file://attacker.test/share/x",
        "smb://h/s",
        "ms-msdt:/id",
        "vscode://x",
        "/etc/passwd",
        "\\\\attacker.test\\share\\x.png",
        "https://github.com@evil.test/login",
        "https://evil.test\\@google.com",
        "https://evil.test/\u202egnp.exe",
        "https://exa\u200bmple.org/",
        "https://example.org/a b",
        "java\tscript:alert(1)",
        "https://",
        "https://[bad/",
        "",
    ],
)
def test_what_misleads_or_starts_programs_is_refused(text):
    link = examined(text)
    assert link.refusal.endswith(".")
    assert link.host == ""


def test_hidden_characters_are_made_visible():
    assert "[U+202E]" in examined("https://evil.test/\u202egnp.exe").url


def test_letters_that_look_like_others_and_open_connections_are_pointed_out():
    assert "look like" in examined("https://аpple.com/").warning
    assert "not encrypted" in examined("http://example.org/").warning
    assert examined("https://example.org/").warning == ""


@pytest.fixture
def opened(monkeypatch):
    urls = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: urls.append(url.toString()))
    return urls


def _button(dialog, text):
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == text)


def test_nothing_opens_without_a_click(qtbot, theme, opened):
    dialog = open_link("https://example.org/x", None, theme)
    qtbot.addWidget(dialog)
    assert opened == []
    assert "example.org" in [label.text() for label in dialog.findChildren(QLabel)]
    qtbot.mouseClick(_button(dialog, "Open"), Qt.MouseButton.LeftButton)
    assert opened == ["https://example.org/x"]


def test_escape_opens_nothing(qtbot, theme, opened):
    dialog = open_link("https://example.org/x", None, theme)
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert opened == []


def test_a_refused_link_offers_no_way_to_open_it(qtbot, theme, opened):
    dialog = open_link("javascript:alert(1)", None, theme)
    qtbot.addWidget(dialog)
    assert {b.text() for b in dialog.findChildren(QPushButton)} == {"Close", "Copy address"}
    for label in dialog.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText


def test_the_address_can_be_copied(qtbot, theme, opened):
    dialog = open_link("https://example.org/x", None, theme)
    qtbot.addWidget(dialog)
    qtbot.mouseClick(_button(dialog, "Copy address"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "https://example.org/x"
    assert opened == []


@pytest.mark.parametrize(
    "field", ["attach=/etc/passwd", "Attachment=x", "subject=a&attach=b", "x-y="]
)
def test_a_mail_link_may_not_ask_for_files(field):
    assert examined(f"mailto:a@example.org?{field}").refusal
    assert not examined("mailto:a@example.org?subject=Hi&body=Hello").refusal


@pytest.mark.parametrize("zoom", [1.0, 3.0])
def test_a_long_address_is_shown_whole_in_lines(theme, qtbot, zoom):
    theme.zoom(zoom)
    address = "https://openrouter.ai/auth?callback_url=" + "abcDEF0123456789%2F" * 14
    dialog = open_link(address, None, theme)
    qtbot.addWidget(dialog)
    field = dialog.address
    assert field.toPlainText() == address
    assert field.blockCount() == 1
    layout = field.document().firstBlock().layout()
    assert layout.lineCount() > 1
    widest = max(layout.lineAt(n).naturalTextWidth() for n in range(layout.lineCount()))
    assert widest <= field.viewport().width()
