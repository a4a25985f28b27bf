"""A branch of any length makes only the sheets that are asked for."""

from dataclasses import replace

import pytest

from app.core.conversations.conversation import Role
from app.core.conversations.message_tree import MessageTree
from app.ui.transcript.layout.lazy_layouts import LazyLayouts
from app.ui.transcript.layout.message import MessageLayout
from app.ui.transcript.painting.style import Style
from tests.core.outlined import Outlined


@pytest.fixture
def style(theme):
    return Style(theme)


@pytest.fixture
def make(style):
    def made(message, place):
        made.count += 1
        return MessageLayout(message, place, style)

    made.count = 0
    return made


def test_only_what_is_asked_for_is_made_and_only_once(words, make):
    layouts = LazyLayouts()
    branch = words.many(50)
    layouts.show(branch, {branch[3].id: (2, 4)}, make)
    assert (len(layouts), make.count, list(layouts.made())) == (50, 0, [])
    assert layouts[3] is layouts[3]
    assert layouts[3].foot.place[:2] == (2, 4)
    assert layouts[-1].message is branch[-1]
    assert [layout.foot.place[:2] for layout in layouts[4:6]] == [(1, 1), (1, 1)]
    assert make.count == 4
    assert list(layouts.made()) == [layouts[3], layouts[4], layouts[5], layouts[49]]


def test_all_can_be_gone_through(words, make):
    layouts = LazyLayouts()
    branch = words.many(5)
    layouts.show(branch, {}, make)
    assert [layout.message for layout in layouts] == branch


def test_the_same_conversation_keeps_its_sheets_with_what_is_new_of_them(words, make):
    layouts = LazyLayouts()
    branch = words.many(6)
    layouts.show(branch, {}, make)
    kept, changed = layouts[1], layouts[3]
    newer = words.answer(branch[3].id, "Other words")
    is_alike = layouts.show([*branch[:3], newer], {branch[1].id: (1, 2)}, make)
    assert is_alike
    assert (layouts[1], layouts[3]) == (kept, changed)
    assert (kept.foot.place[:2], changed.message) == ((1, 2), newer)
    assert len(list(layouts.made())) == 2


def test_another_conversation_keeps_none(words, make):
    from dataclasses import replace

    layouts = LazyLayouts()
    branch = words.many(4)
    layouts.show(branch, {}, make)
    first = layouts[0]
    assert not layouts.show([replace(m, conversation_id="other") for m in branch], {}, make)
    assert list(layouts.made()) == []
    assert layouts[0] is not first
    assert not layouts.show([], {}, make)


def test_an_appended_and_a_replaced_sheet(words, make, style):
    layouts = LazyLayouts()
    layouts.show(words.many(2), {}, make)
    added = MessageLayout(words.question("new", "More"), (1, 1), style)
    layouts.append(added)
    assert layouts[2] is added
    other = MessageLayout(words.question("new", "Less"), (1, 1), style)
    layouts[2] = other
    assert layouts[2] is other


def test_likely_heights_are_those_the_sheets_would_guess(words, make, style):
    layouts = LazyLayouts()
    branch = [words.question("q", "word " * 200), words.answer("a", "line\n" * 9 + "word " * 300)]
    layouts.show(branch, {}, make)
    likely = list(layouts.likely_heights(640, style))
    assert make.count == 0
    assert likely == [layouts[0].guess(640), layouts[1].guess(640)]
    assert branch[0].role is Role.USER
    layouts[1].settle(640)
    assert list(layouts.likely_heights(640, style))[1] == layouts[1].height


def test_heights_of_a_branch_are_told_without_its_messages(words, make, style):
    branch = [words.question("q", "word " * 200), words.answer("a", "word " * 300)]
    outline = Outlined([branch[0], replace(branch[1], parent_id="q")])
    tree = MessageTree(outline)
    tree.add(replace(words.question("n", "New"), parent_id="a"))
    layouts = LazyLayouts()
    layouts.show(tree.branch_to("n"), {}, make)
    layouts.append(MessageLayout(words.answer("m", "line\n" * 4), (1, 1), style))
    likely = layouts.likely_heights(640, style)
    assert make.count == 0
    assert outline.asked == []
    # Line breaks are not counted there: one is taken for each hundred letters.
    breaks = [1000 // 100, 1500 // 100, 0, 0]
    assert likely == [
        layout.guess(640) + extra * style.line_height
        for layout, extra in zip(layouts, breaks, strict=True)
    ]


def test_a_message_can_be_asked_for_without_its_sheet(words, make):
    layouts = LazyLayouts()
    branch = words.many(3)
    layouts.show(branch, {}, make)
    assert layouts.peek(1) == (branch[1], None)
    assert make.count == 0
    made = layouts[1]
    other = words.answer("m1", "Another")
    made.set_message(other)
    assert layouts.peek(1) == (other, made)
