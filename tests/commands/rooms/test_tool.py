from app.commands.rooms.tool import COMMANDS


def test_answering_and_declining_stand_in_the_menu_of_messages():
    menus = {command.id: command.menu for command in COMMANDS}
    assert menus["tool.answer"] == menus["tool.decline"] == "Message"
    assert menus["tool.list"] == "File"
    assert all(command.help for command in COMMANDS)
