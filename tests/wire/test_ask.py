"""`facet ask` from the shell against the simulator: what is sent, what is printed, how it
ends."""

import asyncio
import base64
import json
import os
import signal
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from app.storage.files.pictures import picture_size
from tests.simulator import Scenario, scenario_from
from tests.ui.composer.test_picture_shrinking import packed, photograph
from tests.wire.asking import OFFERINGS

ROOT = Path(__file__).resolve().parents[2]
COSTS = {
    ("openrouter", "google/gemma-2-27b-it"): ("0.00001235", "reported"),
    ("openrouter", "google/gemma-4-26b-a4b-it"): ("0.00000303", "reported"),
    ("aimlapi", "google/gemma-2-27b-it"): ("0.00124", "reported"),
    ("aimlapi", "google/gemma-3-27b-it"): ("0.00124", "reported"),
    ("empiriolabs", "gemma-3-27b"): ("0.0040", "estimated"),
}


@dataclass
class Run:
    """A finished `facet ask`: its exit status, its lines of JSON, and what it complained of."""

    status: int
    lines: list
    error_body: str

    @property
    def finished(self):
        return self.lines[-1]

    @property
    def text(self):
        return "".join(line["text"] for line in self.lines if line["event"] == "text")


@pytest.fixture
async def start(sim, tmp_path):
    """Starts `facet ask` with a profile of its own; what still runs at the end is ended."""
    started = []

    async def start(*arguments, provider="openrouter", model=None, key="", form=("--json",)):
        route = next(route for route in OFFERINGS if route[0] == provider)
        server = sim.providers[provider]
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        environment["FACET_API_KEY"] = key or server.good_key()
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "app", "--profile", str(tmp_path / "profile"), "ask", *form),
            *("--provider", provider, "--base-url", sim.base_url(provider)),
            *("--model", model or route[1], *arguments, "Hi"),
            cwd=ROOT,
            env=environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def end_of(process):
    out, err = await asyncio.wait_for(process.communicate(), 60)
    lines = [json.loads(line) for line in out.decode().splitlines()]
    return Run(process.returncode, lines, err.decode())


@pytest.fixture
def ask(start):
    """Runs `facet ask` to its end."""

    async def ask(*arguments, **more):
        return await end_of(await start(*arguments, **more))

    return ask


@pytest.mark.parametrize("route", OFFERINGS)
async def test_each_offering_answers_from_the_shell(sim, ask, tmp_path, route):
    provider, model = route
    arguments = ("--set", "temperature=0.4", "--set", "max_tokens=64", "--system", "Be brief.")
    run = await ask(*arguments, provider=provider, model=model)
    end, sent = run.finished, sim.record.last.json
    assert (run.status, end["state"], run.error_body) == (0, "done", "")
    assert run.text == "Hello from the simulator."
    assert end["request"] == sent
    assert (sent["temperature"], sent["max_tokens"]) == (0.4, 64)
    assert set(sent) <= {
        *("model", "messages", "stream", "temperature", "max_tokens"),
        *("stream_options", "plugins"),
    }
    cost = end["cost"]
    amount, source = COSTS[route]
    assert (Decimal(str(cost["amount"])), cost["source"]) == (Decimal(amount), source)
    assert end["usage"]["output_tokens"] == 7
    assert end["error"] is None
    key = sim.providers[provider].good_key()
    for file in (tmp_path / "profile").rglob("*"):
        assert not file.is_file() or key.encode() not in file.read_bytes()


FAULTS = [
    ("status=401", 1, "failed", "", "AuthenticationError"),
    ("status=429; retry_after=7", 1, "failed", "", "QuotaError"),
    ("status=200; body=html", 1, "failed", "", None),
    ("midstream=one_choice", 1, "failed", "Hello from the simulator.", "UnavailableError"),
    ("end=no_finish", 3, "cut_off", "Hello from the simulator.", None),
    ("reset=mid_event", 3, "cut_off", "Hello fr", None),
    ("script=refusal", 1, "refused", "I cannot help.", None),
]


@pytest.mark.parametrize(("faults", "status", "state", "text", "kind"), FAULTS)
async def test_each_fault_ends_with_its_status(sim, ask, faults, status, state, text, kind):
    sim.default = scenario_from(faults)
    run = await ask()
    assert (run.status, run.finished["state"], run.text) == (status, state, text)
    if kind is not None:
        assert run.finished["error"]["kind"] == kind
    if state == "failed":
        assert run.finished["error"]["message"]
        assert run.finished["error"]["hint"]
        assert run.finished["error"]["retry_after"] == (7 if "429" in faults else None)
    assert len(sim.record.generations) == 1


