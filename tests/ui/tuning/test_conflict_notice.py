from app.ui.tuning.conflict_notice import ConflictNotice


def test_it_is_there_only_while_there_is_something_to_say(qtbot, theme):
    quarrel = ConflictNotice(theme)
    qtbot.addWidget(quarrel)
    assert quarrel.isHidden()
    quarrel.say(["Variety and Word pool pull on the same rope."])
    assert not quarrel.isHidden()
    assert quarrel.text() == "Variety and Word pool pull on the same rope."
    quarrel.say([])
    assert quarrel.isHidden()
