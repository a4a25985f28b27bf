import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from app.core.models.provider import CheckStep, StepState
from app.ui.settings.provider_card import ProviderCard
from app.ui.widgets.link_dialog import LinkDialog

LEFT = Qt.MouseButton.LeftButton
KEY = "sk-or-v1-canary0123456789wxyz"


@pytest.fixture
def make_card(desk, qtbot):
    def make(provider_id):
        models = desk.services.models
        card = ProviderCard(
            models.profile(provider_id), desk.services, desk.theme, "Kept in memory."
        )
        qtbot.addWidget(card)
        card.show()
        return card

    return make


async def test_a_key_is_hidden_while_it_is_typed_and_gone_when_it_is_kept(make_card, desk):
    card = make_card("openrouter")
    assert card.field.echoMode() is QLineEdit.EchoMode.Password
    assert not card.save.isEnabled()
    card.field.setText(f"  Bearer {KEY}\n")
    assert card.save.text() == "Save and test"
    checked = []
    desk.services.models.check = checked.append
    await desk.until(desk.services.models.keys.changed, QTest.mouseClick, card.save, LEFT)
    assert card.field.text() == ""
    assert desk.services.models.keys.state("openrouter").last4 == "wxyz"
    assert "wxyz" in card.state.text()
    assert KEY not in card.state.text()
    await desk.settled()
    assert checked == ["openrouter"]


async def test_a_key_can_be_removed(make_card, desk):
    card = make_card("openrouter")
    assert card.remove.isHidden()
    await desk.until(
        desk.services.models.keys.changed, desk.services.models.keys.store, "openrouter", KEY
    )
    assert not card.remove.isHidden()
    await desk.until(desk.services.models.keys.changed, QTest.mouseClick, card.remove, LEFT)
    assert "No key yet" in card.state.text()
    assert card.remove.isHidden()


class Refusing:
    """A client whose key is refused."""

    async def check(self):
        yield CheckStep("key", StepState.FAILED, "OpenRouter does not accept the key.")

    async def aclose(self):
        pass


async def test_a_refused_new_key_is_a_question_and_the_old_one_stays(make_card, desk):
    models = desk.services.models
    card = make_card("openrouter")
    await desk.until(models.keys.changed, models.keys.store, "openrouter", KEY)
    models.trials._make_client = lambda _profile, _key: Refusing()
    card.field.setText("sk-or-v1-other-0123456789")
    await desk.until(models.trials.doubted, QTest.mouseClick, card.save, LEFT)
    assert "…6789 was refused: OpenRouter does not accept the key." in card.doubt.words.text()
    assert not card.doubt.isHidden()
    assert "…wxyz" in card.state.text()
    assert "failed" not in card.summary.text()
    QTest.mouseClick(card.doubt.drop, LEFT)
    assert card.doubt.isHidden()
    assert "…wxyz" in card.state.text()


async def test_a_removed_key_can_be_brought_back_for_a_while(make_card, desk):
    keys = desk.services.models.keys
    card = make_card("openrouter")
    assert card.removal.isHidden()
    await desk.until(keys.changed, keys.store, "openrouter", KEY)
    await desk.until(keys.changed, QTest.mouseClick, card.remove, LEFT)
    assert "…wxyz was removed" in card.removal.words.text()
    assert not card.removal.isHidden()
    await desk.until(keys.changed, QTest.mouseClick, card.removal.undo, LEFT)
    assert "…wxyz" in card.state.text()
    assert card.removal.isHidden()


@pytest.mark.parametrize("text", ["sk-TEST–KEY", "sk-a b", "   sk\x01x"])
async def test_a_malformed_key_is_refused_without_repeating_it(make_card, text):
    card = make_card("openrouter")
    card.field.setText(text)
    QTest.mouseClick(card.save, LEFT)
    assert not card.error.isHidden()
    assert text.strip() not in card.error.text()
    card.field.setText("x")
    assert card.error.isHidden()


async def test_the_test_shows_its_steps_one_by_one(make_card, desk):
    card = make_card("practice")
    assert card.field.isHidden()
    assert card.save.text() == "Test"
    await desk.until(desk.services.models.check_ended, QTest.mouseClick, card.save, LEFT)
    assert card.steps()
    assert all(s.state in (StepState.PASSED, StepState.SKIPPED) for s in card.steps())
    assert card.save.isEnabled()


