from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.attachment import Attachment
from app.core.conversation import (
    AttachmentPart,
    Message,
    MessageTree,
    Provenance,
    ReasoningPart,
    Role,
    TextPart,
    Timing,
    title_from,
)
from app.core.usage import Usage

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def message(id_, parent=None, sequence=0, *parts):
    return Message(id_, "c", parent, Role.USER, parts, sequence, NOW)


def tree(*pairs):
    """A tree from (id, parent) pairs in the order they were written."""
    return MessageTree(message(id_, parent, at) for at, (id_, parent) in enumerate(pairs, start=1))


def ids(branch):
    return [found.id for found in branch]


FORK = (("q", None), ("a1", "q"), ("a2", "q"), ("r", "a1"))


def test_a_message_reads_its_parts_by_kind():
    picture = Attachment("00", "cat.png", "image/png", 9)
    said = message("m", None, 1, ReasoningPart("hm"), TextPart("Hello"), TextPart(" you"))
    assert (said.text, said.reasoning, said.attachments) == ("Hello you", "hm", ())
    assert message("m", None, 1, AttachmentPart(picture)).attachments == (picture,)


@pytest.mark.parametrize(
    ("first", "total", "tokens", "speed"),
    [
        (1.0, 3.0, 100, 50.0),
        (None, 3.0, 100, None),
        (1.0, None, 100, None),
        (1.0, 3.0, None, None),
        (1.0, 3.0, 0, None),
        (1.0, 1.01, 100, None),
    ],
)
def test_speed_counts_after_the_first_word_and_is_unknown_when_unclear(first, total, tokens, speed):
    found = Provenance("p", "m", usage=Usage(5, tokens), timing=Timing(first, total))
    assert found.tokens_per_second == speed


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


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("", "New conversation"),
        (" \n\n", "New conversation"),
        ("###\n- \nWhat is a token?", "What is a token?"),
        ("# Plan\nmore", "Plan"),
        ("> `quoted`", "quoted`"),
        ("a" * 60, "a" * 60),
        ("a" * 61, "a" * 60 + "…"),
        ("one two three four", "one two three four"),
        ("x" * 50 + " " + "y" * 9 + " z", "x" * 50 + " " + "y" * 9 + "…"),
        ("x" * 50 + " " + "y" * 20, "x" * 50 + "…"),
        ("ab " + "y" * 80, "ab " + "y" * 57 + "…"),
    ],
)
def test_a_title_is_the_first_line_cut_at_a_word(text, title):
    assert title_from(text) == title


@given(st.text(), st.integers(4, 80))
def test_a_title_is_one_short_line(text, limit):
    title = title_from(text, limit)
    assert title
    assert len(title.splitlines()) == 1
    assert len(title) <= max(limit + 1, len("New conversation"))


def test_the_branch_is_true_after_every_change():
    first, second = message("a"), message("b", "a")
    subject = MessageTree([first, second])
    assert subject.branch_to("b") == [first, second]
    subject.branch_to("b").clear()
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
    assert subject.places() == {"b": (1, 2), "c": (2, 2)}
