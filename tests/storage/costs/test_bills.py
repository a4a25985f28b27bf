from dataclasses import replace
from datetime import UTC, timedelta
from decimal import Decimal

import pytest

from app.core.conversations.conversation import MessageState, Provenance
from app.core.costs.month import Month
from app.core.costs.spending import total
from app.core.costs.usage import UNKNOWN_COST, Cost, CostSource, Usage
from app.storage.conversations.journal import Journal
from app.storage.costs.bills import BillRepository, OpenBill
from app.storage.costs.ledger import Ledger
from tests.storage.samples import NOW, answer, conversation, purge

BILL = Usage(12, 7, 3, None, None, Decimal("0.00001235"))


@pytest.fixture
def bills(database):
    return BillRepository(database)


@pytest.fixture
def stopped(database, repository):
    """Stores a stopped answer the provider numbered and named no price of."""
    owner = conversation()
    repository.create(owner).result()

    def fold(number="gen-1", cost=UNKNOWN_COST, *, at=NOW):
        told = Provenance("openrouter", "m", generation_id=number, cost=cost)
        made = answer(owner, provenance=told, state=MessageState.STOPPED, created_at=at)
        Journal(database).fold(made).result()
        return made

    return fold


def stored(repository, message):
    found = repository.messages(message.conversation_id)
    return next(known for known in found if known.id == message.id)


def month(database):
    return total(Ledger(database).of_month(Month(2026, 11), UTC))


def test_a_bill_is_noted_with_the_message_and_with_the_costs(database, repository, bills, stopped):
    made = stopped()
    settled = bills.settle(made.id, BILL).result()
    assert settled == stored(repository, made)
    assert settled.provenance.cost == Cost(Decimal("0.00001235"), CostSource.CONFIRMED)
    assert settled.provenance.usage == BILL
    assert settled.text == made.text
    found = month(database)
    assert (found.confirmed, found.unknown, found.answers) == (Decimal("0.00001235"), 0, 1)
    assert (found.input_tokens, found.output_tokens) == (12, 7)


def test_an_estimate_goes_when_the_bill_comes(database, bills, stopped):
    made = stopped(cost=Cost(Decimal("0.5"), CostSource.ESTIMATED))
    bills.settle(made.id, BILL).result()
    assert month(database).estimated is None
    assert month(database).confirmed == Decimal("0.00001235")


def test_what_was_changed_meanwhile_stays(repository, bills, stopped):
    made = stopped()
    repository.replace(replace(made, state=MessageState.DONE)).result()
    assert bills.settle(made.id, BILL).result().state is MessageState.DONE


def test_a_record_without_an_amount_changes_nothing(database, repository, bills, stopped):
    made = stopped()
    assert bills.settle(made.id, Usage(12, 7)).result() is None
    assert stored(repository, made) == made
    assert month(database).unknown == 1


def test_the_costs_of_a_purged_conversation_are_still_settled(database, repository, bills, stopped):
    made = stopped()
    repository.delete(made.conversation_id).result()
    assert purge(database) == 1
    assert bills.settle(made.id, BILL).result() is None
    assert month(database).confirmed == Decimal("0.00001235")


def test_open_bills_are_those_that_can_be_asked_for(bills, stopped):
    stopped("gen-old", at=NOW - timedelta(days=9))
    stopped("gen-billed", Cost(Decimal(1), CostSource.REPORTED))
    stopped("", Cost(Decimal(1), CostSource.ESTIMATED))
    first = stopped("gen-1")
    second = stopped("gen-2", Cost(Decimal(1), CostSource.ESTIMATED), at=NOW + timedelta(hours=1))
    since = NOW - timedelta(days=1)
    assert bills.open_bills(since, 9) == [
        OpenBill(second.id, "openrouter", "gen-2"),
        OpenBill(first.id, "openrouter", "gen-1"),
    ]
    assert bills.open_bills(since, 1) == [OpenBill(second.id, "openrouter", "gen-2")]
    bills.settle(second.id, BILL).result()
    assert len(bills.open_bills(since, 9)) == 1
