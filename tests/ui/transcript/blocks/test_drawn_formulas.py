"""Formulas are drawn beside the window, once, and announced."""

import threading

import pytest

from app.ui.transcript.blocks import drawn_formulas as module
from app.ui.transcript.blocks.drawn_formulas import Formulas, formulas


@pytest.fixture
def made(qtbot):
    return Formulas()


def drawn(qtbot, made, tex, **more):
    with qtbot.waitSignal(made.ready):
        assert made.outline(tex, **more) is None
    return made.outline(tex, **more)


def test_a_formula_is_there_a_moment_later(qtbot, made):
    outline = drawn(qtbot, made, "x^2", is_display=False)
    assert outline.width > 0.5
    assert made.outline("x^2", is_display=False) is outline


def test_what_cannot_be_drawn_is_known_not_to_be(qtbot, made):
    assert not made.has("\\foo{", is_display=True)
    assert drawn(qtbot, made, "\\foo{", is_display=True) is None
    assert made.has("\\foo{", is_display=True)


def test_displayed_and_inline_are_two(qtbot, made):
    high = drawn(qtbot, made, "\\sum_i^n", is_display=True)
    assert not made.has("\\sum_i^n", is_display=False)
    low = drawn(qtbot, made, "\\sum_i^n", is_display=False)
    assert high.ascent != low.ascent


def test_many_are_announced_together(qtbot, made):
    heard = []
    made.ready.connect(lambda: heard.append(1))
    for number in range(30):
        made.outline(f"x_{{{number}}}", is_display=False)
    qtbot.waitUntil(lambda: all(made.has(f"x_{{{n}}}", is_display=False) for n in range(30)))
    with qtbot.waitSignal(made.ready):
        made.outline("y", is_display=False)
    assert len(heard) < 15


def test_what_was_not_seen_for_long_is_forgotten(qtbot, made, monkeypatch):
    monkeypatch.setattr(module, "KEPT", 2)
    for tex in ("a", "b", "c"):
        drawn(qtbot, made, tex, is_display=False)
    assert not made.has("a", is_display=False)
    assert made.has("c", is_display=False)


def test_it_is_never_drawn_in_the_windows_turn(qtbot, made, monkeypatch):
    from app.render.formulas import formula

    names = []
    real = formula.draw

    def spy(tex, **more):
        names.append(threading.current_thread().name)
        return real(tex, **more)

    monkeypatch.setattr(formula, "draw", spy)
    drawn(qtbot, made, "z", is_display=False)
    assert names == ["formulas"]


def test_all_views_share_one():
    assert formulas() is formulas()
