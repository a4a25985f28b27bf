"""The line above what the model can still read."""


def test_the_line_stands_above_the_first_message_that_is_read(view, words, theme):
    view.set_branch(words.many(6), {})
    view.verticalScrollBar().setValue(0)
    height, top = view.state.column.total, view.state.column.top(3)
    view.set_first_read("m3")
    assert view.state.column.top(3) == top
    room = view.state.column.total - height
    assert room > theme.px(20)
    view.set_first_read("m4")
    assert view.state.column.total == height + room
    view.set_first_read("")
    assert view.state.column.total == height


def test_what_is_read_stays_in_place_when_the_line_comes(view, words):
    view.set_branch(words.many(30), {})
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    view.jump.hide()
    before = view.viewport().grab().toImage()
    view.set_first_read("m2")
    view.jump.hide()
    assert view.viewport().grab().toImage() == before


def test_the_line_is_seen(view, words):
    view.set_branch(words.many(2), {})
    without = view.viewport().grab().toImage()
    view.set_first_read("m1")
    assert view.viewport().grab().toImage() != without
