from decimal import Decimal

import pytest

from app.providers.transport.json_text import (
    DamagedError,
    amount,
    count,
    integer,
    items,
    number,
    positive,
    read_json,
    table,
    text,
)


@pytest.mark.parametrize(
    "broken", ["", "{", "[" * 200_000, '{"n":' + "9" * 5000 + "}", "nope", "{'a':1}"]
)
def test_what_cannot_be_read_is_damaged(broken: str) -> None:
    with pytest.raises(DamagedError):
        read_json(broken)


def test_control_characters_pass_and_no_number_is_none() -> None:
    assert read_json('"a\x0bb\x1c\u2028"') == "a\x0bb\x1c\u2028"
    assert read_json('[NaN, Infinity, -Infinity, "\\ud83d"]') == [None, None, None, "\ud83d"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (7, 7),
        ("12", 12),
        (3.9, 3),
        (True, None),
        (None, None),
        ("x", None),
        (1e999, None),
        (10**400, None),
        ([], None),
    ],
)
def test_whole_numbers_of_any_kind(value: object, expected: int | None) -> None:
    assert integer(value) == expected


def test_kinds_that_do_not_fit_count_as_absent() -> None:
    assert (table([]), items({}), text(7), number(True)) == ({}, [], "", None)
    assert number("0.5") == 0.5


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.000003, "0.000003"),
        ("0.65", "0.65"),
        (3, "3"),
        (0, "0"),
        ("-1", None),
        ("x", None),
        (True, None),
        ("NaN", None),
        (None, None),
    ],
)
def test_money_is_read_from_its_digits(value: object, expected: str | None) -> None:
    assert amount(value) == (None if expected is None else Decimal(expected))


def test_the_first_number_that_can_be_one_counts() -> None:
    assert (count("x", -1, "0", 7), count(None, True), count()) == (0, None, None)
    assert (positive("x", 0, -1, "12", 7), positive(0), positive()) == (12, None, None)
