"""What is drawn: visible parts, selection and focus, in the theme's colours."""


def colours(view):
    image = view.viewport().grab().toImage()
    return {
        image.pixelColor(x, y).name()
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 3)
    }


def test_selection_and_bubble_have_the_themes_colours(view, words, theme):
    view.set_branch([words.question(), words.answer("a", "word " * 200)], {})
    assert theme.colours.bubble in colours(view)
    assert theme.colours.selection not in colours(view)
    view.actions_here.select_all()
    assert theme.colours.selection in colours(view)


def test_an_empty_view_is_only_background(view, theme):
    assert colours(view) == {theme.colours.background}
