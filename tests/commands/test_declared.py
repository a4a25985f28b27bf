import itertools
import re
import sys
from importlib.resources import files

import pytest

from app.commands import rooms
from app.commands.declared import COMMANDS, MENUS, declared, registry
from app.commands.rooms import composer

IDS = [command.id for command in COMMANDS]


def test_the_registry_holds_every_command_in_its_order():
    assert [command.id for command in registry().commands()] == IDS
    assert registry().command("view.palette").keys == ("Ctrl+K",)


def test_a_room_of_commands_is_there_when_its_file_is(tmp_path, monkeypatch):
    (tmp_path / "zoo.py").write_text(
        "from app.commands.command import Command\n"
        'PLACE = 3\nCOMMANDS = (Command("zoo.feed", "Feed"),)\n'
    )
    monkeypatch.setattr(rooms, "__path__", [*rooms.__path__, str(tmp_path)])
    ids = [command.id for command in declared()]
    del sys.modules[f"{rooms.__name__}.zoo"]
    first = ids.index("zoo.feed")
    assert ids[:first] + ids[first + 1 :] == IDS
    assert ids[first - 1] == composer.COMMANDS[-1].id


@pytest.mark.parametrize("command", COMMANDS, ids=IDS)
def test_a_command_says_what_it_is_for(command):
    assert re.fullmatch(r"[a-z]+\.[a-z_0-9]+", command.id)
    assert command.room == command.id.split(".")[0]
    assert command.title
    assert command.help.endswith(".")
    assert command.section
    assert command.menu is None or command.menu in MENUS


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.icon], ids=lambda c: c.id)
def test_the_icon_of_a_command_is_there(command):
    assert (files("resources") / "icons" / f"{command.icon}.svg").is_file()


def test_every_menu_has_entries_and_every_group_stands_together():
    for menu in MENUS:
        groups = [command.group for command in COMMANDS if command.menu == menu]
        assert groups
        assert len(set(groups)) == 1 + sum(
            1 for one, other in itertools.pairwise(groups) if one != other
        )
