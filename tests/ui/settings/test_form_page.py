import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from app.core.errors import SettingError
from app.services.settings import SettingsService
from app.settings.definitions import SETTINGS
from app.settings.file import SettingsFile
from app.settings.setting import Choice, Flag, Setting, Text
from app.ui.settings.form_page import FormPage, Row

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def settings(tmp_path, qapp):
    return SettingsService(SettingsFile(tmp_path / "settings.json"))


@pytest.fixture
def page(qtbot, theme, settings):
    made = FormPage("Appearance", "How it looks.", settings, theme)
    qtbot.addWidget(made)
    return made


def test_every_setting_of_the_section_has_a_row(page):
    assert list(page.rows) == [k for k, s in SETTINGS.items() if s.section == "Appearance"]
    assert "Size of the text" in page.words


def test_it_says_where_its_values_are_kept(page, settings):
    assert page.kept.text() == f"Kept in {settings.path()}"


def test_what_is_chosen_applies_at_once_and_can_be_put_back(page, settings, qtbot):
    row = page.rows["appearance.theme"]
    assert row.reset.isHidden()
    qtbot.mouseClick(row.control.pills["dark"], LEFT)
    assert settings.value("appearance.theme") == "dark"
    qtbot.waitUntil(lambda: not row.reset.isHidden())
    qtbot.mouseClick(row.reset, LEFT)
    assert settings.value("appearance.theme") == "system"
    qtbot.waitUntil(row.control.pills["system"].isChecked)


def test_a_change_from_elsewhere_is_shown(page, settings, qtbot):
    settings.set("appearance.text_zoom", 1.5)
    row = page.rows["appearance.text_zoom"]
    qtbot.waitUntil(lambda: row.control.value.text() == "1.5")


def test_a_value_that_is_refused_says_why(qtbot, theme, settings, page, monkeypatch):
    def refuse(key, value):
        raise SettingError("Not a text of at most 3 letters.", "Shorten it.")

    setting = Setting("appearance.theme", Text(3), "abc", "Appearance", "Name", "A name.")
    row = Row(setting, settings, theme, page)
    qtbot.addWidget(row.control)
    qtbot.addWidget(row.error)
    monkeypatch.setattr(settings, "set", refuse)
    row.control.textEdited.emit("abcd")
    assert row.error.text() == "Not a text of at most 3 letters. Shorten it."
    assert not row.error.isHidden()
    monkeypatch.undo()
    settings.set("appearance.theme", "light")
    row.control.textEdited.emit("dark")
    assert row.error.isHidden()


@pytest.mark.parametrize(
    "section", sorted({s.section for s in SETTINGS.values() if isinstance(s.kind, Choice | Flag)})
)
def test_nothing_is_cut_off_however_narrow_the_window_is(qtbot, theme, settings, section):
    made = FormPage(section, "", settings, theme)
    qtbot.addWidget(made)
    made.resize(420, 500)
    made.show()
    qtbot.waitExposed(made)
    assert made.widget().width() == made.viewport().width()
    for row in made.rows.values():
        for button in row.control.findChildren(QAbstractButton):
            right = button.mapTo(made.widget(), button.rect().bottomRight()).x()
            assert right < made.viewport().width() - 16
            assert button.parentWidget().rect().contains(button.geometry())
