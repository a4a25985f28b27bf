"""Bills of stopped answers, asked of the simulator over real sockets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import make_core
from app.core.conversations.conversation import Message, MessageState
from app.core.costs.month import Month
from app.core.costs.spending import Spending
from app.core.costs.usage import UNKNOWN_COST, Cost, CostSource
from app.paths import folders
from app.providers.client import Client
from app.services.services import Services
from app.storage.database.database import Database
from tests.simulator import Scenario, Simulator

GEMMA = "google/gemma-2-27b-it"
HELD = Scenario(hold_after=2)
BILL = Cost(Decimal("0.00001235"), CostSource.CONFIRMED)
"""12 tokens in and 7 out at $0.65 each million: what the simulator's record says."""


@dataclass
class Shop:
    """Services whose OpenRouter is the simulator."""

    services: Services
    simulator: Simulator
    database: Database

    async def until(self, signal: Any) -> Any:
        """The first argument of the signal's next emission."""
        came = asyncio.get_running_loop().create_future()
        signal.connect(lambda *values: came.done() or came.set_result(values))
        values = await asyncio.wait_for(came, 10)
        return values[0] if values else None

    async def stopped(self) -> Message:
        """Asks, stops after the first words, and returns the stored answer."""
        self.simulator.next(HELD)
        conversations, generation = self.services.conversations, self.services.generation
        conversations.choices.choose_model("openrouter", GEMMA)
        began = asyncio.ensure_future(self.until(generation.text_added))
        ended = asyncio.ensure_future(self.until(generation.finished))
        conversations.send("What is a tide?")
        await began
        conversations.stop()
        message: Message = await ended
        return message

    async def given_up(self, message: Message) -> None:
        """Waits until nobody asks for the bill any more."""
        scope = self.services.scope
        while scope.is_running(f"bill {message.id}"):
            await asyncio.wait(list(scope._all), return_when=asyncio.FIRST_COMPLETED)

    def stored(self, message: Message) -> Message:
        found = self.services.conversations._store.conversations.messages(message.conversation_id)
        return next(known for known in found if known.id == message.id)

    def month(self) -> Spending:
        return self.services.ledger.month_cost()

    def asked(self) -> int:
        """How often a record was asked for."""
        return len([e for e in self.simulator.record.exchanges if e.path.endswith("/generation")])


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    async with Simulator() as simulator:
        simulator.openrouter.generation_delay = 0.0

        def make_client(profile: Any, key: str | None) -> Client:
            return Client(replace(profile, base_url=simulator.base_url(profile.id)), key=key)

        database = Database.open(tmp_path / "facet.db")
        core = make_core(folders(tmp_path), database, recover=False, make_client=make_client)
        for provider in ("openrouter", "empiriolabs"):
            key = simulator.providers[provider].good_key()
            core.services.models.keys.use_for_this_run(provider, key)
        core.services.bills.waits = (0.01,)
        yield Shop(core.services, simulator, database)
        await core.services.close()
        database.close()


def told(message: Message) -> Any:
    assert message.provenance is not None
    return message.provenance


async def test_a_stopped_answer_has_its_bill_when_the_record_comes(shop: Shop) -> None:
    confirmed = asyncio.ensure_future(shop.until(shop.services.bills.confirmed))
    stopped = await shop.stopped()
    assert stopped.state is MessageState.STOPPED
    assert told(stopped).cost == UNKNOWN_COST
    settled = await confirmed
    assert told(settled).cost == BILL
    assert (told(settled).usage.input_tokens, told(settled).usage.output_tokens) == (12, 7)
    assert settled.text == stopped.text
    assert shop.stored(stopped) == settled
    assert shop.services.conversations.message(stopped.id) == settled
    month = shop.month()
    assert (month.confirmed, month.unknown, month.estimated) == (BILL.amount, 0, None)


async def test_a_record_that_appears_late_is_asked_for_again(shop: Shop) -> None:
    # Its time is counted in questions for it, so that no test has to wait.
    shop.simulator.openrouter.clock = lambda: float(shop.asked())
    shop.simulator.openrouter.generation_delay = 3.0
    shop.services.bills.waits = (0.0, 0.0, 0.0, 0.0)
    confirmed = asyncio.ensure_future(shop.until(shop.services.bills.confirmed))
    await shop.stopped()
    assert told(await confirmed).cost == BILL
    assert shop.asked() == 3


