import pytest

from app.services.conversations.undo import Undo


def test_each_choice_is_taken_back_by_itself() -> None:
    undo = Undo()
    undo.note({})
    undo.note({"temperature": 0.2})
    assert undo.last() == {"temperature": 0.2}
    assert undo.last() == {}
    assert not undo


def test_the_steps_of_a_drag_are_one_change() -> None:
    undo = Undo()
    undo.note({}, is_gradual=True)
    for step in range(5):
        undo.note({"temperature": step / 10}, is_gradual=True)
    assert undo.last() == {}
    assert not undo


def test_another_conversation_starts_with_nothing_to_take_back() -> None:
    undo = Undo()
    undo.note({"seed": 1})
    undo.clear()
    with pytest.raises(IndexError):
        undo.last()
