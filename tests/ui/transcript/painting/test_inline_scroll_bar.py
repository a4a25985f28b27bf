"""The thin bar."""

from PySide6.QtCore import QRectF

from app.ui.transcript.layout.block_state import BlockState
from app.ui.transcript.painting.inline_scroll_bar import SHORTEST, bar_region, scroll_for

PLACE = QRectF(10, 100, 400, 10)


def test_what_fits_has_no_bar():
    assert bar_region(PLACE, BlockState()) == []


def test_the_thumb_stands_where_the_block_is():
    state = BlockState(rooms={0: 400})
    (start,) = bar_region(PLACE, state)
    assert start.rect == QRectF(10, 100, 200, 10)
    state.scroll = 400
    (end,) = bar_region(PLACE, state)
    assert end.rect.right() == PLACE.right()
    assert not end.is_action


def test_it_is_never_too_short_to_take():
    (bar,) = bar_region(PLACE, BlockState(rooms={0: 10**6}))
    assert bar.rect.width() == SHORTEST


def test_moving_the_thumb_all_the_way_moves_the_block_all_the_way():
    state = BlockState(rooms={0: 400})
    assert scroll_for(200, 400, state) == 400
    assert scroll_for(-50, 400, state) == -100
