from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from app.core.conversations.conversation import MessageState, Provenance
from app.core.costs.month import Month
from app.core.costs.spending import Spending, total
from app.core.costs.usage import Cost, CostSource, Usage
from app.storage.conversations.journal import Journal
from app.storage.costs.ledger import Ledger
from tests.storage.samples import NOW, answer, conversation, purge

NOVEMBER = Month(2026, 11)


@pytest.fixture
def spend(database, repository):
    """Stores a finished answer of a cost."""
    owner = conversation()
    repository.create(owner).result()
    journal = Journal(database)

    def fold(
        amount,
        source=CostSource.REPORTED,
        *,
        at=NOW,
        model="m",
        usage=None,
        number="",
        state=MessageState.DONE,
    ):
        cost = Cost(None if amount is None else Decimal(amount), source)
        usage = Usage(1, 2) if usage is None else usage
        told = Provenance("p", model, usage=usage, cost=cost, generation_id=number)
        made = answer(owner, created_at=at, provenance=told, state=state)
        journal.fold(made).result()
        return made

    return fold


@pytest.fixture
def month(database):
    """All that a month cost."""
    return lambda month=NOVEMBER, zone=UTC: total(Ledger(database).of_month(month, zone))


def test_a_month_adds_up_to_the_last_digit(month, spend):
    for _ in range(3):
        spend("0.00000000000000000001")
    spend("0.1")
    spend("0.2")
    assert month().reported == Decimal("0.30000000000000000003")


def test_other_months_are_left_out(month, spend):
    spend("1", at=NOW - timedelta(days=40))
    spend("2")
    spend("4", at=NOW + timedelta(days=20))
    assert month().reported == 2


def test_a_month_begins_where_the_clock_says(month, spend):
    spend("1", at=datetime(2026, 10, 31, 23, 30, tzinfo=UTC))
    assert month(zone=timezone(timedelta(hours=1))).reported == 1
    assert month(zone=UTC).reported is None


def test_the_four_kinds_of_cost_are_never_mixed(database, spend):
    spend("1", model="a")
    spend("2", CostSource.ESTIMATED, model="a")
    spend(None, CostSource.UNKNOWN, model="a")
    spend("9", CostSource.CONFIRMED, model="b")
    assert Ledger(database).of_month(NOVEMBER, UTC) == [
        Spending("p", "b", 1, None, Decimal(9), None, 0, 1, 2),
        Spending("p", "a", 3, Decimal(1), None, Decimal(2), 1, 3, 6),
    ]


def test_tokens_and_searches_are_added_up_and_what_was_not_told_is_counted(month, spend):
    spend("1", usage=Usage(10, 20, searches=2))
    spend("1", usage=Usage(5, None))
    spend("1", usage=Usage())
    found = month()
    assert (found.input_tokens, found.output_tokens) == (15, 20)
    assert (found.uncounted, found.searches, found.answers) == (1, 2, 3)


def test_an_answer_its_provider_said_nothing_of_is_not_noted(database, spend):
    spend(None, CostSource.UNKNOWN, usage=Usage())
    assert Ledger(database).of_month(NOVEMBER, UTC) == []


def test_a_question_that_never_arrived_is_not_noted_whatever_the_price(database, spend):
    spend("0.004", CostSource.ESTIMATED, usage=Usage(), state=MessageState.FAILED)
    assert Ledger(database).of_month(NOVEMBER, UTC) == []


def test_a_stopped_answer_the_provider_took_in_counts_as_unknown(month, spend):
    spend(None, CostSource.UNKNOWN, usage=Usage(), number="gen-1", state=MessageState.STOPPED)
    found = month()
    assert (found.answers, found.unknown, found.uncounted) == (1, 1, 1)
    assert found.input_tokens is None


def test_a_cost_noted_again_takes_the_place_of_the_earlier(database, spend):
    made = spend("1", CostSource.ESTIMATED)
    cost = Cost(Decimal("1.5"), CostSource.CONFIRMED)
    confirmed = replace(made, provenance=replace(made.provenance, cost=cost))
    Journal(database).fold(confirmed).result()
    assert Ledger(database).of_month(NOVEMBER, UTC) == [
        Spending("p", "m", 1, None, Decimal("1.5"), None, 0, 1, 2)
    ]


def test_money_spent_stays_spent_when_the_conversation_is_purged(
    database, month, repository, spend
):
    made = spend("1")
    repository.delete(made.conversation_id).result()
    assert purge(database) == 1
    assert month().reported == 1


def test_months_with_answers_are_listed_newest_first(database, spend):
    assert Ledger(database).months(UTC) == []
    for at in (NOW, NOW - timedelta(days=400), NOW - timedelta(days=400, hours=1)):
        spend("1", at=at)
    assert Ledger(database).months(UTC) == [NOVEMBER, Month(2025, 10)]


def test_a_damaged_amount_counts_as_unknown(database, month, spend):
    made = spend("1")
    database.write(
        lambda writer: writer.execute(
            "UPDATE ledger SET amount = 'broken' WHERE message_id = ?", (made.id,)
        ).fetchall()
    ).result()
    assert (month().unknown, month().reported) == (1, None)
