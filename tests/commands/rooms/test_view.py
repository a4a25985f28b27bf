from app.commands.rooms.view import COMMANDS


def test_panels_search_and_zoom_have_their_keys():
    by_id = {command.id: command.keys for command in COMMANDS}
    assert by_id["view.palette"] == ("Ctrl+K",)
    assert by_id["view.search"] == ("Ctrl+Shift+F",)
    assert by_id["view.sidebar"] == ("Ctrl+B",)
    assert by_id["view.tuning"] == ("Ctrl+Shift+B",)
    assert by_id["view.zoom_in"] == ("Ctrl++", "Ctrl+=")
    assert by_id["view.zoom_reset"] == ("Ctrl+0",)


def test_what_can_be_on_or_off_shows_it():
    checkable = {command.id for command in COMMANDS if command.is_checkable}
    assert {"view.sidebar", "view.tuning", "view.menu_bar", "view.theme_dark"} <= checkable
    assert "view.zoom_in" not in checkable


def test_there_is_a_command_for_every_theme():
    from app.settings.definitions import SETTINGS

    offered = {c.id.removeprefix("view.theme_") for c in COMMANDS if "theme" in c.id}
    assert offered == set(SETTINGS["appearance.theme"].kind.options)
