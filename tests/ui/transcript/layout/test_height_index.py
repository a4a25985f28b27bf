"""The Fenwick tree agrees with plain sums."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.transcript.layout.height_index import HeightIndex


@given(
    st.lists(st.integers(0, 500), max_size=30),
    st.lists(st.tuples(st.sampled_from("asp"), st.integers(0, 500), st.integers(0, 99))),
)
def test_sums_and_places(start, changes):
    heights, plain = HeightIndex(start), list(start)
    for kind, value, index in changes:
        if kind == "a":
            heights.append(value)
            plain.append(value)
        elif kind == "s" and plain:
            heights.set(index % len(plain), value)
            plain[index % len(plain)] = value
        elif kind == "p" and plain:
            heights.pop()
            plain.pop()
    assert heights.total == sum(plain)
    assert len(heights) == len(plain)
    assert [heights.top(i) for i in range(len(plain) + 1)] == [
        sum(plain[:i]) for i in range(len(plain) + 1)
    ]
    for y in range(0, sum(plain), 37):
        index = heights.find(y)
        assert sum(plain[:index]) <= y < sum(plain[: index + 1])


def test_places_outside():
    heights = HeightIndex([10, 20])
    assert heights.find(-5) == 0
    assert heights.find(1000) == 1
    with pytest.raises(ValueError, match="nothing"):
        HeightIndex().find(0)


def test_set_says_by_how_much():
    heights = HeightIndex([10])
    assert heights.set(0, 25) == 15
    assert heights.set(0, 25) == 0
