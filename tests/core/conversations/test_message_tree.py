"""The tree of messages agrees with a plain walk by parents, however it was made."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.conversations.conversation import Message, Role, TextPart
from app.core.conversations.message_tree import MessageTree
from tests.core.outlined import Outlined

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def message(id_, parent=None, sequence=0, *parts):
    return Message(id_, "c", parent, Role.USER, parts, sequence, NOW)


def tree(*pairs):
    """A tree from (id, parent) pairs in the order they were written."""
    return MessageTree(message(id_, parent, at) for at, (id_, parent) in enumerate(pairs, start=1))


def ids(branch):
    return [found.id for found in branch]


FORK = (("q", None), ("a1", "q"), ("a2", "q"), ("r", "a1"))


def test_a_branch_runs_from_root_to_leaf():
    found = tree(*FORK)
    assert ids(found.branch_to("r")) == ["q", "a1", "r"]
    assert ids(found.branch_to("a2")) == ["q", "a2"]
    assert found.branch_to(None) == []
    assert found.branch_to("unknown") == []


def test_siblings_come_oldest_first_with_the_message_among_them():
    found = tree(*FORK)
    assert found.siblings("a2") == ["a1", "a2"]
    assert found.siblings("q") == ["q"]
    with pytest.raises(KeyError):
        found.siblings("unknown")


def test_children_of_none_are_the_roots():
    found = tree(*FORK, ("q2", None))
    assert found.children(None) == ["q", "q2"]
    assert found.children("q") == ["a1", "a2"]
    assert found.children("r") == found.children("unknown") == []


def test_what_is_handed_out_can_be_changed_without_harm():
    found = tree(*FORK)
    found.siblings("a1").clear()
    found.children("q").clear()
    assert found.children("q") == ["a1", "a2"]


def test_the_leaf_below_follows_the_newest_child():
    found = tree(*FORK)
    assert found.leaf_below("q") == "a2"
    assert found.leaf_below("a1") == "r"
    assert found.leaf_below("r") == "r"


def test_order_is_by_sequence_not_by_arrival():
    found = MessageTree([message("b", "q", 3), message("a", "q", 2), message("q", None, 1)])
    assert found.children("q") == ["a", "b"]
    assert found.newest_leaf() == "b"
    assert found.next_sequence() == 4


def test_an_empty_tree_has_nothing_and_starts_at_one():
    found = MessageTree()
    assert len(found) == 0
    assert found.newest_leaf() is None
    assert found.next_sequence() == 1


def test_adding_replacing_and_asking():
    found = MessageTree()
    found.add(message("q", None, 1))
    found.add(message("a", "q", 2))
    assert "a" in found
    assert "b" not in found
    assert len(found) == 2
    found.replace(message("a", "q", 2, TextPart("done")))
    assert found.message("a").text == "done"
    found.add(message("a", "q", 2, TextPart("again")))
    assert found.children("q") == ["a"]
    assert found.message("a").text == "again"
    with pytest.raises(KeyError):
        found.replace(message("b", "q", 3))
    with pytest.raises(KeyError):
        found.message("b")


def test_a_message_without_its_parent_shows_as_a_root():
    found = tree(("a", "lost"), ("b", "a"))
    assert found.children(None) == ["a"]
    assert ids(found.branch_to("b")) == ["a", "b"]


def test_messages_that_name_each_other_as_parent_end_in_a_root():
    found = tree(("a", "b"), ("b", "a"), ("self", "self"))
    assert found.children(None) == ["a", "self"]
    assert ids(found.branch_to("b")) == ["a", "b"]
    assert found.leaf_below("a") == "b"
    assert found.leaf_below("self") == "self"


def test_a_parent_that_comes_late_does_not_move_what_is_there():
    found = MessageTree([message("a", "late", 1)])
    found.add(message("late", None, 2))
    assert found.siblings("a") == ["a", "late"]
    assert ids(found.branch_to("a")) == ["a"]


@st.composite
def any_messages(draw):
    """Messages whose parents may be anything: earlier, later, missing, themselves."""
    count = draw(st.integers(1, 12))
    names = [f"m{at}" for at in range(count)]
    parents = st.one_of(st.none(), st.sampled_from([*names, "lost"]))
    order = draw(st.permutations(names))
    return [message(name, draw(parents), at) for at, name in enumerate(order)]


@given(any_messages())
def test_every_message_is_reached_whatever_the_damage(messages):
    found = MessageTree(messages)
    reached, waiting = [], found.children(None)
    while waiting:
        current = waiting.pop()
        reached.append(current)
        waiting += found.children(current)
    assert sorted(reached) == sorted(ids(messages))


@given(any_messages())
def test_walks_agree_with_each_other(messages):
    found = MessageTree(messages)
    for item in messages:
        branch = ids(found.branch_to(item.id))
        assert branch[-1] == item.id
        assert branch[0] in found.children(None)
        for parent, child in pairwise(branch):
            assert child in found.children(parent)
        assert item.id in found.siblings(item.id)
        leaf = found.leaf_below(item.id)
        assert found.children(leaf) == []
        assert item.id in ids(found.branch_to(leaf))


@given(any_messages())
def test_adding_one_by_one_is_the_same_as_all_at_once(messages):
    grown = MessageTree()
    for item in sorted(messages, key=lambda item: item.sequence):
        grown.add(replace(item))
    at_once = MessageTree(messages)
    assert [grown.children(name) for name in [None, *ids(messages)]] == [
        at_once.children(name) for name in [None, *ids(messages)]
    ]


def test_the_branch_is_true_after_every_change():
    first, second = message("a"), message("b", "a")
    subject = MessageTree([first, second])
    assert subject.branch_to("b") == [first, second]
    newer = replace(first, parts=(TextPart("Other"),))
    subject.replace(newer)
    assert subject.branch_to("b") == [newer, second]
    third = message("c", "b")
    subject.add(third)
    assert subject.branch_to("c") == [newer, second, third]
    assert subject.branch_to("b") == [newer, second]
    assert subject.branch_to(None) == subject.branch_to("unknown") == []


def test_places_name_only_those_with_siblings():
    subject = MessageTree([message("a"), message("b", "a"), message("c", "a"), message("d", "c")])
    assert subject.places() == {"b": (1, 2, 1), "c": (2, 2, 0)}


def plain_branch(messages, leaf):
    """Walks by parents; a parent that does not come before is none."""
    order = [item.id for item in messages]
    by_id = {item.id: item for item in messages}
    branch, current = [], leaf
    while current is not None:
        branch.append(current)
        parent = by_id[current].parent_id
        is_before = parent in by_id and order.index(parent) < order.index(current)
        current = parent if is_before else None
    return branch[::-1]


@given(any_messages())
def test_an_outline_makes_the_same_tree_as_its_messages(messages):
    messages = sorted(messages, key=lambda item: item.sequence)
    outline = Outlined(messages)
    kept, plain = MessageTree(outline), MessageTree(messages)
    for name in ids(messages):
        assert kept.branch_to(name).ids == plain_branch(messages, name)
        assert plain.branch_to(name).ids == plain_branch(messages, name)
        assert kept.siblings(name) == plain.siblings(name)
        assert kept.children(name) == plain.children(name)
        assert kept.leaf_below(name) == plain.leaf_below(name)
    assert kept.places() == plain.places()
    assert kept.newest_leaf() == plain.newest_leaf()
    assert kept.next_sequence() == plain.next_sequence()
    assert outline.asked == []


@given(any_messages(), any_messages())
def test_an_outline_grows_like_its_messages(first, more):
    first = sorted(first, key=lambda item: item.sequence)
    kept, plain = MessageTree(Outlined(first)), MessageTree(first)
    for item in more:
        parent = item.parent_id if item.parent_id in {"lost", None} else f"n{item.parent_id}"
        for parent_id in (parent, first[-1].id):
            added = replace(item, id=f"n{item.id}{parent_id}", parent_id=parent_id, sequence=90)
            kept.add(added)
            plain.add(added)
    for name in plain.branch_to(plain.newest_leaf()).ids + ids(first):
        assert kept.branch_to(name).ids == plain.branch_to(name).ids
        assert kept.siblings(name) == plain.siblings(name)
        assert kept.leaf_below(name) == plain.leaf_below(name)
    assert kept.next_sequence() == 91


def test_every_id_is_found_however_many_are_asked_for():
    found = MessageTree(Outlined([message(f"m{at}", f"m{at - 1}", at) for at in range(9)]))
    found.add(message("new", "m3", 10))
    names = ["m0", "lost", "m4", "new", "m8", None, "m3", "m4"] * 2
    assert [name in found for name in names] == [name not in {"lost", None} for name in names]
    found.add(message("newer", "new", 11))
    assert found.branch_to("newer").ids == ["m0", "m1", "m2", "m3", "new", "newer"]
    with pytest.raises(KeyError):
        found.siblings("lost")


def test_a_message_of_an_outline_is_made_once_and_only_when_it_is_asked_for():
    outline = Outlined([message(f"m{at}", f"m{at - 1}", at) for at in range(50)])
    found = MessageTree(outline)
    branch = found.branch_to("m49")
    assert (len(branch), len(found), branch.ids[-1]) == (50, 50, "m49")
    assert outline.asked == []
    assert branch[7] is found.message("m7")
    assert outline.asked == [7]
    newer = replace(branch[7], parts=(TextPart("Other"),))
    found.replace(newer)
    assert branch[7] is found.message("m7") is newer
    assert outline.asked == [7]


def length_after(subject, name):
    """Messages below one on its newest branch, counted by walking."""
    leaf = subject.leaf_below(name)
    branch = subject.branch_to(leaf).ids
    return len(branch) - branch.index(name) - 1


@given(any_messages())
def test_a_place_counts_what_follows_on_the_other_branches(messages):
    subject = MessageTree(sorted(messages, key=lambda item: item.sequence))
    for name, place in subject.places().items():
        others = [other for other in subject.siblings(name) if other != name]
        assert place.later == sum(length_after(subject, other) for other in others)


def test_the_note_of_a_place_says_where_the_later_messages_are():
    subject = MessageTree(
        [message("a"), message("b", "a"), message("c", "b"), message("d", "c"), message("e", "a")]
    )
    places = subject.places()
    assert places["e"].note == "2 later messages in the other"
    assert places["b"].note == ""
    subject.add(message("f", "e"))
    subject.add(message("g", "a"))
    assert subject.places()["b"].note == "1 later message in the others"
    assert subject.places()["g"].note == "3 later messages in the others"
