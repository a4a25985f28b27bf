"""The foot of what tools answered."""

from dataclasses import replace

from app.core.conversations.conversation import Role, ToolResultPart
from app.ui.transcript.painting.style import Style
from app.ui.transcript.sections.bare_foot import BareFoot, foot_of
from app.ui.transcript.sections.footer import Foot
from tests.ui.transcript.driver import layout_of


def test_only_results_have_a_bare_foot(words, theme):
    result = replace(words.question(), role=Role.TOOL, parts=(ToolResultPart("c", "8"),))
    assert type(foot_of(words.answer(), (1, 1))) is Foot
    foot = foot_of(result, (1, 2))
    assert type(foot) is BareFoot
    foot.layout(600, Style(theme))
    assert 0 < foot.height < 12
    assert foot.regions(Style(theme)) == []


def test_a_branch_with_results_is_drawn(view, words):
    result = replace(words.question("r"), role=Role.TOOL, parts=(ToolResultPart("c", "8"),))
    view.set_branch([words.question(), result, words.answer()], {})
    view.grab()
    assert layout_of(view, 1).height > 40
