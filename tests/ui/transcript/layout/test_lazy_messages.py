"""A branch of any length makes only the sheets that are asked for."""

from dataclasses import replace

import pytest

from app.core.conversations.conversation import Role
from app.core.conversations.message_tree import MessageTree
from app.ui.transcript.layout.lazy_messages import Sheets
from app.ui.transcript.layout.message import Sheet
from app.ui.transcript.painting.style import Style
from tests.core.outlined import Outlined


@pytest.fixture
def style(theme):
    return Style(theme)


@pytest.fixture
def make(style):
    def made(message, place):
        made.count += 1
        return Sheet(message, place, style)

    made.count = 0
    return made


def test_only_what_is_asked_for_is_made_and_only_once(words, make):
    sheets = Sheets()
    branch = words.many(50)
    sheets.show(branch, {branch[3].id: (2, 4)}, make)
    assert (len(sheets), make.count, list(sheets.made())) == (50, 0, [])
    assert sheets[3] is sheets[3]
    assert sheets[3].foot.place == (2, 4)
    assert sheets[-1].message is branch[-1]
    assert [sheet.foot.place for sheet in sheets[4:6]] == [(1, 1), (1, 1)]
    assert make.count == 4
    assert list(sheets.made()) == [sheets[3], sheets[4], sheets[5], sheets[49]]


def test_all_can_be_gone_through(words, make):
    sheets = Sheets()
    branch = words.many(5)
    sheets.show(branch, {}, make)
    assert [sheet.message for sheet in sheets] == branch


def test_the_same_conversation_keeps_its_sheets_with_what_is_new_of_them(words, make):
    sheets = Sheets()
    branch = words.many(6)
    sheets.show(branch, {}, make)
    kept, changed = sheets[1], sheets[3]
    newer = words.answer(branch[3].id, "Other words")
    is_alike = sheets.show([*branch[:3], newer], {branch[1].id: (1, 2)}, make)
    assert is_alike
    assert (sheets[1], sheets[3]) == (kept, changed)
    assert (kept.foot.place, changed.message) == ((1, 2), newer)
    assert len(list(sheets.made())) == 2


def test_another_conversation_keeps_none(words, make):
    from dataclasses import replace

    sheets = Sheets()
    branch = words.many(4)
    sheets.show(branch, {}, make)
    first = sheets[0]
    assert not sheets.show([replace(m, conversation_id="other") for m in branch], {}, make)
    assert list(sheets.made()) == []
    assert sheets[0] is not first
    assert not sheets.show([], {}, make)


def test_an_appended_and_a_replaced_sheet(words, make, style):
    sheets = Sheets()
    sheets.show(words.many(2), {}, make)
    added = Sheet(words.question("new", "More"), (1, 1), style)
    sheets.append(added)
    assert sheets[2] is added
    other = Sheet(words.question("new", "Less"), (1, 1), style)
    sheets[2] = other
    assert sheets[2] is other


def test_likely_heights_are_those_the_sheets_would_guess(words, make, style):
    sheets = Sheets()
    branch = [words.question("q", "word " * 200), words.answer("a", "line\n" * 9 + "word " * 300)]
    sheets.show(branch, {}, make)
    likely = list(sheets.likely_heights(640, style))
    assert make.count == 0
    assert likely == [sheets[0].guess(640), sheets[1].guess(640)]
    assert branch[0].role is Role.USER
    sheets[1].settle(640)
    assert list(sheets.likely_heights(640, style))[1] == sheets[1].height


def test_heights_of_a_branch_are_told_without_its_messages(words, make, style):
    branch = [words.question("q", "word " * 200), words.answer("a", "word " * 300)]
    outline = Outlined([branch[0], replace(branch[1], parent_id="q")])
    tree = MessageTree(outline)
    tree.add(replace(words.question("n", "New"), parent_id="a"))
    sheets = Sheets()
    sheets.show(tree.branch_to("n"), {}, make)
    sheets.append(Sheet(words.answer("m", "line\n" * 4), (1, 1), style))
    likely = sheets.likely_heights(640, style)
    assert make.count == 0
    assert outline.asked == []
    # Line breaks are not counted there: one is taken for each hundred letters.
    breaks = [1000 // 100, 1500 // 100, 0, 0]
    assert likely == [
        sheet.guess(640) + extra * style.line_height
        for sheet, extra in zip(sheets, breaks, strict=True)
    ]


def test_a_message_can_be_asked_for_without_its_sheet(words, make):
    sheets = Sheets()
    branch = words.many(3)
    sheets.show(branch, {}, make)
    assert sheets.peek(1) == (branch[1], None)
    assert make.count == 0
    made = sheets[1]
    other = words.answer("m1", "Another")
    made.set_message(other)
    assert sheets.peek(1) == (other, made)
