from app.core.conversations.message_tree import SiblingPlace
from tests.ui.transcript.driver import footer_of


def titles(foot, style):
    return [region.title for region in foot.regions(style) if "sibling" in region.command]


def test_the_arrows_say_what_the_other_branches_hold(view, words):
    view.resize(700, 500)
    view.set_branch([words.question(), words.answer()], {"q": SiblingPlace(2, 2, 4)})
    foot = footer_of(view, 0)
    assert titles(foot, view.state.style) == [
        "Earlier question · 4 later messages in the other",
        "Later question · 4 later messages in the other",
    ]


def test_the_note_stands_beside_the_count_where_there_is_room(view, words):
    view.resize(700, 500)
    answer = words.answer()
    view.set_branch([words.question(), answer], {"a": SiblingPlace(1, 3, 7)})
    assert footer_of(view, 1)._branch_note(view.state.style) == "7 later messages in the others"
    view.resize(330, 500)
    assert footer_of(view, 1)._branch_note(view.state.style) == ""
