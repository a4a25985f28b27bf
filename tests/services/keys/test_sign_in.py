import asyncio
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from app.core.errors import SettingError
from tests.simulator import Simulator
from tests.wire.test_accounts import browsed


@pytest.fixture
async def sim(stage: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The simulator in the place of OpenRouter."""
    async with Simulator() as simulator:
        models = stage.services.models
        real = models.profile("openrouter")
        here = replace(real, base_url=simulator.base_url("openrouter"))
        monkeypatch.setattr(models, "profile", lambda _id: here)
        yield simulator


async def test_the_browser_comes_back_and_the_key_is_there(stage: Any, sim: Any) -> None:
    sign_in, models = stage.services.sign_in, stage.services.models
    sign_in.start("openrouter")
    _, page = await stage.until(sign_in.page_ready)
    ended = asyncio.ensure_future(stage.until(sign_in.ended))
    await browsed(sim, page)
    assert await ended == ("openrouter", "")
    assert models.keys.state("openrouter").has_key
    assert not sign_in.is_running("openrouter")


async def test_a_pasted_code_does_the_same_and_nothing_listens(stage: Any, sim: Any) -> None:
    sign_in = stage.services.sign_in
    pages: list[str] = []
    sign_in.page_ready.connect(lambda _id, page: pages.append(page))
    sign_in.start_with_code("openrouter")
    assert "callback_url" not in pages[0]
    await browsed(sim, pages[0])
    sign_in.finish("openrouter", " code-1 ")
    assert await stage.until(sign_in.ended) == ("openrouter", "")


async def test_a_wrong_code_is_said_and_no_key_is_kept(stage: Any, sim: Any) -> None:
    sign_in = stage.services.sign_in
    sign_in.start_with_code("openrouter")
    sign_in.finish("openrouter", "wrong-code")
    _, words = await stage.until(sign_in.ended)
    assert "did not accept the code" in words
    assert not stage.services.models.keys.state("openrouter").has_key
    with pytest.raises(SettingError):
        sign_in.finish("openrouter", "two words")


async def test_giving_up_closes_the_address(stage: Any, sim: Any) -> None:
    sign_in = stage.services.sign_in
    sign_in.start("openrouter")
    _, page = await stage.until(sign_in.page_ready)
    parts = urlsplit(parse_qs(urlsplit(page).query)["callback_url"][0])
    sign_in.cancel("openrouter")
    while stage.services.scope._all:
        await asyncio.wait(list(stage.services.scope._all))
    assert not sign_in.is_running("openrouter")
    with pytest.raises(ConnectionError):
        await asyncio.open_connection(parts.hostname, parts.port)
