"""`facet models` as its own process, asking the simulator for lists."""

import asyncio
import json
import os
import sys

import pytest

from app.paths import folders
from app.providers.catalogue.catalogue import custom_profile
from tests.wire.test_ask import ROOT


@pytest.fixture
async def models(sim, tmp_path):
    """Runs `facet models --json …` with one address of one's own: OpenRouter as it is simulated."""
    places = folders(tmp_path / "profile")
    places.settings.parent.mkdir(parents=True, exist_ok=True)
    address = custom_profile(sim.base_url("openrouter"), name="Gateway", needs_key=True)
    kept = {
        "id": address.id,
        "base_url": address.base_url,
        "name": "Gateway",
        "dialect": "chat",
        "needs_key": True,
    }
    places.settings.write_text(json.dumps({"providers.custom": [kept]}))

    async def run(*arguments):
        key = sim.openrouter.good_key()
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "app", "--profile", str(tmp_path / "profile"), "models", "--json"),
            *(arguments if "--base-url" in arguments else ("--provider", address.id, *arguments)),
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "FACET_API_KEY": key},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        said, complaints = await process.communicate()
        lines = [json.loads(line) for line in said.splitlines()]
        return process.returncode, lines, complaints.decode()

    return run


async def test_a_list_is_fetched_once_and_kept_for_later(sim, models):
    status, first, _ = await models()
    assert status == 0
    assert {"google/gemma-2-27b-it", "openrouter/auto"} <= {line["id"] for line in first}
    assert all(line["fetched_at"] for line in first)
    asked = len(sim.record.exchanges)
    status, again, _ = await models()
    assert (status, again) == (0, first)
    assert len(sim.record.exchanges) == asked


async def test_refreshing_fetches_again_and_marks_what_is_gone(sim, models):
    await models()
    contexts = dict(sim.openrouter.contexts)
    del contexts["openrouter/auto"]
    sim.openrouter.contexts = contexts
    _, lines, _ = await models("--refresh")
    assert {line["id"]: line["is_removed"] for line in lines} == {
        "google/gemma-2-27b-it": False,
        "google/gemma-4-26b-a4b-it": False,
        "openrouter/auto": True,
    }


async def test_a_failing_refresh_keeps_the_list_and_says_so(sim, models):
    _, first, _ = await models()
    await sim.stop()
    status, lines, complaints = await models("--refresh")
    assert (status, lines) == (1, first)
    assert complaints.startswith("facet: Gateway: ")


@pytest.mark.parametrize("ending", ["", "/", "/chat/completions", "/models"])
async def test_the_models_of_an_address_are_listed(sim, models, ending):
    status, lines, _ = await models("--base-url", sim.base_url("vllm") + ending)
    assert status == 0
    assert {line["id"] for line in lines} == {"google/gemma-3-27b-it"}


async def test_a_provider_is_listed_at_another_address(sim, models):
    where = ("--provider", "openrouter", "--base-url", sim.base_url("openrouter"))
    status, lines, _ = await models(*where)
    assert status == 0
    assert "openrouter/auto" in {line["id"] for line in lines}


async def test_an_address_that_cannot_be_used_is_said_to_be_wrong(models):
    status, lines, complaints = await models("--base-url", "http://example.org/v1")
    assert (status, lines) == (2, [])
    assert "https://example.org" in complaints


async def test_an_address_that_does_not_answer_is_an_error(sim, models):
    address = sim.base_url("vllm")
    await sim.stop()
    status, lines, complaints = await models("--base-url", address)
    assert (status, lines) == (1, [])
    assert complaints
