import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.providers.catalogue.probe import Found
from app.ui.settings.address_form import AddressForm

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
async def form(desk, qtbot):
    made = AddressForm(desk.services.models, desk.services.discovery, desk.theme)
    qtbot.addWidget(made)
    return made


async def test_a_local_server_is_added(form, desk, qtbot):
    QTest.keyClicks(form.address, "http://localhost:11434/v1")
    QTest.keyClicks(form.name, "My Ollama")
    with qtbot.waitSignal(form.added) as said:
        QTest.keyClick(form.address, Qt.Key.Key_Return)
    profile = desk.services.models.profile(said.args[0])
    assert profile.name == "My Ollama"
    assert not profile.needs_key
    assert form.address.text() == ""


async def test_an_address_may_need_a_key(form, desk, qtbot):
    QTest.keyClicks(form.address, "https://llm.example.org/v1")
    qtbot.mouseClick(form.needs_key, LEFT)
    with qtbot.waitSignal(form.added) as said:
        qtbot.mouseClick(form.add, LEFT)
    assert desk.services.models.profile(said.args[0]).needs_key
    assert not form.needs_key.isChecked()


@pytest.mark.parametrize(
    "address",
    ["", "example", "http://example.org/v1", "https://user:secret@example.org/v1"],
)
async def test_what_cannot_be_used_is_said_below_the_field(form, desk, qtbot, address):
    before = len(desk.services.models.profiles())
    form.address.setText(address)
    with qtbot.assertNotEmitted(form.added):
        qtbot.mouseClick(form.add, LEFT)
    assert not form.error.isHidden()
    assert "secret" not in form.error.text()
    assert len(desk.services.models.profiles()) == before
    form.address.setText("x")
    assert form.error.isHidden()


async def test_an_address_speaks_the_chosen_dialect(form, desk, qtbot):
    QTest.keyClicks(form.address, "https://llm.example.org/v1")
    qtbot.mouseClick(form.dialect.pills["messages"], LEFT)
    with qtbot.waitSignal(form.added) as said:
        qtbot.mouseClick(form.add, LEFT)
    assert desk.services.models.profile(said.args[0]).dialect == "messages"
    assert form.dialect.pills["chat"].isChecked()
    QTest.keyClicks(form.address, "http://localhost:11434/v1")
    with qtbot.waitSignal(form.added) as said:
        qtbot.mouseClick(form.add, LEFT)
    assert desk.services.models.profile(said.args[0]).dialect == "chat"


async def test_what_an_address_speaks_is_found_out_and_chosen(form, desk):
    form.address.setText("https://llm.example.org")
    asked = []
    desk.services.discovery.probe = asked.append
    QTest.mouseClick(form.find_out, LEFT)
    assert asked == ["https://llm.example.org"]
    assert form.found.text() == "Asking…"
    assert not form.find_out.isEnabled()
    found = Found("https://llm.example.org/v1", ("messages",), True, "It speaks Messages.")
    desk.services.discovery.probed.emit("https://llm.example.org", found)
    assert form.address.text() == "https://llm.example.org/v1"
    assert form.dialect.pills["messages"].isChecked()
    assert form.needs_key.isChecked()
    assert form.find_out.isEnabled()
    assert form.found.text() == ("It speaks Messages. The address is https://llm.example.org/v1.")
    QTest.mouseClick(form.add, LEFT)
    profile = desk.services.models.profiles()[-1]
    assert (profile.dialect, profile.needs_key) == ("messages", True)
    assert form.found.isHidden()


async def test_what_could_not_be_found_out_is_said(form, desk):
    assert not form.find_out.isEnabled()
    form.address.setText("http://127.0.0.1:9/v1")
    await desk.until(desk.services.discovery.unprobed, QTest.mouseClick, form.find_out, LEFT)
    assert not form.error.isHidden()
    assert "127.0.0.1" in form.error.text()
    assert form.found.isHidden()
    assert form.find_out.isEnabled()
    assert form.dialect.pills["chat"].isChecked()


async def test_what_was_found_out_of_an_earlier_address_is_not_taken(form, desk):
    form.address.setText("https://new.example.org/v1")
    found = Found("https://old.example.org/v1", ("messages",), True, "It speaks Messages.")
    desk.services.discovery.probed.emit("https://old.example.org/v1", found)
    desk.services.discovery.unprobed.emit("https://old.example.org/v1", "No.")
    assert form.dialect.pills["chat"].isChecked()
    assert form.error.isHidden()
    assert form.address.text() == "https://new.example.org/v1"


async def test_an_address_without_its_scheme_is_added_as_it_was_meant(desk, qtbot):
    form = AddressForm(desk.services.models, desk.services.discovery, desk.theme)
    qtbot.addWidget(form)
    form.address.setText("127.0.0.1:8902")
    with qtbot.waitSignal(form.added) as said:
        form.add.click()
    assert desk.services.models.profile(said.args[0]).base_url == "http://127.0.0.1:8902"
