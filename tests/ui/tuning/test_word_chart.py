"""The live picture."""

import pytest

from app.ui.tuning.word_chart import LastAnswer, WordPicture, practice_reshaped


@pytest.fixture
def picture(qtbot, theme):
    made = WordPicture(theme)
    qtbot.addWidget(made)
    made.resize(303, made.sizeHint().height())
    made.is_animated = False
    return made


def test_the_real_formula_shapes_ten_words():
    flat = practice_reshaped({"temperature": 2.0})
    steep = practice_reshaped({"temperature": 0.2})
    assert len(flat) == 10
    assert sum(share for _, share in flat) == pytest.approx(1)
    assert steep[0][1] > flat[0][1]


def test_bars_follow_the_values(picture):
    picture.show_parameters({})
    first = picture.grab().toImage()
    picture.show_parameters({"temperature": 0.3, "top_k": 3})
    assert sum(share > 0 for _, share in picture.words()) == 3
    assert picture.grab().toImage() != first
    assert "%" in picture.accessibleDescription()


def test_the_same_values_change_nothing(picture):
    picture.show_parameters({"temperature": 0.5})
    said = picture.toolTip()
    picture.show_parameters({"temperature": 0.5})
    assert picture.toolTip() == said
    assert picture.minimumSizeHint() == picture.sizeHint()


def test_before_any_values_nothing_is_drawn(picture):
    assert picture.words() == []
    blank = picture.grab().toImage()
    picture.show_parameters({})
    assert picture.grab().toImage() != blank


def test_bars_move_to_where_they_belong(qtbot, picture):
    picture.is_animated = True
    picture.show()
    picture.show_parameters({"temperature": 0.3})
    picture.show_parameters({"temperature": 1.8})
    moving = picture.grab().toImage()
    picture.is_animated = False
    still = WordPicture(picture._theme)
    qtbot.addWidget(still)
    still.resize(picture.size())
    still.show_parameters({"temperature": 1.8})
    final = still.grab().toImage()
    assert moving != final
    qtbot.waitUntil(lambda: picture.grab().toImage() == final)


def test_the_words_of_the_last_answer_take_the_place_of_the_example(qtbot, theme):
    picture = WordPicture(theme)
    qtbot.addWidget(picture)
    picture.show_parameters({})
    example = picture.words()
    place = LastAnswer("The <b>sky</b>", [(" is", -0.7), ("\n", -1.4), (" " * 3, -9.0)])
    picture.show_place(place)
    assert [word for word, _ in picture.words()] == ["is", "⏎", "␣"]
    assert "after “…The &lt;b&gt;sky" in picture.toolTip()
    picture.show_parameters({"temperature": 0})
    assert picture.words()[0] == ("is", 1.0)
    picture.grab()
    picture.show_place(None)
    picture.show_parameters({})
    assert picture.words() == example
