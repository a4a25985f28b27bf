import dataclasses

import pytest

from app.commands.command import Command


def test_the_room_is_what_stands_before_the_dot():
    assert Command("message.stop", "Stop").room == "message"


def test_a_command_stays_what_it_was_declared_as():
    command = Command("message.stop", "Stop")
    with pytest.raises(dataclasses.FrozenInstanceError):
        command.title = "Go"
    assert command.menu is None
    assert command.keys == ()
