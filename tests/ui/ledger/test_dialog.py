"""The window on costs, on the real window and services."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel

from app.core.conversations.conversation import Message, Provenance, Role
from app.core.costs.month import Month
from app.core.costs.usage import Cost, CostSource, Usage
from app.core.identity import new_id
from app.storage.costs.ledger import record

KEY = Qt.Key
EARLIER = datetime.now(UTC) - timedelta(days=90)


def spend(desk, amount, *, provider="openrouter", at=None, source=CostSource.REPORTED):
    """Notes the cost of an answer."""
    told = Provenance(
        provider,
        "google/gemma-2-27b-it",
        usage=Usage(10, 20),
        cost=Cost(Decimal(amount), source),
    )
    made = Message(
        new_id(), "c", None, Role.ASSISTANT, (), 1, at or datetime.now(UTC), provenance=told
    )
    desk.core.database.write(lambda writer: record(writer, made)).result()


@pytest.fixture
def costs(desk):
    """Opens the costs as the user does."""

    def look():
        desk.window.registry.run("application.ledger")
        return desk.dialogs.ledger

    return look


def cells(dialog, row):
    return [
        dialog.table.order.index(row, place).data()
        for place in range(dialog.table.order.columnCount())
    ]


async def test_a_month_is_shown_by_provider_and_model(desk, costs):
    spend(desk, "1.5")
    spend(desk, "0.25", source=CostSource.ESTIMATED)
    spend(desk, "2", provider="aimlapi", source=CostSource.CONFIRMED)
    dialog = costs()
    assert dialog.isVisible()
    assert cells(dialog, 0)[:3] == ["AI/ML API", "Gemma 2 27B", "1"]
    assert cells(dialog, 1)[6:9] == ["$1.50", "–", "about $0.25"]
    assert cells(dialog, 2)[0] == "All together"
    assert dialog.summary.text().endswith(
        "$3.50 billed ($2.00 of it confirmed later) · about $0.25 estimated"
    )


async def test_long_names_leave_the_amounts_in_view(desk, costs):
    spend(desk, "1.5", provider="a provider with a name that is far too long to be shown in full")
    spend(desk, "2", provider="aimlapi", source=CostSource.CONFIRMED)
    spend(desk, "0.25", source=CostSource.ESTIMATED)
    dialog = costs()
    dialog.resize(1060, 520)
    head = dialog.table.horizontalHeader()
    assert dialog.table.columnWidth(0) <= 190
    assert head.length() <= dialog.table.viewport().width()
    tips = {dialog.table.order.index(row, 0).data(Qt.ItemDataRole.ToolTipRole) for row in range(3)}
    assert "a provider with a name that is far too long to be shown in full" in tips


async def test_an_empty_month_says_so_and_offers_no_file(costs):
    dialog = costs()
    assert dialog.empty.isVisible()
    assert not dialog.table.isVisible()
    assert not dialog.save.isEnabled()


async def test_another_month_is_chosen_by_the_keyboard(desk, costs):
    spend(desk, "1")
    spend(desk, "7", at=EARLIER)
    dialog = costs()
    assert cells(dialog, 0)[6] == "$1.00"
    dialog.months.earlier.setFocus()
    QTest.keyClick(dialog.months.earlier, KEY.Key_Space)
    assert dialog.months.month == Month.of(EARLIER.astimezone())
    assert cells(dialog, 0)[6] == "$7.00"
    dialog.look()
    assert dialog.months.month == Month.of(EARLIER.astimezone())
    QTest.keyClick(dialog, KEY.Key_Escape)
    assert not dialog.isVisible()


async def test_an_answer_that_ends_meanwhile_is_counted(desk, costs):
    dialog = costs()
    await desk.asked("Hello")
    assert dialog.table.isVisible()
    assert cells(dialog, 0)[0] == "Practice"


async def test_a_month_is_saved_with_exact_figures(desk, costs, tmp_path):
    spend(desk, "0.00000000000000000001")
    dialog = costs()
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    chooser = dialog.findChild(QFileDialog, "save-costs")
    assert chooser.selectedFiles()[0].endswith(f"facet-costs-{dialog.months.month}.csv")
    chooser.fileSelected.emit(str(tmp_path / "costs.csv"))
    assert "0.00000000000000000001" in (tmp_path / "costs.csv").read_text()
    assert dialog.says.text().startswith("Written to ")
    chooser.fileSelected.emit(str(tmp_path / "no" / "costs.csv"))
    assert "could not be written" in dialog.says.text()
    chooser.close()


async def test_everything_has_a_name_and_no_text_is_markup(costs):
    dialog = costs()
    assert dialog.table.accessibleName()
    guessing = [
        label.text()
        for label in dialog.findChildren(QLabel)
        if label.textFormat() is not Qt.TextFormat.PlainText
    ]
    assert guessing == []


async def test_it_grows_with_the_text(desk, costs):
    spend(desk, "1")
    dialog = costs()
    row, letters = dialog.table.rowHeight(0), dialog.table.font().pixelSize()
    desk.services.settings.set("appearance.text_zoom", 2.0)
    assert dialog.table.rowHeight(0) == 2 * row
    assert dialog.table.font().pixelSize() == 2 * letters
