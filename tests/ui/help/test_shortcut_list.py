from PySide6.QtTest import QTest

from app.commands.declared import registry
from app.ui.help.shortcut_list import ShortcutList


def _shown(listing):
    rows = []
    for number in range(listing.tree.topLevelItemCount()):
        section = listing.tree.topLevelItem(number)
        rows += [
            (section.child(i).text(0), section.child(i).text(1))
            for i in range(section.childCount())
            if not section.child(i).isHidden()
        ]
    return dict(rows)


def test_every_key_is_listed_with_its_aliases(qtbot, theme):
    listing = ShortcutList(registry(), theme)
    qtbot.addWidget(listing)
    rows = _shown(listing)
    assert rows["New conversation"] == "Ctrl+N  or  Ctrl+Shift+O"
    assert rows["Open conversation 1 … 9 of the list"] == "Ctrl+1  …  Ctrl+9"
    assert rows["New line"] == "Shift+Enter"
    assert "Choose a model" in rows
    assert not any(title.startswith("Open conversation 4") for title in rows)


def test_typing_narrows_it_down_by_name_or_key(qtbot, theme):
    listing = ShortcutList(registry(), theme)
    qtbot.addWidget(listing)
    QTest.keyClicks(listing.filter, "ctrl+shift+f")
    assert list(_shown(listing)) == ["Search all conversations"]
    listing.filter.clear()
    assert len(_shown(listing)) > 20


def test_it_follows_the_theme(qtbot, theme):
    listing = ShortcutList(registry(), theme)
    qtbot.addWidget(listing)
    theme.choose("dark")
    assert listing.tree.topLevelItem(0).foreground(0).color() == theme.colour("muted")
