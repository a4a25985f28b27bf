"""Damaged and malicious replies end in an error of ours or in an answer, never in anything else."""

import asyncio
import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from app.core.errors import AppError
from app.providers.catalogue.catalogue import Catalogue
from app.providers.catalogue.live_models import read_models
from tests.quirks.recorded import STREAMS, client_reading, events_of, stream

ROOT = Path(__file__).resolve().parents[2]
COUNT = int(os.environ.get("FACET_MUTATIONS", "10000"))
SEEDS = 20
ODD = [
    None, True, False, -1, 0, 1e308, -1e308, 10**400, "", "x" * 5000, "\ud800", "\u0000", [], {},
    [[]], [None], {"a": None}, "NaN", "<script>", {"error": {}}, {"error": []}, "[DONE]",
]  # fmt: skip
LISTS = [
    {"data": [{"id": "a", "pricing": {"prompt": "0.1"}, "supported_parameters": ["seed"]}]},
    [{"id": "a", "info": {"name": "A", "contextLength": 8}, "features": ["openai/x"]}],
    {"models": [{"key": "a", "capabilities": {"vision": True}, "max_context_length": 8}]},
]


def mutated(dice, data):
    """Bytes with a few accidents: flips, cuts, doublings, JSON values of another kind."""
    for _ in range(dice.randint(1, 4)):
        kind = dice.randrange(6)
        place = dice.randrange(len(data) + 1)
        if kind == 0 and data:
            place = place % len(data)
            data = data[:place] + bytes([data[place] ^ 1 << dice.randrange(8)]) + data[place + 1 :]
        elif kind == 1:
            data = data[:place] + data[place + dice.randrange(40) :]
        elif kind == 2:
            data = data[:place] + data[place : place + dice.randrange(200)] + data[place:]
        elif kind == 3:
            data = data[:place] + bytes(dice.randrange(256) for _ in range(8)) + data[place:]
        else:
            data = with_odd_value(dice, data)
    return data


def with_odd_value(dice, data):
    """One line of JSON in which a value somewhere is of another kind, or lies very deep."""
    lines = data.split(b"\n")
    places = [n for n, line in enumerate(lines) if line.startswith(b"data: {")]
    if not places:
        return data
    chosen = dice.choice(places)
    try:
        value = json.loads(lines[chosen][6:])
    except (ValueError, RecursionError):
        return data
    spot, parent, key = value, None, None
    while isinstance(spot, dict | list) and spot and (parent is None or dice.random() < 0.8):
        parent = spot
        key = dice.choice(list(spot)) if isinstance(spot, dict) else dice.randrange(len(spot))
        spot = spot[key]
    if parent is not None:
        parent[key] = dice.choice(ODD)
    text = json.dumps(value)
    if dice.random() < 0.05:
        text = text.replace("null", "[" * 3000 + "]" * 3000, 1)
    lines[chosen] = b"data: " + text.encode("utf-8", "surrogatepass")
    return b"\n".join(lines)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_mutated_replies_raise_nothing_but_errors_of_ours(seed):
    dice = random.Random(seed)

    async def read_all():
        for _ in range(COUNT // SEEDS):
            name = dice.choice(STREAMS)
            data = mutated(dice, stream(name))
            status = dice.choice([200] * 6 + [201, 400, 401, 429, 500])
            kind = dice.choice(["text/event-stream"] * 5 + ["application/json", "text/plain", ""])
            client = client_reading([data], name.split("/")[0], status=status, media_type=kind)
            _, error = await events_of(client)
            if error is not None:
                assert error.message
                assert len(error.details) <= 2048

    asyncio.run(read_all())


@pytest.mark.parametrize("seed", range(4))
def test_mutated_lists_of_models_raise_nothing_but_errors_of_ours(seed):
    dice = random.Random(seed)
    profile = Catalogue.bundled().profile("openrouter")
    for _ in range(500):
        line = b"data: " + json.dumps({"list": dice.choice(LISTS)}).encode()
        odd = mutated(dice, with_odd_value(dice, line)).removeprefix(b"data: ")
        try:
            body = json.loads(odd.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            continue
        try:
            listed = body["list"] if isinstance(body, dict) and "list" in body else body
            models = read_models(listed, profile)
        except AppError:
            continue
        assert all(model.id for model in models)


PROGRAM = """
import asyncio, resource, sys
sys.path.insert(0, {root!r})
from tests.quirks.recorded import client_reading, events_of, stream
MB = 1 << 20
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
async def main():
    await events_of(client_reading([stream("chat/markdown")], "chat"))
    before = peak()
    line = b'data: {{"choices":[{{"index":0,"delta":{{"content":"'
    pieces = [line] + [b"x" * 65536] * (100 * MB // 65536) + [b'"}}}}]}}\\n\\n']
    _, error = await events_of(client_reading(pieces, {dialect!r}))
    print(type(error).__name__, round(peak() - before))
asyncio.run(main())
"""


@pytest.mark.parametrize("dialect", ["chat", "responses", "messages"])
def test_a_line_of_100_mb_costs_no_more_than_64(dialect):
    program = PROGRAM.format(root=str(ROOT), dialect=dialect)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=100, check=True
    )
    found = re.fullmatch(r"(\w+) (\d+)", done.stdout.strip())
    assert found is not None
    assert found[1] == "ProtocolError"
    assert int(found[2]) <= 64
