"""A block of code on its own."""

import pytest

from app.render.tree import Code
from app.ui.transcript.blocks.code import CodeItem
from app.ui.transcript.blocks.leaf import Leaf
from app.ui.transcript.blocks.letter_positions import across
from app.ui.transcript.painting.style import Style


@pytest.fixture
def make(theme):
    def made(text, language="python", **more):
        item = CodeItem(Style(theme), Leaf(Code(language, text)), **more)
        item.layout(600)
        return item

    return made


def formats(item):
    found, block = [], item.document.begin()
    while block.isValid():
        spans = block.layout().formats()
        found.append([(s.start, s.length, s.format.foreground().color().name()) for s in spans])
        block = block.next()
    return found


def test_growing_ends_like_whole(make):
    text = 'def f(x):\n    """Doc\n    more."""\n    return "😀" + str(1)\n' * 30
    growing = make(text[:5])
    for end in range(5, len(text), 11):
        assert growing.grow(text[:end], is_cut=False, is_complete=False)
    assert growing.grow(text, is_cut=False, is_complete=True)
    growing.layout(600)
    whole = make(text)
    assert growing.document.toPlainText() == whole.document.toPlainText()
    assert formats(growing) == formats(whole)
    assert growing.height == whole.height


@pytest.mark.parametrize("is_wrapped", [False, True])
def test_a_tab_goes_to_every_fourth_letter(make, is_wrapped):
    item = make("\tx\nab\tx\n    x")
    item.set_wrapped(is_wrapped)
    item.layout(600)
    lines = [item.document.findBlockByNumber(n).layout().lineAt(0) for n in range(3)]
    places = [across(line, at) for line, at in zip(lines, (1, 3, 4), strict=True)]
    assert max(places) - min(places) < 0.5


def test_it_cannot_grow_into_something_else(make):
    assert not make("abc").grow("xyz", is_cut=False, is_complete=False)


def test_hidden_characters_are_shown_and_left_out(make):
    item = make("a\u202eb\x1b:c")
    assert item.document.toPlainText() == "a[U+202E]b\u241b:c"
    assert item.copy_text() == "ab:c"
    assert item.hidden == 2
    assert make("plain").hidden == 0


def test_one_endless_line_is_broken_for_the_eye_only(make):
    item = make("x" * 9000)
    assert item.document.blockCount() == 5
    assert item.copy_text() == "x" * 9000
    assert item.text_between(0, item.last_position()) == "x" * 9000


def test_parts_of_long_code_join_without_header_or_gap(make):
    first, middle, last = (
        make("x", is_cut=True),
        make("y", is_continued=True, is_cut=True),
        make("z", is_continued=True),
    )
    assert middle.regions() == []
    assert middle.gap == last.gap == 0
    whole = make("x\ny\nz")
    assert first.height + middle.height + last.height == whole.height


def test_wrapping_breaks_long_lines(make):
    item = make("word " * 100)
    assert item.state.room > 0
    tall = item.height
    item.set_wrapped(True)
    item.layout(600)
    assert item.height > tall
    assert item.state.room == 0
    assert [region.title for region in item.regions()] == ["Copy", "Save as…", "Unwrap"]


def test_long_code_shows_its_first_lines_and_a_button(make):
    text = "\n".join(f"line {n}" for n in range(60))
    item = make(text)
    tall = item.height
    item.state.lines[0] = 60
    item.layout(600)
    assert item.height < tall / 2
    fold = item.regions()[-1]
    assert (fold.command, fold.title) == ("code.fold", "Show all 60 lines")
    item.state.is_unfolded = True
    item.layout(600)
    assert item.height == tall
    assert [region.title for region in item.regions()][-1] == "Fold"


def test_what_is_looked_for_is_brought_into_view(make):
    text = "\n".join(f"line {n}" for n in range(60)) + "\n" + "wide " * 100 + "end"
    item = make(text)
    item.state.lines[0] = 61
    item.layout(600)
    last = item.last_position()
    assert not item.reveal(0, 4)
    assert item.reveal(last - 3, last)
    item.layout(600)
    assert item.scroll > 0
    assert not item.reveal(0, 4)
    assert item.scroll == 0


def test_a_stretch_of_code_is_exact(make):
    item = make("if x:\n\ty\u00a0= 1  \n\nz")
    assert item.text_between(6, 15) == "\ty\u00a0= 1  \n"


def test_a_narrow_block_shortens_the_name_of_its_language(make):
    item = make("x", "a-very-long-language-name-indeed")
    item.layout(190)
    left = min(region.rect.left() for region in item.regions())
    assert left > 0


@pytest.mark.parametrize("zoom", [1, 3])
@pytest.mark.parametrize("width", [120, 300])
def test_the_buttons_of_a_narrow_block_stay_inside(make, theme, zoom, width):
    theme.zoom(zoom)
    item = make("x")
    item.layout(width)
    buttons = [region for region in item.regions() if region.is_action]
    assert [button.title for button in buttons] == ["Copy", "Save as…", "Wrap"]
    assert all(0 <= b.rect.left() < b.rect.right() <= width for b in buttons)
