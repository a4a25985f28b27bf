from app.commands.rooms.find import COMMANDS

BY_ID = {command.id: command for command in COMMANDS}


def test_the_keys_are_those_of_other_programs():
    assert BY_ID["find.open"].keys == ("Ctrl+F",)
    assert BY_ID["find.next"].keys == ("F3", "Ctrl+G")
    assert BY_ID["find.previous"].keys == ("Shift+F3", "Ctrl+Shift+G")


def test_closing_has_no_key_of_its_own():
    """Escape stops an answer; in the bar it closes the bar, without being a shortcut."""
    assert BY_ID["find.close"].keys == ()


def test_they_stand_together_in_one_menu():
    assert {(command.menu, command.group) for command in COMMANDS} == {("Edit", 2)}
