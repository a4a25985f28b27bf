from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from app.core.conversation import Provenance
from app.core.usage import Cost, CostSource, Usage
from app.storage.journal import Journal
from app.storage.ledger import Ledger, ModelCost
from tests.storage.samples import NOW, answer, conversation


@pytest.fixture
def spend(database, repository):
    """Stores a finished answer of a cost."""
    owner = conversation()
    repository.create(owner).result()
    journal = Journal(database)

    def fold(amount, source=CostSource.REPORTED, *, at=NOW, model="m", usage=None):
        cost = Cost(None if amount is None else Decimal(amount), source)
        usage = Usage(1, 2) if usage is None else usage
        made = answer(
            owner, created_at=at, provenance=Provenance("p", model, usage=usage, cost=cost)
        )
        journal.fold(made).result()
        return made

    return fold


def test_a_month_adds_up_to_the_last_digit(database, spend):
    for _ in range(3):
        spend("0.00000000000000000001")
    spend("0.1")
    spend("0.2")
    assert Ledger(database).month_total(NOW) == Decimal("0.30000000000000000003")


def test_other_months_are_left_out(database, spend):
    spend("1", at=NOW - timedelta(days=40))
    spend("2")
    assert Ledger(database).month_total(NOW) == 2


def test_a_month_begins_where_the_clock_says(database, spend):
    spend("1", at=datetime(2026, 10, 31, 23, 30, tzinfo=UTC))
    berlin = timezone(timedelta(hours=1))
    assert Ledger(database).month_total(datetime(2026, 11, 5, tzinfo=berlin)) == 1
    assert Ledger(database).month_total(datetime(2026, 11, 5, tzinfo=UTC)) == 0


def test_an_estimate_is_never_mixed_into_a_bill(database, spend):
    spend("1", model="a")
    spend("2", CostSource.ESTIMATED, model="a")
    spend(None, CostSource.UNKNOWN, model="a")
    spend("9", CostSource.CONFIRMED, model="b")
    assert Ledger(database).by_model(NOW) == [
        ModelCost("p", "b", 1, Decimal(9)),
        ModelCost("p", "a", 3, Decimal(1), Decimal(2), 1),
    ]


def test_an_answer_nothing_was_reported_of_is_not_noted(database, spend):
    spend(None, CostSource.UNKNOWN, usage=Usage())
    assert Ledger(database).by_model(NOW) == []


def test_a_cost_confirmed_later_takes_the_place_of_the_earlier(database, spend):
    made = spend("1", CostSource.ESTIMATED)
    cost = Cost(Decimal("1.5"), CostSource.CONFIRMED)
    confirmed = replace(made, provenance=replace(made.provenance, cost=cost))
    Journal(database).fold(confirmed).result()
    assert Ledger(database).by_model(NOW) == [ModelCost("p", "m", 1, Decimal("1.5"))]


def test_money_spent_stays_spent_when_the_conversation_is_purged(database, repository, spend):
    made = spend("1")
    repository.delete(made.conversation_id).result()
    assert repository.purge_deleted(datetime.now(UTC) + timedelta(days=1)).result() == 1
    assert Ledger(database).month_total(NOW) == 1
