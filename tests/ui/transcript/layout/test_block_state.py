"""The state of a block."""

from app.ui.transcript.layout.block_state import LONG_CODE, BlockState, RowStates


def test_only_long_code_is_folded_and_all_parts_count():
    state = BlockState()
    state.lines[0] = LONG_CODE
    assert not state.is_folded
    state.lines[1] = 1
    assert state.is_folded
    state.is_unfolded = True
    assert state.is_long
    assert not state.is_folded


def test_the_widest_part_says_how_far_a_block_can_be_moved():
    state = BlockState(scroll=500)
    assert state.offset == 0
    state.rooms |= {0: 40, 1: 90}
    assert (state.room, state.offset) == (90, 90)


def test_what_was_true_of_another_width_zoom_or_wrapping_is_forgotten():
    state = BlockState()
    for part in (0, 1):
        state.set_room(part, 300, 400, 1.0)
    assert state.rooms == {0: 300, 1: 300}
    state.set_room(0, 0, 900, 1.0)
    assert state.room == 0
    state.set_room(1, 90, 900, 1.5)
    assert state.rooms == {1: 90}
    state.is_wrapped = True
    state.set_room(0, 0, 900, 1.5)
    assert state.room == 0


def test_what_was_seen_growing_stays_open():
    states = RowStates()
    states.at(1).lines[0] = 100
    assert states.at(1).is_folded
    states.is_live = True
    assert not states.at(1).is_folded
    assert states.at(0) is states.at(0)