async def test_a_person_reads_how_long_to_wait(sim, start):
    sim.default = scenario_from("status=429; retry_after=7")
    process = await start(form=())
    out, err = await asyncio.wait_for(process.communicate(), 60)
    assert (process.returncode, out.decode().strip()) == (1, "")
    assert err.decode().rstrip().endswith("Ask again in 7 s.")


async def test_stopping_keeps_the_text_and_closes_the_socket(sim, start):
    sim.default = Scenario(hold_after=3)
    process = await start()
    seen = await sim.record.wait_for(1, seconds=60)
    await asyncio.wait_for(seen.content_sent.wait(), 10)
    said = b""
    while b'"text"' not in said:
        said += await asyncio.wait_for(process.stdout.readline(), 20)
    process.send_signal(signal.SIGINT)
    await asyncio.wait_for(seen.closed.wait(), 5)
    run = await end_of(process)
    assert (run.status, run.finished["state"]) == (130, "stopped")


async def test_a_reader_that_goes_away_ends_it(sim, start):
    gate = asyncio.Event()
    sim.default = Scenario(script="long", hold_after=1, gate=gate)
    process = await start()
    await asyncio.wait_for(process.stdout.readline(), 30)
    process._transport.get_pipe_transport(1).close()
    gate.set()
    status = await asyncio.wait_for(process.wait(), 20)
    error_body = (await process.stderr.read()).decode()
    assert status == 141
    assert "Traceback" not in error_body


@pytest.mark.parametrize(
    "arguments",
    [
        ("--set", "temperature=hot"),
        ("--set", "warmth=1"),
        ("--base-url", "127.0.0.1/v1"),
        ("--base-url", "http://example.test/v1"),
        ("--base-url", "https://user:word@example.test/v1"),
    ],
)
async def test_what_makes_no_sense_is_refused_before_anything_is_sent(sim, ask, arguments):
    run = await ask(*arguments)
    assert run.status == 2
    assert run.error_body.strip()
    assert run.lines == []
    assert len(sim.record) == 0


async def test_an_address_of_ones_own_needs_no_provider(sim, tmp_path):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "app", "--profile", str(tmp_path / "profile"), "ask", "--no-store"),
        *("--base-url", sim.base_url("ollama"), "--model", "gemma3:27b", "Hi"),
        cwd=ROOT,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await asyncio.wait_for(process.communicate(), 60)
    assert (process.returncode, out.decode().strip()) == (0, "Hello from the simulator."), err


async def test_the_whole_endpoint_may_be_pasted(sim, ask):
    address = sim.base_url("openrouter") + "/chat/completions/"
    run = await ask("--base-url", address)
    assert (run.status, run.text) == (0, "Hello from the simulator.")


@pytest.mark.parametrize("key", ["sk-or-v1-one\ntwo", "sk-or-v1-–dash", "   "])
async def test_a_key_that_cannot_be_sent_is_said_and_not_shown(sim, ask, key):
    run = await ask(key=key)
    said = run.error_body + json.dumps(run.lines, ensure_ascii=False)
    assert run.status in (1, 2)
    assert "key" in said
    assert "sk-or-v1-" not in said
    assert len(sim.record) == 0


async def test_a_call_of_a_tool_is_printed_and_is_no_failure(sim, ask):
    sim.default = scenario_from("script=tool_parallel")
    run = await ask()
    calls = [line for line in run.lines if line["event"] == "tool_call"]
    assert [(c["id"], c["name"], c["arguments"]) for c in calls] == [
        ("call_1", "weather", '{"city":"Oslo"}'),
        ("call_2", "weather", '{"city":"Rome"}'),
    ]
    assert (run.status, run.finished["state"]) == (0, "done")
    assert run.finished["finish_reason"] == "tool_calls"


async def test_a_large_picture_goes_smaller_from_the_shell_too(sim, start, tmp_path):
    (tmp_path / "harbour.jpg").write_bytes(packed(photograph(3000, 2000), "JPG"))
    process = await start(
        "--attach", str(tmp_path / "harbour.jpg"), model="google/gemma-4-26b-a4b-it"
    )
    _, error_body = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 0, error_body
    content = sim.record.last.json["messages"][-1]["content"]
    sent = base64.b64decode(content[-1]["image_url"]["url"].partition(",")[2])
    assert picture_size(sent) == (2048, 1365)


async def test_pictures_in_an_answer_are_named_in_the_shell(sim, start):
    sim.next(Scenario(script="images"))
    process = await start(model="google/gemma-4-26b-a4b-it", form=())
    _, error_body = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 0
    assert "Pictures in the answer, to be seen in the window: picture 1.png." in error_body.decode()
