import math

import pytest

from app.core.errors import SettingError
from app.settings.setting import Choice, Flag, Number, Records, Setting, Table, Text, Texts


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Choice(("a", "b")), "b"),
        (Flag(), True),
        (Number(0, 2), 0),
        (Number(0, 2), 2),
        (Number(0, 2), 1.5),
        (Text(3), "abc"),
        (Text(3), ""),
        (Texts(), ["a", "b"]),
        (Records({"id": str}), [{"id": "x", "more": 1}]),
        (Table(), {"a": [1, 2]}),
    ],
)
def test_a_value_that_fits_is_accepted_as_it_is(kind, value):
    assert kind.check(value) == value


@pytest.mark.parametrize(
    ("kind", "value", "says"),
    [
        (Choice(("a", "b")), "c", "a, b"),
        (Choice(("a", "b")), 1, "a, b"),
        (Flag(), 1, "yes"),
        (Flag(), "true", "yes"),
        (Number(0, 2), 2.1, "0 to 2"),
        (Number(0, 2), -1, "0 to 2"),
        (Number(0, 2), math.nan, "0 to 2"),
        (Number(0, 2), math.inf, "0 to 2"),
        (Number(0, 2), True, "0 to 2"),
        (Number(0, 2), "1", "0 to 2"),
        (Text(3), "abcd", "3 letters"),
        (Text(3), None, "3 letters"),
        (Texts(), "abc", "list"),
        (Texts(), [1], "list"),
        (Records({"id": str}), [{"id": 1}], "id"),
        (Records({"id": str}), [{}], "id"),
        (Records({"id": str}), ["x"], "id"),
        (Records({"id": str}), "x", "id"),
        (Table(), [1], "table"),
        (Table(), {1: 2}, "table"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_what_does(kind, value, says):
    with pytest.raises(SettingError, match=says):
        kind.check(value)


def test_repeats_in_a_list_are_dropped_and_its_end_is_cut():
    assert Texts(2).check(["a", "b", "a", "c"]) == ["a", "b"]


def test_a_setting_without_a_section_has_no_row():
    assert Setting("a.b", Flag(), default=True, section="Page").is_shown
    assert not Setting("a.b", Flag(), default=True).is_shown
