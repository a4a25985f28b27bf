import pytest

from app.commands.command import Command
from app.commands.registry import Registry

NEW = Command("conversation.new", "New conversation", ("Ctrl+N",))
STOP = Command("message.stop", "Stop", ("Esc",))


def test_a_command_runs_what_it_is_bound_to_with_its_arguments():
    registry = Registry([NEW])
    said = []
    registry.bind("conversation.new", lambda *values: said.append(values))
    assert registry.run("conversation.new")
    assert registry.run("conversation.new", "a", 2)
    assert said == [(), ("a", 2)]


def test_what_cannot_be_done_now_is_not_done():
    registry = Registry([NEW, STOP])
    said = []
    registry.bind("message.stop", lambda: said.append(1), lambda: False)
    assert not registry.run("message.stop")
    assert not registry.run("conversation.new")
    assert said == []


def test_a_second_binding_takes_the_place_of_the_first_with_its_tests():
    registry = Registry([NEW])
    registry.bind("conversation.new", lambda: None, lambda: False, lambda: True)
    assert registry.is_checked("conversation.new")
    registry.bind("conversation.new", lambda: None)
    assert registry.is_enabled("conversation.new")
    assert not registry.is_checked("conversation.new")


def test_it_knows_what_nothing_is_bound_to():
    registry = Registry([NEW, STOP])
    registry.bind("message.stop", lambda: None)
    assert registry.unbound() == ["conversation.new"]
    assert "message.stop" in registry
    assert "message.fly" not in registry


@pytest.mark.parametrize("name", ["run", "bind", "command"])
def test_an_unknown_id_is_a_mistake(name):
    registry = Registry([NEW])
    arguments = ("message.fly", lambda: None) if name == "bind" else ("message.fly",)
    with pytest.raises(KeyError):
        getattr(registry, name)(*arguments)


def test_an_id_is_declared_once():
    with pytest.raises(ValueError, match="declared twice"):
        Registry([NEW, NEW])


def test_a_key_belongs_to_one_command():
    with pytest.raises(ValueError, match=r"Ctrl\+N is claimed"):
        Registry([NEW, Command("message.retry", "Ask again", ("Ctrl+N",))])


def test_a_command_may_say_itself_what_it_does():
    """The services are whatever it asks for: a command is one entry in one file."""
    light = Command(
        "view.light",
        "Light",
        is_checkable=True,
        does=lambda services: services.append("light"),
        can=lambda services: len(services) < 1,
        is_on=lambda services: "light" in services,
    )
    registry, services = Registry([light, STOP]), []
    registry.serve(services)
    assert not registry.is_checked("view.light")
    assert registry.run("view.light")
    assert services == ["light"]
    assert registry.is_checked("view.light")
    assert not registry.run("view.light")
    assert registry.unbound() == ["message.stop"]
