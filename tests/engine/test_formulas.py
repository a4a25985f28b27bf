"""Our formulas against the engine's own samplers: what the live picture rests on."""

import math
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import httpx
import pytest

from app.core.models.sampling import (
    LLAMA_ORDER,
    TEMPERATURE_FIRST,
    penalised,
    sampling_from,
    shaped,
)
from app.engine.process import ChildProcess, Order

SETTINGS, TOKENS = 500, 259
ENGINE_NAMES = {"typical_p": "typ_p"}
TEXTS = [f"{start} sea, the sea" for start in ("the", "a", "my", "our", "no", "O", "by", "one")]


def random_settings(dice: random.Random) -> dict[str, float]:
    def maybe(value: float, otherwise: float) -> float:
        return value if dice.random() < 0.5 else otherwise

    sigma = maybe(dice.uniform(0.3, 4), -1.0)
    return {
        "temperature": maybe(dice.uniform(0.05, 3), 1.0),
        "top_k": maybe(dice.randint(1, 259), 0),
        "top_p": maybe(dice.uniform(0.05, 1), 1.0),
        "min_p": maybe(dice.uniform(0, 0.9), 0.0),
        # After top_n_sigma the engine's typical_p computes with the logarithm of 0, and what it
        # keeps is chance.
        "typical_p": 1.0 if sigma > 0 else maybe(dice.uniform(0.1, 1), 1.0),
        "top_n_sigma": sigma,
        "xtc_probability": maybe(1.0, 0.0),
        "xtc_threshold": dice.uniform(0.001, 0.4),
        "dynatemp_range": maybe(dice.uniform(0, 0.9), 0.0),
        "dynatemp_exponent": dice.uniform(0.5, 2),
        "frequency_penalty": maybe(dice.uniform(-1, 1), 0.0),
        "presence_penalty": maybe(dice.uniform(-1, 1), 0.0),
    }


def rounding(settings: Mapping[str, float]) -> float:
    """How far apart equal chances may be: the engine computes in single precision, whose error a
    low temperature multiplies."""
    lowest = settings["temperature"] - settings["dynatemp_range"]
    return max(1e-6, 5e-7 / max(lowest, 0.02))


class Oracle:
    """The engine's own chances of the next token after a text, after the filters it is given."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def counts(self, text: str) -> dict[int, int]:
        """How often each token stands in a text."""
        reply = await self._http.post(
            "http://localhost/tokenize", json={"content": text, "add_special": True}
        )
        return Counter(reply.json()["tokens"])

    async def chances(
        self, text: str, samplers: Sequence[str], settings: Mapping[str, float]
    ) -> list[float] | None:
        """By token id; None where the token that was drawn is half a letter: none are told then."""
        body = {"prompt": text, "n_predict": 1, "n_probs": TOKENS, "post_sampling_probs": True}
        reply = await self._http.post(
            "http://localhost/completion",
            # Reading a text anew and going on from one that was read differ in the last digits.
            json={**body, **settings, "samplers": list(samplers), "seed": 1, "cache_prompt": False},
        )
        places = reply.json().get("completion_probabilities")
        if places is None:
            return None
        told = {one["id"]: one["prob"] for one in places[0]["top_probs"]}
        return [told.get(token, 0.0) for token in range(TOKENS)]


@pytest.mark.parametrize("order", [LLAMA_ORDER, TEMPERATURE_FIRST])
async def test_random_settings_give_the_chances_of_the_engine(
    tiny_path: Path, tmp_path: Path, runtime: Path, order: tuple[str, ...]
) -> None:
    dice = random.Random(11)
    path = str(runtime / "m.sock")
    filters = tuple(name for name in order if name != "top_a")
    names = ["penalties", *(ENGINE_NAMES.get(name, name) for name in filters)]
    child = await ChildProcess.started(Order(str(tiny_path), "tiny", path), tmp_path / "engine.log")
    compared = 0
    try:
        async with httpx.AsyncClient(
            transport=httpx.AsyncHTTPTransport(uds=path), timeout=60
        ) as http:
            oracle = Oracle(http)
            known: dict[str, tuple[list[float], dict[int, int]]] = {}
            for text in TEXTS:
                plain = await oracle.chances(text, [], {})
                if plain is not None:
                    known[text] = [math.log(chance) for chance in plain], await oracle.counts(text)
            while compared < SETTINGS:
                text = dice.choice(list(known))
                settings = random_settings(dice)
                theirs = await oracle.chances(text, names, settings)
                if theirs is None:
                    continue
                sampling = sampling_from(settings, order=filters)
                scores, counts = known[text]
                ours = shaped(penalised(scores, sampling, counts), sampling)
                assert ours == pytest.approx(theirs, abs=rounding(settings)), dict(settings)
                compared += 1
    finally:
        child.kill()
        await child.wait()
