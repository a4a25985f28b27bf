import pytest

from app.ui.transcript.painting import flash as module
from app.ui.transcript.painting.flash import FADED, HELD, RING, Flash


class Clock:
    def __init__(self, monkeypatch):
        self.now = 100.0
        monkeypatch.setattr(module.time, "monotonic", lambda: self.now)


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


@pytest.fixture
def flash(view, words):
    view.set_branch(words.many(6), {})
    return Flash(view.state, view.visible_part)


def picture(view):
    return view.viewport().grab().toImage()


def test_it_lights_the_message_and_fades(view, flash, clock):
    view.show_message("m2")
    plain = picture(view)
    flash.start("m2")
    lit = picture(view)
    assert lit != plain
    clock.now += (HELD + FADED) / 2
    assert flash.light() == pytest.approx(0.5)
    assert picture(view) not in (plain, lit)
    clock.now += FADED
    flash._on_ticked()
    assert not flash.isVisible()
    assert picture(view) == plain


def test_without_motion_it_is_the_same_ring_until_it_goes(view, flash, clock):
    view.show_message("m2")
    plain = picture(view)
    flash.start("m2", is_steady=True)
    ring = picture(view)
    assert ring != plain
    clock.now += RING * 0.9
    assert picture(view) == ring
    assert not flash._timer.interval() < 1000
    clock.now += RING
    flash._on_ticked()
    assert picture(view) == plain


def test_it_stays_with_its_message(view, flash, clock):
    view.show_message("m2")
    flash.start("m2", is_steady=True)
    ring = picture(view)
    view.verticalScrollBar().setValue(0)
    assert picture(view) != ring
    view.set_branch([], {})
    picture(view)
    view.resize(500, 400)
    assert flash.size() == view.viewport().size()


def test_clicks_go_through(view, flash, driver):
    flash.start("m2")
    driver.click(view.viewport().rect().center())
    assert view.state.selection.anchor is not None
