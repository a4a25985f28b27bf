"""Values on sliders."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.tuning.scale import Scale

EVEN = Scale(0, 2, 0.05)
TOKENS = Scale(16, 32768, 64, is_log=True)
SHORTLIST = Scale(0, 100, 1, is_log=True)


@pytest.mark.parametrize("scale", [EVEN, TOKENS, SHORTLIST, Scale(-2, 2, 0.05)])
def test_the_ends_are_the_ends(scale):
    assert scale.value(0) == scale.minimum
    assert scale.value(1) == scale.maximum
    assert scale.position(scale.minimum) == 0
    assert scale.position(scale.maximum) == 1
    assert scale.position(scale.maximum * 9) == 1
    assert scale.position(scale.minimum - 5) == 0


@given(st.floats(0, 1), st.sampled_from([EVEN, TOKENS, SHORTLIST]))
def test_a_value_is_its_own_neighbour(position, scale):
    value = scale.value(position)
    assert scale.minimum <= value <= scale.maximum
    assert scale.snapped(value) == pytest.approx(value)


def test_even_steps_are_exact():
    assert EVEN.value(0.45) == 0.9
    assert EVEN.stepped(0.9, 1) == 0.95
    assert EVEN.stepped(0.9, -10) == 0.4
    assert EVEN.stepped(2, 3) == 2
    assert EVEN.decimals == 2


def test_doubling_scales_step_with_the_value():
    assert TOKENS.stepped(1024, 1) == 1152
    assert TOKENS.stepped(1024, -1) == 960
    assert TOKENS.stepped(32768, 1) == 32768
    assert SHORTLIST.stepped(0, 1) == 1
    assert SHORTLIST.stepped(1, -1) == 0
    assert SHORTLIST.stepped(0, -1) == 0


@given(st.integers(1, 60))
def test_steps_never_stand_still_before_the_end(count):
    value = TOKENS.minimum
    for _ in range(count):
        further = TOKENS.stepped(value, 1)
        assert further > value or further == TOKENS.maximum
        value = further


def test_a_scale_without_room_has_one_place():
    assert Scale(1, 1, 1).position(1) == 0
