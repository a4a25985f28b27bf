import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.ui.settings.dialect_row import EXPLAINED, TITLES, DialectRow

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def make_row(desk, qtbot):
    def make(provider_id):
        row = DialectRow(provider_id, desk.services.models, desk.theme)
        qtbot.addWidget(row)
        return row

    return make


async def test_it_says_the_dialect_and_opens_to_the_choice(make_row, desk):
    row = make_row("empiriolabs")
    assert row.open.text() == "Speaks Chat Completions"
    assert row.choice.isHidden()
    QTest.mouseClick(row.open, LEFT)
    assert not row.choice.isHidden()
    assert list(row.choice.pills) == ["chat", "responses", "messages"]
    assert row.choice.pills["chat"].isChecked()
    QTest.mouseClick(row.choice.pills["messages"], LEFT)
    assert desk.services.models.profile("empiriolabs").dialect == "messages"
    assert row.open.text() == "Speaks Messages"
    assert row.says.text() == EXPLAINED["messages"]
    assert make_row("empiriolabs").open.text() == "Speaks Messages"


async def test_every_dialect_that_can_be_chosen_is_in_view(make_row):
    row = make_row("empiriolabs")
    row.resize(540, row.sizeHint().height())
    row.show()
    row.open.click()
    row.resize(540, row.sizeHint().height())
    row.layout().activate()
    for pill in row.choice.pills.values():
        assert row.choice.rect().contains(pill.geometry())


@pytest.mark.parametrize("provider_id", ["practice", "aimlapi"])
async def test_where_there_is_one_dialect_there_is_nothing_to_choose(make_row, provider_id):
    assert make_row(provider_id).isHidden()


async def test_every_dialect_has_a_title_and_a_line_of_its_own():
    assert TITLES.keys() == EXPLAINED.keys() == {"chat", "responses", "messages"}
    assert all(0 < len(line) < 90 for line in EXPLAINED.values())
