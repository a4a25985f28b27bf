"""One more provider file is all it takes: settings and picker show what it says."""

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.providers.catalogue.catalogue import Catalogue
from app.ui.picker.picker import ModelPicker
from app.ui.settings.providers_page import ProvidersPage


@pytest.fixture(autouse=True)
def one_more_file(request, tmp_path_factory, monkeypatch):
    root, folder = request.config.rootpath, tmp_path_factory.mktemp("providers")
    for source in (root / "resources" / "providers", root / "tests" / "data" / "providers"):
        shutil.copytree(source, folder, dirs_exist_ok=True)
    monkeypatch.setattr(Catalogue, "bundled", lambda: Catalogue.in_folder(folder))


async def test_the_settings_have_a_card_for_it(desk, qtbot):
    page = ProvidersPage(desk.services, desk.theme)
    qtbot.addWidget(page)
    page.show()
    await desk.settled()
    card = page.cards["lighthouse"]
    assert list(page.cards).index("lighthouse") < list(page.cards).index("openrouter")
    said = {label.text() for label in card.findChildren(QLabel)}
    assert {"Lighthouse", "Shines at a price.", "Made up."} <= said
    assert card.field.placeholderText() == "lh-…"
    assert card.sign_in is not None


async def test_the_picker_offers_its_model(desk, qtbot):
    QTest.mouseClick(desk.window.view.header.model_button, Qt.MouseButton.LeftButton)
    (picker,) = [widget for widget in QApplication.topLevelWidgets() if type(widget) is ModelPicker]
    qtbot.waitUntil(picker.isVisible)
    routes = [picker.model.index(row, 0) for row in range(picker.model.rowCount())]
    found = [picker.model.row_at(index) for index in routes]
    offered = [row.model for row in found if getattr(row, "model", None) is not None]
    (model,) = [model for model in offered if model.key == "lighthouse/beam-1"]
    assert model.name == "Beam One"
    picker.close()
