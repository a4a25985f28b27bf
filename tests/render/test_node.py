"""The one way to walk a tree."""

from hypothesis import given
from hypothesis import strategies as st

from app.render.node import children, mapped
from app.render.tree import Code, Item, Listing, Note, Paragraph, Quote, Rule, Run

LEAVES = st.sampled_from([Paragraph((Run("said"),)), Code("py", "x = 1"), Rule()])


def holders(inner):
    blocks = st.lists(inner, max_size=3).map(tuple)
    items = st.lists(st.builds(Item, blocks), max_size=3).map(tuple)
    return st.one_of(
        st.builds(Quote, blocks), st.builds(Note, st.just("1"), blocks), st.builds(Listing, items)
    )


BLOCKS = st.recursive(LEAVES, holders, max_leaves=8)


def all_of(node):
    yield node
    for child in children(node):
        yield from all_of(child)


def rebuilt(node, change):
    return change(mapped(node, lambda inner: rebuilt(inner, change)))


@given(BLOCKS)
def test_a_tree_in_which_nothing_changes_stays_itself(block):
    assert rebuilt(block, lambda node: node) is block


@given(BLOCKS)
def test_every_node_is_visited_and_rebuilt_at_its_place(block):
    shouted = rebuilt(block, lambda node: Code("py", "y") if isinstance(node, Code) else node)
    before, after = list(all_of(block)), list(all_of(shouted))
    assert len(before) == len(after)
    for one, other in zip(before, after, strict=True):
        assert type(one) is type(other)
        assert not isinstance(other, Code) or other.text == "y"


def test_what_is_dropped_is_gone_and_the_rest_stays():
    first, second = Item((Rule(),)), Item((Rule(), Rule()), True)
    (left,) = children(mapped(Listing((first, second)), lambda item: item.is_done and item))
    assert left is second


def test_a_numbered_list_goes_on_counting_where_its_first_entries_are_dropped():
    items = tuple(Item((Paragraph((Run(str(number)),)),)) for number in range(4, 8))
    listing = Listing(items, 4)
    assert mapped(listing, lambda item: item if item in items[2:] else None).start == 6
    assert mapped(listing, lambda item: item if item in items[:1] else None).start == 4
