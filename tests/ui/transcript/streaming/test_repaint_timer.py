import time

from app.core.conversations.conversation import MessageState
from app.ui.transcript.sections.error_card import Extras
from app.ui.transcript.streaming.repaint_timer import SECOND, TICK
from tests.ui.transcript.driver import footer_of


def test_it_counts_while_a_first_word_is_waited_for(view, words):
    view.set_branch([words.question(), words.answer("a", "", MessageState.WRITING)], {})
    assert (view._repaint_timer._timer.isActive(), view._repaint_timer._timer.interval()) == (
        True,
        TICK,
    )
    view.set_branch([words.question(), words.answer("a", "done")], {})
    assert not view._repaint_timer._timer.isActive()


def test_it_counts_once_a_second_until_the_next_try(view, words):
    view.set_branch([words.question(), words.answer("a", "", MessageState.FAILED)], {})
    view.set_extras("a", Extras(time.monotonic() + 60))
    assert (view._repaint_timer._timer.isActive(), view._repaint_timer._timer.interval()) == (
        True,
        SECOND,
    )
    view.set_extras("a", Extras())
    assert not view._repaint_timer._timer.isActive()


def test_a_wait_is_still_shown_when_the_branch_is_shown_again(view, words):
    failed = words.answer("a", "", MessageState.FAILED)
    view.set_extras("a", Extras(time.monotonic() + 60))
    view.set_branch([words.question(), failed], {})
    assert footer_of(view, 1).extras.deadline is not None
