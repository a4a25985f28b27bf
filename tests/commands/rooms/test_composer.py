from app.commands.rooms.composer import COMMANDS


def test_attaching_and_choosing_a_model_have_their_keys():
    by_id = {command.id: command.keys for command in COMMANDS}
    assert by_id["composer.attach"] == ("Ctrl+Shift+A",)
    assert "Ctrl+Shift+M" in by_id["model.choose"]


def test_somebody_without_a_key_finds_something_to_ask():
    example = next(command for command in COMMANDS if command.id == "composer.example")
    assert example.menu == "Help"
    assert "no key" in example.help
