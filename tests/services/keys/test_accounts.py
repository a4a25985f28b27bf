from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from app.core.errors import UnavailableError
from app.core.models.account import Account
from app.services.keys.accounts import told

KEY = "sk-or-v1-canary0123456789wxyz"


async def test_what_the_provider_says_is_told_with_its_time(stage: Any) -> None:
    stage.provider.account = lambda: _value(Account(left=Decimal("8.5"), limit=Decimal(10)))
    stage.services.models.keys.use_for_this_run("openrouter", KEY)
    stage.services.accounts.ask("openrouter")
    provider_id, words = await stage.until(stage.services.accounts.told)
    assert provider_id == "openrouter"
    assert words.startswith("$8.50 of $10.00 left · asked at ")


async def test_without_a_key_nobody_is_asked(stage: Any) -> None:
    said = []
    stage.services.accounts.told.connect(lambda *words: said.append(words))
    stage.services.accounts.ask("openrouter")
    stage.services.accounts.ask("practice")
    assert said == [("openrouter", "")]


async def test_a_failure_is_said_and_is_no_zero(stage: Any) -> None:
    async def fail() -> None:
        raise UnavailableError("OpenRouter cannot be reached.")

    stage.provider.account = fail
    stage.services.models.keys.use_for_this_run("openrouter", KEY)
    stage.services.accounts.ask("openrouter")
    _, words = await stage.until(stage.services.accounts.told)
    assert words == "What is left is not known: OpenRouter cannot be reached."


def test_nothing_known_is_nothing_said() -> None:
    now = datetime(2026, 11, 21, 9, 5, tzinfo=UTC)
    assert told(None, now) == ""
    assert told(Account(), now) == ""
    assert told(Account(left=Decimal(1)), now) == "$1.00 left · asked at 09:05"


async def _value(account: Account) -> Account:
    return account
