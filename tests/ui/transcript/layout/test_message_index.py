"""Ids and indexes agree, whether a branch knows them or a list does."""

from dataclasses import replace

import pytest

from app.core.conversations.message_tree import MessageTree
from app.ui.transcript.layout.message_index import MessageIndex


@pytest.fixture(params=["list", "branch"])
def indexes(request, words):
    messages = words.many(4)
    if request.param == "list":
        return MessageIndex(messages)
    tree = MessageTree()
    for parent, message in zip([None, *messages], messages, strict=False):
        tree.add(replace(message, parent_id=parent.id if parent else None))
    return MessageIndex(tree.branch_to(messages[-1].id))


def test_each_has_its_index(indexes, words):
    ids = [message.id for message in words.many(4)]
    assert list(indexes) == ids
    assert [indexes[name] for name in ids] == [0, 1, 2, 3]
    assert (len(indexes), ids[2] in indexes, "other" in indexes) == (4, True, False)
    assert indexes.get("other") is None
    assert {ids[0], "other", ""} & indexes.keys() == {ids[0]}
    with pytest.raises(KeyError):
        indexes["other"]


def test_what_is_appended_comes_last(indexes):
    indexes.append("new")
    assert (indexes["new"], len(indexes), list(indexes)[-1]) == (4, 5, "new")


def test_nothing_is_in_an_empty_one():
    assert len(MessageIndex()) == 0
    assert "a" not in MessageIndex()