async def test_without_a_record_the_cost_stays_unknown_and_no_zero(shop: Shop) -> None:
    shop.simulator.openrouter.generation_delay = float("inf")
    shop.services.bills.waits = (0.0, 0.0)
    stopped = await shop.stopped()
    await shop.given_up(stopped)
    assert shop.asked() == 2
    assert shop.stored(stopped) == stopped
    assert told(shop.stored(stopped)).cost == UNKNOWN_COST
    month = shop.month()
    assert (month.unknown, month.confirmed, month.reported, month.estimated) == (
        1,
        None,
        None,
        None,
    )


async def test_a_provider_that_fails_leaves_the_cost_as_it_was_and_says_nothing(shop: Shop) -> None:
    shop.simulator.next(Scenario(status=503, times=2), path="/generation")
    shop.services.bills.waits = (0.0, 0.0)
    said = []
    shop.services.notices.raised.connect(said.append)
    shop.services.notices.release()
    stopped = await shop.stopped()
    await shop.given_up(stopped)
    assert told(shop.stored(stopped)).cost == UNKNOWN_COST
    assert said == []


async def test_a_cut_off_answer_has_its_bill_too(shop: Shop) -> None:
    shop.simulator.next(Scenario(reset="after_content"))
    conversations = shop.services.conversations
    conversations.choices.choose_model("openrouter", GEMMA)
    confirmed = asyncio.ensure_future(shop.until(shop.services.bills.confirmed))
    conversations.send("What is a tide?")
    settled = await confirmed
    assert settled.state in (MessageState.CUT_OFF, MessageState.FAILED)
    assert told(settled).cost == BILL


async def test_what_was_reported_with_the_answer_is_not_asked_for(shop: Shop) -> None:
    conversations = shop.services.conversations
    conversations.choices.choose_model("openrouter", GEMMA)
    finished = asyncio.ensure_future(shop.until(shop.services.generation.finished))
    conversations.send("What is a tide?")
    message = await finished
    assert told(message).cost.source is CostSource.REPORTED
    assert not shop.services.bills.is_asking(message.id)
    assert shop.asked() == 0


async def test_waiting_for_a_bill_ends_with_the_program(shop: Shop) -> None:
    shop.services.bills.waits = (3600.0,)
    stopped = await shop.stopped()
    assert shop.services.bills.is_asking(stopped.id)
    await asyncio.wait_for(shop.services.close(), 5)
    assert told(shop.stored(stopped)).cost == UNKNOWN_COST


async def test_looking_at_the_costs_asks_again_for_bills_that_never_came(shop: Shop) -> None:
    shop.services.bills.waits = ()
    stopped = await shop.stopped()
    await shop.given_up(stopped)
    assert shop.asked() == 0
    confirmed = asyncio.ensure_future(shop.until(shop.services.bills.confirmed))
    shop.services.bills.ask_again()
    assert told(await confirmed).cost == BILL
    asked = shop.asked()
    shop.services.bills.ask_again()
    assert not shop.services.scope.is_running("bills again")
    assert shop.asked() == asked


async def test_a_bill_of_another_conversation_is_noted_without_showing_it(shop: Shop) -> None:
    settled = asyncio.ensure_future(shop.until(shop.services.bills.settled))
    shop.services.bills.waits = (0.05,)
    stopped = await shop.stopped()
    shop.services.conversations.new()
    shown: list[Message] = []
    shop.services.conversations.message_replaced.connect(shown.append)
    await settled
    assert shown == []
    assert told(shop.stored(stopped)).cost == BILL
    assert Month.of(stopped.created_at.astimezone()) in shop.services.ledger.months()


async def test_a_question_that_was_turned_away_has_no_cost_and_is_not_noted(shop: Shop) -> None:
    shop.simulator.next(Scenario(status=429))
    conversations = shop.services.conversations
    conversations.choices.choose_model("empiriolabs", "gemma-3-27b")
    finished = asyncio.ensure_future(shop.until(shop.services.generation.finished))
    conversations.send("What is a tide?")
    message = await finished
    assert message.state is MessageState.FAILED
    assert told(message).cost == UNKNOWN_COST
    assert shop.month() == Spending()
