"""Tries Facet against llama-cpp-python and litellm; prints a line for each check. See README.md."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from app.core.conversations.conversation import MessageState
from app.core.errors import ProviderError
from app.providers.catalogue.address import custom_profile
from app.providers.catalogue.catalogue import Catalogue
from app.providers.client import Client
from tests.wire.asking import Outcome, ask, question

HERE = Path(__file__).parent
KEY = "sk-real-1234"
CONFIG = """
model_list:
  - model_name: tiny
    litellm_params: {{model: deepseek/tiny, api_base: "{base}", api_key: none}}
  - model_name: tiny-messages
    litellm_params: {{model: hosted_vllm/tiny, api_base: "{base}", api_key: none}}
router_settings: {{disable_cooldowns: true, num_retries: 0}}
general_settings: {{master_key: {key}}}
litellm_settings: {{telemetry: false}}
"""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextlib.contextmanager
def server(command: list[str], address: str) -> Iterator[None]:
    """A server in a process of its own, until the block ends."""
    surroundings = {**os.environ, "LITELLM_LOCAL_MODEL_COST_MAP": "True"}
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdout=quiet, stderr=quiet, env=surroundings)
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(address, timeout=1).close()
                break
            except urllib.error.HTTPError:
                break
            except OSError:
                if process.poll() is not None:
                    raise
                time.sleep(0.2)
        yield
    finally:
        process.terminate()
        process.wait()


class Checks:
    """Counts what holds and what does not."""

    def __init__(self) -> None:
        self.failed = 0

    def that(self, name: str, holds: object, seen: object = "") -> None:
        self.failed += not holds
        sys.stdout.write(f"{'ok  ' if holds else 'FAIL'} {name}  {seen}\n")
        sys.stdout.flush()


async def asked(
    base: str, model: str, dialect: str, key: str | None, text: str = "Hi", **parameters: object
) -> Outcome:
    profile = custom_profile(base, dialect=dialect, needs_key=key is not None)
    client = Client(profile, key=key)
    try:
        request = question("openrouter", "x/y", text, parameters={"max_tokens": 12, **parameters})
        return await ask(
            client, replace(request, model=Catalogue.bundled().model(profile.id, model))
        )
    finally:
        await client.aclose()


async def llama(base: str, checks: Checks) -> None:
    first = await asked(base, "tiny", "chat", None, seed=7)
    again = await asked(base, "tiny", "chat", None, seed=7)
    other = await asked(base, "tiny", "chat", None, seed=8)
    checks.that("streams text", first.text and first.error is None, first.text)
    checks.that("the same dice give the same answer", first.text == again.text)
    checks.that("other dice give another", first.text != other.text, other.text)
    checks.that("a length limit cuts", first.sum.state is MessageState.CUT_OFF)
    scored = await asked(base, "tiny", "chat", None, seed=7, logprobs=True, top_logprobs=2)
    words = scored.sum.words
    checks.that("words are scored", "".join(w.text for w in words) == scored.text, len(words))
    checks.that("with their rivals", all(len(w.rivals) in (2, 3) for w in words))
    stop = first.text[4:6]
    stopped = await asked(base, "tiny", "chat", None, seed=7, stop=[stop])
    checks.that("stops before a text", stop not in stopped.text, stopped.text)
    long = await asked(base, "tiny", "chat", None, "word " * 3000)
    checks.that("too long ends in an error", long.error is not None, long.error)
    profile = custom_profile(base)
    client = Client(profile)
    checks.that("lists its model", len(await client.models()) == 1)
    gone = await asked(base.replace("/v1", "/v2"), "tiny", "chat", None)
    checks.that("a wrong path is told", gone.error is not None, gone.error)
    await client.aclose()


async def litellm(base: str, checks: Checks) -> None:
    for dialect, model in (
        ("chat", "tiny"),
        ("responses", "tiny"),
        ("messages", "tiny-messages"),
    ):
        outcome = await asked(base, model, dialect, KEY)
        checks.that(f"{dialect} streams text", outcome.text and not outcome.error, outcome.text)
        checks.that(f"{dialect} tells usage", outcome.sum.usage.output_tokens)
        checks.that(f"{dialect} ends whole", "no_end_marker" not in outcome.notices)
        checks.that(f"{dialect} is undamaged", "damaged_events" not in outcome.notices)
    wrong = await asked(base, "tiny", "chat", "sk-wrong")
    checks.that("a wrong key is refused", isinstance(wrong.error, ProviderError), wrong.error)
    unknown = await asked(base, "no-such-model", "chat", KEY)
    checks.that("an unknown model is refused", unknown.error is not None, unknown.error)


def shell(base: str, checks: Checks) -> None:
    with tempfile.TemporaryDirectory() as profile:
        command = [sys.executable, "-m", "app", "--profile", profile, "ask", "--base-url", base]
        command += ["--model", "tiny", "--set", "max_tokens=12", "--json", "Hi"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        last = json.loads(done.stdout.splitlines()[-1])
        checks.that("facet ask ends as cut off", (done.returncode, last["state"]) == (3, "cut_off"))
        checks.that("and does not guess at tokens", last["usage"]["output_tokens"] is None)


def main(llama_python: str, litellm_folder: str) -> int:
    checks = Checks()
    with tempfile.TemporaryDirectory() as folder:
        model, config = Path(folder, "tiny.gguf"), Path(folder, "litellm.yaml")
        subprocess.run([llama_python, HERE / "tiny_model.py", model], check=True)
        port, proxy_port = free_port(), free_port()
        base, proxy = f"http://127.0.0.1:{port}/v1", f"http://127.0.0.1:{proxy_port}/v1"
        config.write_text(CONFIG.format(base=base, key=KEY), encoding="utf-8")
        serve = [llama_python, "-m", "llama_cpp.server", "--model", str(model), "--n_ctx", "512"]
        serve += ["--logits_all", "true", "--host", "127.0.0.1", "--port", str(port)]
        front = [f"{litellm_folder}/litellm", "--config", str(config), "--host", "127.0.0.1"]
        front += ["--port", str(proxy_port)]
        with server(serve, f"{base}/models"):
            asyncio.run(llama(base, checks))
            shell(base, checks)
            with server(front, f"{proxy}/models"):
                asyncio.run(litellm(proxy, checks))
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