async def test_a_step_that_fails_says_why(make_card, desk):
    card = make_card("openrouter")
    models = desk.services.models
    models.step_changed.emit("openrouter", CheckStep("key", StepState.RUNNING))
    models.step_changed.emit("openrouter", CheckStep("key", StepState.FAILED, "Wrong <b>key</b>."))
    models.step_changed.emit("aimlapi", CheckStep("key", StepState.PASSED))
    (line,) = card._steps.values()
    assert line._text.text() == "Key failed: Wrong <b>key</b>."
    assert line._text.textFormat() is Qt.TextFormat.PlainText
    desk.theme.choose("dark")
    assert line._text.text() == "Key failed: Wrong <b>key</b>."


async def test_the_key_page_is_shown_before_it_is_opened(make_card):
    card = make_card("openrouter")
    page = next(b for b in card.findChildren(QPushButton) if b.text() == "Get a key")
    QTest.mouseClick(page, LEFT)
    dialog = card.findChild(LinkDialog)
    assert dialog.isVisible()
    dialog.reject()


async def test_an_address_of_ones_own_can_be_forgotten(make_card, desk, qtbot):
    profile = desk.services.models.add_custom("http://localhost:9/v1", "Mine", False)
    card = make_card(profile.id)
    assert "without a key" in card.state.text()
    with qtbot.waitSignal(card.removed) as said:
        QTest.mouseClick(card.forget, LEFT)
    assert said.args == [profile.id]


async def test_it_says_where_a_new_key_goes(make_card):
    card = make_card("openrouter")
    card.set_place("Keys go to the keychain.")
    assert card.state.text() == "No key yet. Keys go to the keychain."
    await asyncio.sleep(0)


async def test_one_key_looks_as_before_and_a_second_brings_the_list(make_card, desk):
    card, keys = make_card("openrouter"), desk.services.models.keys
    assert card.keys.isHidden()
    await desk.until(keys.changed, keys.store, "openrouter", KEY)
    assert card.state.text().startswith("Key ending in …wxyz")
    assert not card.remove.isHidden()
    await desk.until(keys.changed, keys.add, "openrouter", "Work", "sk-or-v1-0123456789abcd")
    assert card.state.text().startswith("“Work”, the key ending in …abcd")
    assert card.remove.isHidden()
    keys.rename("openrouter", 2, "Team")
    assert card.state.text().startswith("“Team”, the key")
    await desk.until(keys.changed, keys.remove, "openrouter")
    assert card.state.text().startswith("Key ending in …wxyz")
    assert not card.remove.isHidden()


@pytest.mark.parametrize("how", ["remove", "replace", "choose", "another"])
async def test_what_a_test_said_goes_with_its_key(make_card, desk, how):
    """Whichever way another key, or none, comes into use."""
    card, models = make_card("openrouter"), desk.services.models
    models.check = lambda _provider_id: None
    await desk.until(models.keys.changed, models.keys.store, "openrouter", KEY)
    if how == "choose":
        await desk.until(models.keys.changed, models.keys.add, "openrouter", "Work", f"{KEY}2")
    models.step_changed.emit("openrouter", CheckStep("key", StepState.FAILED, "Not accepted."))
    assert card.steps()
    act = {
        "remove": (models.keys.remove, "openrouter"),
        "replace": (models.keys.store, "openrouter", f"{KEY}3"),
        "choose": (models.keys.choose, "openrouter", 1),
        "another": (models.keys.add, "openrouter", "Home", f"{KEY}4"),
    }[how]
    await desk.until(models.keys.changed, *act)
    assert card.steps() == []
    await desk.settled()


async def test_a_test_that_outlives_its_key_says_nothing(make_card, desk, monkeypatch):
    card, models = make_card("openrouter"), desk.services.models
    await desk.until(models.keys.changed, models.keys.store, "openrouter", KEY)
    asked, goes_on = asyncio.Event(), asyncio.Event()

    class Slow:
        async def check(self):
            yield CheckStep("address", StepState.PASSED, "Reached.")
            asked.set()
            await goes_on.wait()
            yield CheckStep("key", StepState.FAILED, "Not accepted.")

    async def client(_provider_id):
        return Slow()

    monkeypatch.setattr(models, "client", client)
    models.check("openrouter")
    await asked.wait()
    assert card.steps()
    await desk.until(models.keys.changed, models.keys.remove, "openrouter")
    goes_on.set()
    await desk.settled()
    assert card.steps() == []
