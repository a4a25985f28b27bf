from app.commands.rooms.conversation import COMMANDS


def test_making_and_deleting_have_the_keys_people_know():
    by_id = {command.id: command.keys for command in COMMANDS}
    assert by_id["conversation.new"] == ("Ctrl+N", "Ctrl+Shift+O")
    assert by_id["conversation.delete"] == ("Ctrl+Shift+Backspace",)
    assert by_id["conversation.next"] == ("Ctrl+Tab",)


def test_the_first_nine_are_a_key_away():
    numbered = [c for c in COMMANDS if c.id.startswith("conversation.open_")]
    assert [c.keys for c in numbered] == [(f"Ctrl+{n}",) for n in range(1, 10)]
    assert {c.menu for c in numbered} == {None}


def test_what_is_deleted_can_be_brought_back():
    assert "conversation.restore" in {command.id for command in COMMANDS}
