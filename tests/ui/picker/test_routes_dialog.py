"""The dialog that compares the routes of one model."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from app.core.models.host import Host
from app.ui.picker.routes_dialog import RoutesDialog

LEFT = Qt.MouseButton.LeftButton
GEMMA2 = ("openrouter", "google/gemma-2-27b-it")
HOSTS = [Host("DeepInfra", "deepinfra/bf16", latency=0.25), Host("<b>odd</b>")]


@pytest.fixture
def dialog(desk, qtbot):
    models = desk.services.models
    made = RoutesDialog(models.model(*GEMMA2), desk.services, desk.theme)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    return made


def names(dialog):
    return [dialog.table.order.index(row, 0).data() for row in range(dialog.table.order.rowCount())]


def tell(desk, trouble=""):
    desk.services.routes.told.emit("/".join(GEMMA2), [] if trouble else HOSTS, trouble)


async def test_every_route_is_a_row_and_hosts_come_below_theirs(dialog, desk):
    assert names(dialog) == ["OpenRouter", "AI/ML API"]
    assert "connected" in dialog.says.text()
    tell(desk)
    assert names(dialog) == [
        "OpenRouter",
        "OpenRouter · DeepInfra",
        "OpenRouter · <b>odd</b>",
        "AI/ML API",
    ]
    assert dialog.says.text() == ""


async def test_a_failure_is_said_and_the_routes_stay(dialog, desk):
    tell(desk, "The hosts are not known: it is away.")
    assert dialog.says.text() == "The hosts are not known: it is away."
    assert names(dialog) == ["OpenRouter", "AI/ML API"]


async def test_the_marked_route_is_chosen(dialog, desk, qtbot):
    dialog.table.setCurrentIndex(dialog.table.order.index(1, 0))
    with qtbot.waitSignal(dialog.chosen) as chosen:
        QTest.mouseClick(dialog.use, LEFT)
    assert chosen.args == ["aimlapi", "google/gemma-2-27b-it"]
    assert not dialog.isVisible()


async def test_one_host_can_be_chosen_where_it_has_a_name(dialog, desk, qtbot):
    assert not dialog.only.isEnabled()
    tell(desk)
    dialog.table.setCurrentIndex(dialog.table.order.index(2, 0))
    assert not dialog.only.isEnabled()
    dialog.table.setCurrentIndex(dialog.table.order.index(1, 0))
    with qtbot.waitSignal(dialog.host_chosen) as chosen:
        QTest.mouseClick(dialog.only, LEFT)
    assert chosen.args == [*GEMMA2, "deepinfra/bf16"]


async def test_every_fact_says_where_it_comes_from(dialog):
    assert "Price: bundled, stated" in dialog.facts.text()
    assert "Takes 8K of context" in dialog.facts.text()
    formats = {label.textFormat() for label in dialog.findChildren(QLabel)}
    assert formats == {Qt.TextFormat.PlainText}


async def test_the_marked_row_stays_marked_when_hosts_arrive(dialog, desk):
    dialog.table.setCurrentIndex(dialog.table.order.index(1, 0))
    tell(desk)
    assert dialog.current().provider == "AI/ML API"
