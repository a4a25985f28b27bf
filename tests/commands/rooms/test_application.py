from app.commands.rooms.application import COMMANDS


def test_settings_shortcuts_and_the_end_have_their_keys():
    by_id = {command.id: command.keys for command in COMMANDS}
    assert by_id["application.settings"] == ("Ctrl+,",)
    assert set(by_id["application.shortcuts"]) == {"F1", "Ctrl+/"}
    assert by_id["application.quit"] == ("Ctrl+Q",)


def test_help_is_in_the_help_menu():
    helping = {command.id for command in COMMANDS if command.menu == "Help"}
    assert helping == {"application.manual", "application.shortcuts", "application.about"}
