from app.ui.tools.examples import ARGUMENTS
from app.ui.tools.tool_dialog import ToolDialog


async def test_a_tool_is_made(desk):
    tools = desk.services.tools
    dialog = ToolDialog(tools, desk.theme, None, desk.window)
    assert not dialog.save.isEnabled()
    assert dialog.trouble.text() == ""
    dialog.name.setText("get weather")
    assert "letters without accents" in dialog.trouble.text()
    assert not dialog.save.isEnabled()
    dialog.name.setText("get_weather")
    dialog.about.setText("Tells the weather")
    assert dialog.save.isEnabled()
    dialog.editor.text.setPlainText("{")
    dialog.editor.check()
    assert not dialog.save.isEnabled()
    dialog.editor.set_schema(ARGUMENTS["One text"])
    dialog.save.click()
    (tool,) = tools.tools()
    assert (tool.name, tool.description) == ("get_weather", "Tells the weather")
    assert tool.schema == ARGUMENTS["One text"]
    await desk.settled()


async def test_a_tool_is_changed_and_no_name_is_taken_twice(desk):
    tools = desk.services.tools
    tools.save("one", "1", {"type": "object"})
    two = tools.save("two", "2", {"type": "object"})
    dialog = ToolDialog(tools, desk.theme, two, desk.window)
    assert dialog.save.isEnabled()
    dialog.name.setText("one")
    assert "already" in dialog.trouble.text()
    assert not dialog.save.isEnabled()
    dialog.name.setText("second")
    dialog.save.click()
    assert [tool.name for tool in tools.tools()] == ["one", "second"]
    await desk.settled()


async def test_a_mistake_seen_too_late_saves_nothing(desk):
    dialog = ToolDialog(desk.services.tools, desk.theme, None, desk.window)
    dialog.name.setText("get_weather")
    dialog.editor.text.setPlainText("{")
    dialog.save.click()
    assert desk.services.tools.tools() == []
    assert not dialog.save.isEnabled()
