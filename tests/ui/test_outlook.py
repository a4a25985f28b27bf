from PySide6.QtTest import QTest


async def test_the_forecast_follows_what_is_typed(desk):
    composer = desk.window.view.composer
    before = composer.left.text()
    due = desk.window.view.outlook._timer.timeout
    await desk.until(due, QTest.keyClicks, composer.field, "A rather long question")
    assert composer.left.text() != before


async def test_a_search_and_a_limit_count(desk):
    conversations = desk.services.conversations
    conversations.choices.choose_model("empiriolabs", "gemma-3-27b")
    composer = desk.window.view.composer
    assert composer.cost.text() == "about $0.0040"
    conversations.choices.set_parameters({"web_search": True})
    assert composer.cost.text() == "about $0.017"
