from app.ui.settings.tools_page import ToolsPage
from app.ui.tools.tool_dialog import ToolDialog

CITY = {"type": "object", "properties": {"city": {"type": "string"}}}


async def test_tools_are_listed_removed_and_brought_back(desk):
    tools = desk.services.tools
    page = ToolsPage(desk.services, desk.theme)
    assert page.cards == []
    tools.save("one", "First", CITY)
    tools.save("two", "", {"type": "object"})
    assert [card.tool.name for card in page.cards] == ["one", "two"]
    page.cards[0].remove.click()
    assert [card.tool.name for card in page.cards] == ["two"]
    assert page.gone.text() == "one is removed."
    page.undo.click()
    assert [card.tool.name for card in page.cards] == ["one", "two"]
    assert not page.undo.isVisibleTo(page)
    page.cards[0].remove.click()
    desk.window.registry.run("tool.restore")
    assert [card.tool.name for card in page.cards] == ["one", "two"]
    await desk.settled()


async def test_new_and_edit_open_the_window_of_a_tool(desk):
    desk.services.tools.save("one", "First", CITY)
    page = ToolsPage(desk.services, desk.theme)
    page.new.click()
    page.cards[0].edit.click()
    names = [dialog.name.text() for dialog in page.findChildren(ToolDialog)]
    assert names == ["", "one"]
    await desk.settled()


async def test_the_command_turns_to_the_page(desk):
    desk.window.registry.run("tool.list")
    settings = desk.dialogs.settings
    assert settings.stack.currentWidget().name == "tools"
