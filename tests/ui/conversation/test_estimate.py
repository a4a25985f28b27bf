from PySide6.QtTest import QTest

from app.services.costs.forecast import Calibration, message_tokens
from tests.ui.transcript.driver import first_read_of


async def test_the_forecast_follows_what_is_typed(desk):
    composer = desk.window.view.composer
    before = composer.left.text()
    due = desk.window.view.estimate._timer.timeout
    await desk.until(due, QTest.keyClicks, composer.field, "A rather long question")
    assert composer.left.text() != before


async def test_a_search_and_a_limit_count(desk):
    conversations = desk.services.conversations
    conversations.choices.choose_model("empiriolabs", "gemma-3-27b")
    composer = desk.window.view.composer
    assert composer.cost.text() == "about $0.0040"
    conversations.choices.set_parameters({"web_search": True})
    assert composer.cost.text() == "about $0.017"


async def test_the_forecast_learns_how_a_model_counts(desk, monkeypatch):
    composer, estimate = desk.window.view.composer, desk.window.view.estimate
    composer.set_draft("A question " * 40, [])
    estimate.show()
    assert composer.left.text().startswith("about 110 ")
    assert "After a few answers" in composer.cost.toolTip()
    calibration = desk.services.calibration
    monkeypatch.setattr(calibration, "of_route", lambda *_: Calibration(1.5, 9))
    estimate.show()
    assert composer.left.text().startswith("about 165 ")
    assert "times 1.50" in composer.left.toolTip()


async def test_a_line_says_from_where_on_the_model_can_read(desk, monkeypatch):
    view = desk.window.view
    for number in range(3):
        await desk.asked(f"What does temperature do, number {number}?")
    assert first_read_of(view.transcript) == []
    calibration, current = desk.services.calibration, desk.services.conversations.current
    said = sum(message_tokens(message) for message in desk.services.conversations.branch())
    reads = desk.services.models.model(current.provider_id, current.model_id).context
    monkeypatch.setattr(calibration, "of_route", lambda *_: Calibration(1.5 * reads / said, 9))
    view.estimate.show()
    assert len(first_read_of(view.transcript)) == 1
    assert first_read_of(view.transcript) != [0]
    desk.services.conversations.new()
    view.estimate.show()
    assert first_read_of(view.transcript) == []


async def test_a_pause_that_ends_behind_the_services_asks_nothing_more(desk):
    estimate, composer = desk.window.view.estimate, desk.window.view.composer
    before = composer.left.text()
    QTest.keyClicks(composer.field, "A rather long question")
    await desk.services.close()
    desk.core.database.close()
    estimate._timer.timeout.emit()
    assert composer.left.text() == before
