from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.core.costs.month import Month
from app.core.errors import SettingError


def test_a_month_is_written_and_read() -> None:
    month = Month.parse("2026-11")
    assert month == Month(2026, 11)
    assert str(month) == "2026-11"
    assert month.title == "November 2026"


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-00", "26-11", "2026-1", "0001-01"])
def test_what_is_no_month_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(SettingError, match="is not a month") as refused:
        Month.parse(text)
    assert "2026-11" in refused.value.hint


def test_after_december_comes_january() -> None:
    assert Month(2026, 11).next() == Month(2026, 12)
    assert Month(2026, 12).next() == Month(2027, 1)


def test_months_are_in_order() -> None:
    assert sorted([Month(2027, 1), Month(2026, 12), Month(2026, 2)]) == [
        Month(2026, 2),
        Month(2026, 12),
        Month(2027, 1),
    ]


def test_a_month_begins_by_the_clock_of_its_place() -> None:
    berlin = timezone(timedelta(hours=1))
    assert Month(2026, 11).begins(berlin) == datetime(2026, 10, 31, 23, tzinfo=UTC)
    assert Month(2026, 11).begins().utcoffset() is not None
    assert Month.of(datetime(2026, 11, 21, tzinfo=UTC)) == Month(2026, 11)
