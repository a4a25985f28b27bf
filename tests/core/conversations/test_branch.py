"""A branch tells ids, places and sizes without its messages."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.core.conversations.attachment import Attachment
from app.core.conversations.branch import NOWHERE, Held
from app.core.conversations.conversation import AttachmentPart, Message, Role, TextPart
from app.core.conversations.message_tree import MessageTree
from tests.core.outlined import Outlined

NOW = datetime(2026, 11, 21, tzinfo=UTC)
PICTURE = AttachmentPart(Attachment("00", "cat.png", "image/png", 9))


def said(name, parent, sequence, text="", role=Role.USER, *more):
    return Message(name, "c", parent, role, (TextPart(text), *more), sequence, NOW)


QUESTION = said("q", None, 1, "Grüße")
FIRST = said("a", "q", 2, "One", Role.ASSISTANT)
SECOND = said("b", "q", 3, "Second", Role.ASSISTANT)
LOOK = said("l", "b", 4, "Look", Role.USER, PICTURE)
ALL = [QUESTION, FIRST, SECOND, LOOK]


@pytest.fixture
def outline():
    return Outlined(ALL, holding={3: 1})


@pytest.fixture
def tree(outline):
    return MessageTree(outline)


def test_ids_and_places_need_no_message(tree, outline):
    branch = tree.branch_to("l")
    assert branch.ids == ["q", "b", "l"]
    assert [branch.find(name) for name in ("q", "a", "b", "l", "x")] == [0, None, 1, 2, None]
    straight = tree.branch_to("a")
    assert [straight.find(name) for name in ("q", "a", "b", "x")] == [0, 1, None, None]
    assert outline.asked == []


def test_a_branch_of_a_later_root_counts_from_its_own_beginning(tree):
    tree.add(said("r", None, 5))
    tree.add(said("s", "r", 6))
    branch = tree.branch_to("s")
    assert [branch.find(name) for name in ("r", "s", "q")] == [0, 1, None]
    assert branch.ids == ["r", "s"]
    assert branch.lengths() == ([], [])


def test_it_reads_like_a_list(tree):
    branch = tree.branch_to("l")
    assert branch == [QUESTION, SECOND, LOOK]
    assert branch == tree.branch_to("l")
    assert branch != [QUESTION]
    assert branch != "qbl"
    assert (branch[-1], branch[1:], len(branch)) == (LOOK, [SECOND, LOOK], 3)
    assert list(reversed(branch)) == [LOOK, SECOND, QUESTION]
    assert not tree.branch_to(None)
    with pytest.raises(IndexError):
        branch[3]


def test_sizes_are_told_of_what_is_known_from_the_first_on(tree, outline):
    tree.add(said("n", "l", 5, "New"))
    assert tree.branch_to("n").lengths() == (
        [Role.USER, Role.ASSISTANT, Role.USER],
        [5, 6, 4],
    )
    assert tree.branch_to("a").lengths() == ([Role.USER, Role.ASSISTANT], [5, 3])
    assert outline.asked == []


def test_every_message_is_either_unread_or_told(tree, outline):
    tree.add(said("n", "l", 5, "New"))
    assert list(tree.branch_to("n").unread()) == [(5, 7), (6, 6)]
    assert [message.id for message in tree.branch_to("n").told()] == ["l", "n"]
    assert outline.asked == [3]
    tree.replace(replace(SECOND, parts=()))
    assert list(tree.branch_to("n").unread()) == [(5, 7)]
    assert [message.id for message in tree.branch_to("n").told()] == ["b", "l", "n"]
    assert list(tree.branch_to("a").unread()) == [(5, 7), (3, 3)]
    assert tree.branch_to("a").told() == []


def test_without_an_outline_all_is_told():
    branch = MessageTree(ALL).branch_to("l")
    assert branch.lengths() == ([], [])
    assert list(branch.unread()) == []
    assert branch.told() == [QUESTION, SECOND, LOOK]
    assert branch.with_files() == [LOOK]


def test_files_are_found_where_they_are(tree, outline):
    assert tree.branch_to("a").with_files() == []
    assert tree.branch_to("l").with_files() == [LOOK]
    assert outline.asked == [3]
    tree.add(said("n", "l", 5, "Another", Role.USER, PICTURE))
    tree.add(said("m", "n", 6, "None"))
    assert [message.id for message in tree.branch_to("m").with_files()] == ["l", "n"]


def test_what_is_held_is_found_by_place(outline):
    held = Held()
    assert held.find("q") == held.find(None) == NOWHERE
    held.take(outline)
    assert (held.find("b"), held.find(None), held.at(2)) == (2, NOWHERE, SECOND)
    assert [held.find(name) for name in ("q", "a", "b", "l", "x")] == [0, 1, 2, 3, NOWHERE]
    assert held.add(said("n", "l", 5)) == held.place("n") == 4
    with pytest.raises(KeyError):
        held.place("x")
