from app.commands.rooms.message import COMMANDS


def test_stopping_asking_again_and_copying_have_their_keys():
    by_id = {command.id: command.keys for command in COMMANDS}
    assert by_id["message.stop"] == ("Esc",)
    assert by_id["message.retry"] == ("Ctrl+R",)
    assert by_id["message.copy_answer"] == ("Ctrl+Shift+C",)


def test_messages_are_walked_with_alt_and_the_arrows():
    walks = {key for command in COMMANDS for key in command.keys if key.startswith("Alt+")}
    assert walks == {"Alt+Up", "Alt+Down", "Alt+Left", "Alt+Right"}


def test_nothing_here_deletes_a_message():
    assert not [command.id for command in COMMANDS if "delete" in command.id]


def test_what_the_menu_of_a_message_offers_is_declared_for_menus_and_keys_too():
    by_id = {command.id: command for command in COMMANDS}
    for command_id in ("message.copy_markdown", "message.details", "message.as_text"):
        assert by_id[command_id].menu == "Message"
    assert by_id["message.copy_markdown"].keys == ("Ctrl+M",)
    assert by_id["link.open"].keys == ("Ctrl+Shift+L",)
    assert by_id["link.copy_address"].menu == "Message"
