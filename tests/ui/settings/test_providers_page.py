import pytest
from PySide6.QtWidgets import QLabel

from app.storage.keys import key_store
from app.storage.keys.key_store import KeyPlace
from app.storage.keys.keychain import Keychain
from app.ui.settings.providers_page import ProvidersPage


class NoKeyringYet(Keychain):
    """A keychain whose user was not asked for the password of a new keyring yet."""

    def __init__(self):
        super().__init__("the safe", None)
        self.asked = []

    def is_made(self):
        return bool(self.asked)

    def make(self):
        self.asked.append("a new keyring")

    def read(self, name):
        return "sk-1234567890abcd"

    def store(self, name, secret):
        pass


@pytest.fixture
async def page(desk, qtbot):
    made = ProvidersPage(desk.services, desk.theme)
    qtbot.addWidget(made)
    made.resize(640, 600)
    made.show()
    await desk.settled()
    return made


async def test_every_provider_has_a_card(page, desk):
    assert list(page.cards) == [profile.id for profile in desk.services.models.profiles()]


async def test_an_address_of_ones_own_comes_and_goes(page, desk, qtbot):
    page.form.address.setText("http://localhost:11434/v1")
    with qtbot.waitSignal(page.form.added) as said:
        page.form.add.click()
    provider_id = said.args[0]
    card = page.cards[provider_id]
    assert card.field.hasFocus()
    card.removed.emit(provider_id)
    assert provider_id not in page.cards
    page.show_provider("not there")


async def test_it_says_where_keys_are_kept(page, desk):
    place = KeyPlace("keychain", "GNOME Keyring", "Keys are kept in GNOME Keyring.")
    desk.services.models.keys.place_found.emit(place)
    assert "Keys are kept in GNOME Keyring." in page.kept.text()
    assert desk.services.settings.path() in page.kept.text()
    assert "GNOME Keyring" in page.cards["openrouter"].state.text()


async def test_what_was_found_out_does_not_push_the_way_on_out_of_view(page, desk, qtbot):
    page.resize(640, 420)
    bottom = page.verticalScrollBar()
    page.ensureWidgetVisible(page.form.find_out, 0, 0)
    before = bottom.value()
    desk.services.discovery.unprobed.emit(page.form.address.text(), "x")
    page.form._say("It speaks Chat Completions and wants a key. " * 12)
    qtbot.waitUntil(lambda: bottom.value() > before, timeout=4000)
    port = page.viewport()
    corner = page.form.add.mapTo(port, page.form.add.rect().bottomLeft())
    assert port.rect().contains(corner)


async def test_opening_the_settings_has_the_system_ask_nothing(desk, monkeypatch):
    keychain = NoKeyringYet()
    monkeypatch.setattr(key_store, "open_keychain", lambda _platform: keychain)
    desk.dialogs.open_settings("providers")
    await desk.settled()
    assert keychain.asked == []
    (page,) = desk.dialogs.settings.findChildren(ProvidersPage)
    card = page.cards["openrouter"]
    assert "asks you to choose a password for a new one" in card.state.text()
    shown = []
    keys = desk.services.models.keys
    keys.prompt_expected.connect(lambda _: shown.append((card.state.text(), list(keychain.asked))))
    await desk.until(keys.changed, keys.store, "openrouter", "sk-1234567890abcd")
    ((text, asked_before),) = shown
    assert "asks you to choose a password for a new one" in text
    assert asked_before == []
    assert keychain.asked == ["a new keyring"]
    desk.dialogs.settings.close()


OURS = ["practice", "this_computer"]


def _shown(page):
    """What stands on the page from top to bottom, cards by their name and lines in brackets."""
    placed = [(card.y(), name) for name, card in page.cards.items() if not card.isHidden()]
    placed += [(line.y(), f"({name})") for name, line in page.lines.items() if not line.isHidden()]
    return [name for _, name in sorted(placed)]


async def test_the_connected_come_first_and_the_others_are_a_line_each(page, desk):
    assert _shown(page)[:3] == [*OURS, "(openrouter)"]
    assert all(name.startswith("(") for name in _shown(page)[2:])
    desk.services.models.keys.use_for_this_run("aimlapi", "a" * 40)
    page.hide()
    page.show()
    await desk.settled()
    assert _shown(page)[:4] == [*OURS, "aimlapi", "(openrouter)"]
    assert "not tested yet" in page.cards["aimlapi"].summary.text()


async def test_a_line_opens_into_its_card_with_the_cursor_in_the_key(page, desk, qtbot):
    page.lines["openrouter"].click()
    assert _shown(page)[:3] == [*OURS, "openrouter"]
    assert page.cards["openrouter"].field.hasFocus()
    desk.services.models.keys.use_for_this_run("openrouter", "sk-or-v1-" + "a" * 64)
    assert _shown(page)[:3] == [*OURS, "openrouter"]
    assert not page.cards["openrouter"].summary.isHidden()


async def test_it_says_what_a_key_is_and_which_to_take_first(page):
    about = page.findChildren(QLabel)[1].text()
    assert "A key is" in about
    assert "OpenRouter first" in about


async def test_a_card_says_whether_it_works_and_what_is_there(page, desk):
    card = page.cards["practice"]
    assert card.summary.text() == "works, 1 model"
    desk.services.models.keys.use_for_this_run("openrouter", "sk-or-v1-" + "a" * 64)
    card = page.cards["openrouter"]
    for passed, says in ((True, "works"), (False, "the last test failed")):
        desk.services.models.check_ended.emit("openrouter", passed)
        assert card.summary.text().startswith(says)
    desk.services.accounts.told.emit("openrouter", "$4.10 left · asked at 10:00")
    assert card.summary.text().endswith("$4.10 left")
    desk.services.models.keys.remove("openrouter")
    await desk.settled()
    assert card.summary.isHidden()
