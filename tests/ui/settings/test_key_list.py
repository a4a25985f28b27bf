import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from app.core.models.provider import CheckStep, StepState
from app.services.keys.key_ring import StoredKey
from app.ui.settings.key_list import KeyList, KeyRow
from app.ui.widgets.link_dialog import LinkDialog

LEFT = Qt.MouseButton.LeftButton
KEY = "sk-or-v1-canary0123456789wxyz"
SECOND = "sk-or-v1-canary0123456789abcd"


class Passing:
    """A client whose connection works."""

    async def check(self):
        yield CheckStep("key", StepState.PASSED, "The key is accepted.")

    async def aclose(self):
        pass


@pytest.fixture
def shown(desk, qtbot):
    models = desk.services.models
    made = KeyList(models.profile("openrouter"), models.keys, models.trials, desk.theme)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def add(desk, shown):
    """Gives another key as the user does."""
    keys = desk.services.models.keys
    desk.services.models.check = lambda _provider_id: None
    # The other key works: what its test does over the network is shown in tests/services/keys.
    desk.services.models.trials._make_client = lambda _profile, _key: Passing()

    async def do(name, key):
        QTest.mouseClick(shown.another, LEFT)
        QTest.keyClicks(shown.name, name)
        shown.field.setText(key)
        await desk.until(keys.changed, QTest.mouseClick, shown.save, LEFT)

    return do


@pytest.fixture
async def two(desk, add):
    keys = desk.services.models.keys
    await desk.until(keys.changed, keys.store, "openrouter", KEY)
    await add("Work", SECOND)
    return keys


async def test_without_a_key_there_is_nothing_and_with_one_a_quiet_button(shown, desk):
    assert shown.isHidden()
    keys = desk.services.models.keys
    await desk.until(keys.changed, keys.store, "openrouter", KEY)
    assert not shown.isHidden()
    assert shown.another.isVisible()
    assert shown.another.text() == "Add another key…"
    assert shown.rows == []
    assert not shown.field.isVisible()


async def test_another_key_is_given_with_its_name_and_used(shown, two):
    assert [row.name.text() for row in shown.rows] == ["…wxyz", "Work"]
    assert "In use" in shown.rows[1].says.text()
    assert "In use" not in shown.rows[0].says.text()
    assert two.used("openrouter").name == "Work"
    assert shown.field.echoMode() is QLineEdit.EchoMode.Password
    assert (shown.name.text(), shown.field.text()) == ("", "")
    assert not shown.field.isVisible()
    for row in shown.rows:
        assert KEY not in row.says.text()
        assert SECOND not in row.says.text()


async def test_each_can_be_used_renamed_and_removed(shown, two, desk):
    assert shown.rows[1].use.isHidden()
    QTest.mouseClick(shown.rows[0].use, LEFT)
    assert two.used("openrouter").number == 1
    QTest.mouseClick(shown.rows[0].rename, LEFT)
    field = shown.rows[0].field
    assert field.isVisible()
    QTest.keyClicks(field, "Home")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert [row.name.text() for row in shown.rows] == ["Home", "Work"]
    assert shown.rows[0].says.text().startswith("In use · …wxyz")
    await desk.until(two.changed, QTest.mouseClick, shown.rows[0].remove, LEFT)
    assert [key.name for key in two.keys("openrouter")] == ["Work"]
    assert shown.rows == []
    assert two.used("openrouter").name == "Work"


async def test_a_name_that_is_taken_or_missing_and_a_bad_key_are_said(shown, two, add):
    QTest.mouseClick(shown.rows[0].rename, LEFT)
    QTest.keyClicks(shown.rows[0].field, "Work")
    QTest.mouseClick(shown.rows[0].rename, LEFT)
    assert "“Work” already" in shown.error.text()
    QTest.mouseClick(shown.another, LEFT)
    assert not shown.error.isVisible()
    shown.field.setText(KEY)
    QTest.keyClick(shown.field, Qt.Key.Key_Return)
    assert "no name" in shown.error.text()
    QTest.keyClicks(shown.name, "Third")
    shown.field.setText("sk-a b")
    QTest.keyClick(shown.field, Qt.Key.Key_Return)
    assert shown.error.isVisible()
    assert "sk-a b" not in shown.error.text()
    QTest.mouseClick(shown.cancel, LEFT)
    assert not shown.error.isVisible()
    assert shown.field.text() == ""
    assert len(two.keys("openrouter")) == 2


async def test_the_test_of_another_key_is_announced(shown, add, desk, qtbot):
    keys = desk.services.models.keys
    await desk.until(keys.changed, keys.store, "openrouter", KEY)
    with qtbot.waitSignal(shown.tested):
        await add("Work", SECOND)


async def test_every_control_says_which_key_it_is_about(shown, two):
    row = shown.rows[1]
    names = [button.accessibleName() for button in (row.use, row.rename, row.remove)]
    assert names == ["Use the key Work", "Rename the key Work", "Remove the key Work"]
    assert shown.field.accessibleName() == "Another key for OpenRouter"


async def test_the_page_of_the_key_in_use_is_shown_before_it_is_opened(shown, desk):
    keys = desk.services.models.keys
    await desk.until(keys.changed, keys.store, "openrouter", KEY)
    (_, address) = await desk.until(keys.page_found, QTest.mouseClick, shown.page, LEFT)
    assert address.startswith("https://openrouter.ai/keys/")
    assert KEY not in address
    dialog = shown.findChild(LinkDialog)
    assert dialog.isVisible()
    dialog.reject()


async def test_a_provider_without_such_a_page_offers_none(desk, qtbot):
    models = desk.services.models
    made = KeyList(models.profile("empiriolabs"), models.keys, models.trials, desk.theme)
    qtbot.addWidget(made)
    assert made.page.isHidden()


async def test_the_keyboard_stays_in_the_list_when_its_rows_change(shown, two):
    shown.activateWindow()
    shown.rows[0].use.setFocus()
    QTest.keyClick(shown.rows[0].use, Qt.Key.Key_Space)
    assert two.used("openrouter").number == 1
    assert shown.focusWidget() is shown.another


@pytest.mark.parametrize(
    ("name", "is_used", "said"),
    [
        ("", True, "In use · stored on 2026-11-01"),
        ("", False, "Stored on 2026-11-01"),
        ("Work", False, "…wxyz, stored on 2026-11-01"),
    ],
)
def test_what_is_said_of_a_key_begins_like_a_sentence(qtbot, name, is_used, said):
    key = StoredKey(1, name, "wxyz", "GNOME Keyring", date="2026-11-01")
    row = KeyRow(key, is_used=is_used)
    qtbot.addWidget(row)
    assert row.says.text() == said
