import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.errors import UnavailableError
from app.providers.account.sign_in import SignIn
from app.ui.settings.sign_in_box import SignInBox
from app.ui.widgets.link_dialog import LinkDialog

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
async def box(desk, qtbot):
    made = SignInBox(desk.services.models.profile("openrouter"), desk.services.sign_in, desk.theme)
    qtbot.addWidget(made)
    made.show()
    yield made
    desk.services.sign_in.cancel("openrouter")
    await desk.settled()


def shown(box):
    names = ("start", "by_code", "cancel", "code", "finish")
    return {name for name in names if getattr(box, name).isVisibleTo(box)}


def hosts(box):
    return [dialog._link.host for dialog in box.findChildren(LinkDialog)]


async def test_the_browser_is_opened_only_after_its_host_was_shown(box, desk):
    assert shown(box) == {"start", "by_code"}
    await desk.until(desk.services.sign_in.page_ready, QTest.mouseClick, box.start, LEFT)
    assert hosts(box) == ["openrouter.ai"]
    assert shown(box) == {"by_code", "cancel"}
    assert "Waiting" in box.says.text()


async def test_giving_up_brings_the_button_back(box, desk):
    await desk.until(desk.services.sign_in.page_ready, QTest.mouseClick, box.start, LEFT)
    QTest.mouseClick(box.cancel, LEFT)
    assert shown(box) == {"start", "by_code"}
    assert not desk.services.sign_in.is_running("openrouter")


async def test_what_is_no_code_is_said_beside_the_field(box):
    QTest.mouseClick(box.by_code, LEFT)
    assert shown(box) == {"cancel", "code", "finish"}
    QTest.keyClicks(box.code, "two words")
    QTest.keyClick(box.code, Qt.Key.Key_Return)
    assert "not a sign-in code" in box.error.text()
    assert box.error.isVisible()


async def test_the_end_is_shown(box, desk):
    QTest.mouseClick(box.by_code, LEFT)
    desk.services.sign_in.ended.emit("aimlapi", "Another one.")
    assert "code" in shown(box)
    desk.services.sign_in._end("openrouter", "It was refused.")
    assert shown(box) == {"start", "by_code"}
    assert box.error.text() == "It was refused."
    desk.services.sign_in.ended.emit("openrouter", "")
    assert not box.error.isVisible()


@pytest.mark.parametrize("begins", ["start", "by_code"])
async def test_cancelled_in_the_window_of_the_address_it_ends_at_once(box, desk, begins):
    page_ready = desk.services.sign_in.page_ready
    await desk.until(page_ready, QTest.mouseClick, getattr(box, begins), LEFT)
    box.findChildren(LinkDialog)[-1].reject()
    assert shown(box) == {"start", "by_code"}
    assert not desk.services.sign_in.is_running("openrouter")


async def test_who_copies_the_address_goes_on_waiting(box, desk):
    await desk.until(desk.services.sign_in.page_ready, QTest.mouseClick, box.start, LEFT)
    box.findChildren(LinkDialog)[-1]._on_copy_clicked()
    assert desk.services.sign_in.is_running("openrouter")
    assert "cancel" in shown(box)


async def test_a_code_is_kept_while_there_is_no_network(box, desk, monkeypatch):
    """The same code is tried again, for the sign-in that it was made for."""
    tried = []

    async def key(attempt, code):
        tried.append((attempt, code))
        raise UnavailableError("No network.", "Try again.")

    monkeypatch.setattr(SignIn, "key", key)
    QTest.mouseClick(box.by_code, LEFT)
    QTest.keyClicks(box.code, "abcdef0123456789")
    for _ in range(2):
        await desk.until(desk.services.sign_in.ended, QTest.mouseClick, box.finish, LEFT)
        assert box.code.text() == "abcdef0123456789"
        assert box.error.text() == "No network. Try again."
        assert shown(box) == {"cancel", "code", "finish"}
    assert tried[0] == tried[1]
