"""What is drawn, in the theme's colours; the same picture however it came about."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QRegion

from app.core.conversations.conversation import MessageState
from app.ui.transcript.blocks.formula_object import EM
from app.ui.transcript.layout import message
from app.ui.transcript.view import TranscriptView
from tests.ui.transcript.driver import item_in, layout_of, left_of, made_layouts


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
    view.state.select_all()
    assert theme.colours.selection in colours(view)


def test_an_empty_view_is_only_background(view, theme):
    assert colours(view) == {theme.colours.background}


TECHNICAL = """# Tides

Water rises **twice** a day, *roughly*, see [the notes](https://example.org/notes) and `height()`.

- one
  - two, with code:

    ```python
    def height(hour: float) -> float:
        return 2.1 + 1.4 * cos(hour)  # metres
    ```

  - three ~~not~~
- [x] done

1. first
2. second

> A quote
>
> > in a quote

| hour | height | note |
|:-----|-------:|:----:|
| 1 | 2.10 m | *rising* |
| 2 | 3.05 m | `high` |

```sql
SELECT harbour, max(height) FROM tide GROUP BY harbour; -- once
```

\u6c34\u306f\u4e00\u65e5\u306b\u4e8c\u56de\u4e0a\u304c\u308b\u3002**\u6ce8\u610f\uff1a**\u6df1\u3044\u3002

\u05d4\u05de\u05d9\u05dd \u05e2\u05d5\u05dc\u05d9\u05dd \u05d1\u05d9\u05d5\u05dd.

---

The end \U0001f30a.
"""
LOOKS = [(name, ratio) for name in ("light", "dark", "contrast") for ratio in (1, 2)]


def drawn(view, ratio, tiles=((0, 0, 10_000, 10_000),)):
    """The viewport drawn at a device pixel ratio, tile by tile."""
    port = view.viewport()
    image = QImage(port.size() * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.magenta)
    for tile in tiles:
        part = QRect(*tile).intersected(port.rect())
        port.render(image, part.topLeft(), QRegion(part))
    return image


def places(view):
    bar = view.verticalScrollBar()
    return range(0, bar.maximum() + 1, max(1, bar.maximum() // 3))


@pytest.mark.parametrize(("name", "ratio"), LOOKS)
def test_drawn_in_parts_it_is_the_same_picture(view, words, theme, name, ratio):
    theme.choose(name)
    view.set_branch([words.question(), words.answer("a", TECHNICAL)], {})
    for value in places(view):
        view.verticalScrollBar().setValue(value)
        whole = drawn(view, ratio)
        width, height = view.viewport().width(), view.viewport().height()
        tiles = [(x, y, 137, 61) for x in range(0, width, 137) for y in range(0, height, 61)]
        assert drawn(view, ratio, tiles) == whole


@pytest.mark.parametrize(("name", "ratio"), LOOKS)
def test_streamed_and_opened_are_the_same_picture(view, words, theme, qtbot, name, ratio):
    theme.choose(name)
    view.set_branch([words.question(), words.answer("a", "", MessageState.WRITING)], {})
    for at in range(0, len(TECHNICAL), 5):
        view.add_text("a", TECHNICAL[at : at + 5])
        view.take_arrived()
    view.replace(words.answer("a", TECHNICAL))
    other = TranscriptView(theme)
    qtbot.addWidget(other)
    other.resize(view.size())
    other.show()
    other.set_branch([words.question(), words.answer("a", TECHNICAL)], {})
    other.verticalScrollBar().setValue(0)
    for value in places(other):
        for each in (view, other):
            each.verticalScrollBar().setValue(value)
        assert view.verticalScrollBar().value() == other.verticalScrollBar().value()
        assert drawn(view, ratio) == drawn(other, ratio)


WIDE = " + ".join(f"c_{{{n}}} t^{{{n}}}" for n in range(40))
FORMULAS = f"""The height is $h(t) = \\frac{{a}}{{b}} \\cos t$, so **bold $x^2$** and \\(y_1\\).

$$
\\int_0^1 \\sqrt{{t}} \\, dt = \\frac{{2}}{{3}}
$$

- in a list $\\sum_{{k=1}}^n k$
  $$\\begin{{pmatrix}} 1 & 2 \\\\ 3 & 4 \\end{{pmatrix}}$$
  and on

| name | value |
|---|---|
| $\\alpha$ | $\\frac{{1}}{{2}}$ |

Wide \\[ {WIDE} \\] and the end $\\foo{{$.
"""


@pytest.mark.parametrize(("name", "ratio"), [("light", 1), ("dark", 2)])
def test_with_formulas_streamed_and_opened_are_the_same(view, words, theme, qtbot, name, ratio):
    theme.choose(name)
    view.set_branch([words.question(), words.answer("a", "", MessageState.WRITING)], {})
    for at in range(0, len(FORMULAS), 7):
        view.add_text("a", FORMULAS[at : at + 7])
        view.take_arrived()
        if not at % 70:
            qtbot.wait(1)
    view.replace(words.answer("a", FORMULAS))
    other = TranscriptView(theme)
    qtbot.addWidget(other)
    other.resize(view.size())
    other.show()
    other.set_branch([words.question(), words.answer("a", FORMULAS)], {})
    other.verticalScrollBar().setValue(0)
    for value in places(other):
        for each in (view, other):
            each.verticalScrollBar().setValue(value)
        for each in (view, other):
            qtbot.waitUntil(lambda each=each: not is_waiting(each), timeout=8_000)
        assert view.verticalScrollBar().value() == other.verticalScrollBar().value()
        assert drawn(view, ratio) == drawn(other, ratio)


def is_waiting(view):
    """Whether a formula in view is not drawn yet."""
    return any(row.is_waiting for layout in made_layouts(view) for row in layout.rows)


@pytest.mark.parametrize("ratio", [1, 2])
def test_scrolled_there_and_drawn_there_are_the_same_picture(view, words, ratio):
    view.set_branch(words.many(30), {})
    view.position.bring(14, at_top=True)
    there = drawn(view, ratio)
    for value in (0, 700, 1501, view.verticalScrollBar().maximum()):
        view.verticalScrollBar().setValue(value)
    view.position.bring(14, at_top=True)
    assert drawn(view, ratio) == there


def test_high_contrast_outlines_questions_and_underlines_links(view, words, theme):
    view.set_branch([words.question(), words.answer(text="[there](https://example.com)")], {})

    def look():
        layout = layout_of(view, 1)
        block = item_in(layout).document.begin()
        picture = view.viewport().grab().toImage()
        lines = sum(
            picture.pixelColor(x, 32 + view.state.column.top(0)) == theme.colour("line")
            for x in range(picture.width() // 2, picture.width())
        )
        return block.begin().fragment().charFormat().fontUnderline(), lines

    is_underlined, _ = look()
    assert not is_underlined
    theme.choose("contrast")
    is_underlined, lines = look()
    assert is_underlined
    assert lines >= 2


def ink(image, x):
    """How many rows of a column are not background."""
    ground = image.pixel(0, 0)
    return sum(image.pixel(x, y) != ground for y in range(image.height()))


def test_the_point_of_a_number_stands_on_the_side_of_its_text(view, words):
    view.set_branch([words.answer("a", "8. \u05e8\u05d0\u05e9\u05d5\u05df")], {})
    right = left_of(view) + view.state.column.width
    image = drawn(view, 1).copy(right - 22, layout_of(view).body_top, 22, 40)
    last = max(x for x in range(image.width()) if ink(image, x))
    assert ink(image, last) > 3


def test_the_buttons_of_a_message_go_with_the_keyboard(view, words, qtbot):
    view.set_branch([words.question(), words.answer()], {})
    before = view.viewport().grab().toImage()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    view.focus_message(1)
    assert view.viewport().grab().toImage() != before
    view.clearFocus()
    assert view.viewport().grab().toImage() == before


def test_a_fraction_in_the_last_line_is_drawn_whole(view, words, qtbot):
    view.set_branch([words.answer("a", "$\\frac{p}{(b)}$")], {})
    qtbot.waitUntil(lambda: not is_waiting(view))
    layout = layout_of(view)
    (item,) = layout.rows[0].items
    (outline,) = item.document.outlines
    em = view.state.style.text_font.pixelSize() * EM
    line = item.document.begin().layout().lineAt(0)
    top = view.state.column.top(0) + layout.body_top + line.y() - 1
    lowest = top + line.ascent() + outline.descent * em
    left = left_of(view)
    image = drawn(view, 1).copy(left, 0, 30, round(lowest) + 3)
    ground = image.pixel(0, 0)
    rows = [{image.pixel(x, y) for x in range(30)} for y in range(image.height())]
    found = [y for y, colours in enumerate(rows) if colours != {ground}]
    assert abs(max(found) + 1 - lowest) <= 1


def test_an_error_while_painting_does_not_stop_the_next_picture(view, words, monkeypatch):
    view.set_branch([words.answer("a", "Hello")], {})
    whole = view.viewport().grab().toImage()
    with monkeypatch.context() as broken:
        broken.setattr(message, "paint_rows", lambda *_: 1 / 0)
        # While the error is shown, it holds on to what was painted with.
        with pytest.raises(ZeroDivisionError) as shown:
            view.viewport().repaint()
    view.viewport().repaint()
    assert view.viewport().grab().toImage() == whole
    del shown
