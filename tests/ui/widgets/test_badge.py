"""What a route does with a dial, in a frame."""

from app.ui.widgets.badge import Badge


def test_it_says_explains_and_vanishes(qtbot, theme):
    badge = Badge(theme)
    qtbot.addWidget(badge)
    badge.say("ignored here", "This route does nothing with it.")
    assert badge.isVisible()
    assert badge.accessibleName() == "ignored here"
    assert badge.toolTip() == badge.accessibleDescription()
    badge.resize(badge.sizeHint())
    warned = badge.grab().toImage()
    badge.say("ignored here", "", "bad")
    assert badge.grab().toImage() != warned
    theme.choose("dark")
    badge.say("")
    assert not badge.isVisible()
    assert badge.text() == ""
