"""Every fault of the simulator ends as this table says: what is kept, what is raised, what is said,
what is repeated."""

from dataclasses import dataclass

import pytest

from app.core.conversations.conversation import MessageState
from app.core.conversations.events import Finished
from app.core.errors import (
    AuthenticationError,
    ContextLengthError,
    ProtocolError,
    ProviderError,
    QuotaError,
    RefusedError,
    UnavailableError,
)
from app.providers.transport.http import Timeouts
from tests.simulator import Scenario, scenario_from
from tests.wire.asking import GEMMA_4, ask, client_at, question

WHOLE = "Hello from the simulator."
STATES = {state.value: state for state in MessageState}
IMPATIENT = Timeouts(connect=0.5, first_byte=0.3, idle=0.3, content=0.5)


@dataclass(frozen=True)
class Row:
    """A fault and its end: an error class (None for none), the text kept, the state of the answer
    when
    there is no error, words that the error says, notices given, requests made, and more of the
    error."""

    faults: str
    error: type[ProviderError] | None = None
    text: str = ""
    state: str = "done"
    says: str = ""
    notices: tuple[str, ...] = ()
    requests: int = 1
    more: tuple[tuple[str, object], ...] = ()
    provider: str = "openrouter"


AIML, EMPIRIO = "aimlapi", "empiriolabs"
ROUTES = {
    "openrouter": GEMMA_4,
    AIML: (AIML, "google/gemma-3-27b-it"),
    EMPIRIO: (EMPIRIO, "gemma-3-27b"),
}
WAIT = "retry_after"
BROKE = (("is_out_of_credit", True), ("is_retryable", False))
BUSY = (("is_out_of_credit", False), ("is_retryable", True))

BEFORE_THE_ANSWER = [
    Row("status=400; message=temperature: too hot", RefusedError, says="too hot"),
    Row("status=400", RefusedError, provider=AIML),
    Row("status=400; body=plain_list; message=In a list", RefusedError, says="In a list"),
    Row("status=400; body=gzip_error; message=Packed", RefusedError),
    Row("status=400; body=text; message=Just words", RefusedError, says="Just words"),
    Row("status=401", AuthenticationError, more=(("status", 401),)),
    Row("status=401; body=html", AuthenticationError),
    Row("status=401; body=empty", AuthenticationError),
    Row("status=429; body=html; retry_after=5", QuotaError, more=(("retry_after", 5.0),)),
    Row("status=401", AuthenticationError, provider=AIML),
    Row("status=401", AuthenticationError, provider=EMPIRIO),
    Row("status=402", QuotaError, more=BROKE),
    Row("status=402", QuotaError, more=BROKE, provider=EMPIRIO),
    Row("refuse=moderation", RefusedError, says="flagged", more=(("status", 403),)),
    Row("status=404", RefusedError, more=(("status", 404),)),
    Row("status=404; body=html", ProviderError, more=(("status", 404),)),
    Row("status=408", UnavailableError),
    Row("status=413", ProviderError, more=(("status", 413), ("is_retryable", False))),
    Row("status=422; message=No sense", RefusedError, says="No sense"),
    Row("status=429", QuotaError, more=(*BUSY, (WAIT, None))),
    Row("status=429; retry_after=7", QuotaError, more=(*BUSY, (WAIT, 7.0))),
    Row("status=429; retry_after=ms", QuotaError, more=(*BUSY, (WAIT, 1.5))),
    Row("status=429; retry_after=soon", QuotaError, more=(*BUSY, (WAIT, None))),
    Row("status=429; retry_after=7", QuotaError, more=(*BUSY, (WAIT, 7.0)), provider=AIML),
    Row("status=429", QuotaError, more=BUSY, provider=EMPIRIO),
    Row("status=500", UnavailableError, more=(("status", 500),)),
    Row("status=502; body=html", UnavailableError, more=(("status", 502),)),
    Row("status=503; retry_after=4", UnavailableError, more=((WAIT, 4.0),)),
    Row("status=503; body=html; retry_after=4", UnavailableError, more=((WAIT, 4.0),)),
    Row("status=504", UnavailableError, provider=AIML),
    Row("status=520; body=html", UnavailableError, more=(("status", 520),)),
    Row("status=524; body=html", UnavailableError, more=(("status", 524),)),
    Row("status=529", UnavailableError, more=(("status", 529),)),
    Row("body=json_error; message=Upstream is ill", ProviderError, says="Upstream is ill"),
    Row("body=html", ProviderError, says="web page"),
    Row("body=empty", ProviderError),
    Row("refuse=raw; message=The inner cause", RefusedError, says="The inner cause"),
    Row("refuse=context", ContextLengthError),
    Row("redirect=http://127.0.0.1:9/login", ProviderError, says="127.0.0.1"),
    Row("redirect=https://login.test/sso; status=307", ProviderError, says="login.test"),
    Row("redirect=https://login.test/sso; status=308", ProviderError, says="login.test"),
    Row("reset=before_headers", UnavailableError),
    Row("reset=after_headers", UnavailableError),
    Row("comments", UnavailableError),
    Row("silence=30", UnavailableError),
    Row("silence=30", UnavailableError, provider=AIML),
]
"""Nothing of an answer arrived: an error, no text, one request."""

IN_THE_ANSWER = [
    Row("midstream=one_choice", ProviderError, WHOLE, says="Upstream went away"),
    Row("midstream=empty_choices", ProviderError, WHOLE, says="Upstream went away"),
    Row("midstream=no_choices", ProviderError, WHOLE, says="Upstream went away"),
    Row("midstream=string", ProviderError, WHOLE, says="Upstream went away"),
    Row("midstream=flat", ProviderError, WHOLE, says="Upstream went away"),
    Row("midstream=one_choice", ProviderError, WHOLE, says="went away", provider=AIML),
    Row("reset=mid_event", None, "Hello fr", "cut_off", notices=("connection_lost",)),
    Row("reset=after_content", None, WHOLE, "cut_off", notices=("connection_lost",)),
    Row("end=no_chunk_end; finish=absent", None, WHOLE),
    Row("reset=after_finish", None, WHOLE),
    Row("end=no_finish", None, WHOLE, "cut_off", notices=("no_end_marker",)),
    Row("end=no_finish; framing=close", None, WHOLE, "cut_off", notices=("no_end_marker",)),
    Row("end=no_done", None, WHOLE),
    Row("end=open", None, WHOLE),
    Row("hold_after=3", UnavailableError, "Hello from t"),
    Row("big_line=64", ProtocolError, "Hell"),
    Row("finish=empty", None, WHOLE),
    Row("finish=null", None, WHOLE),
    Row("finish=absent", None, WHOLE),
    Row("finish=unknown", None, WHOLE, "cut_off"),
    Row("finish=two", None, WHOLE),
    Row("finish=on_every", None, WHOLE),
    Row("usage=zero", None, WHOLE),
    Row("usage=null", None, WHOLE),
    Row("usage=each", None, WHOLE),
    Row("usage=strings", None, WHOLE),
    Row("usage=absent", None, WHOLE),
    Row("usage=one_choice", None, WHOLE),
    Row("usage=in_finish", None, WHOLE),
    Row("no_id", None, WHOLE),
    Row("broken=1", None, WHOLE, notices=("damaged_events",)),
    Row("broken=3", None, WHOLE, notices=("damaged_events",)),
    Row("substituted", None, WHOLE, notices=()),
    Row("ignores_stream", None, WHOLE),
    Row("ignores_stream", None, WHOLE, provider=AIML),
    Row("status=201", None, WHOLE),
    Row("framing=close", None, WHOLE),
    Row("script=whitespace", None, "\n  \n"),
]
"""Part of an answer arrived: it is kept whatever follows, and nothing is asked again."""


def named(row):
    return f"{row.provider}: {row.faults}"


async def led_to(sim, closing, row):
    faults = row.faults
    sim.default = scenario_from(faults)
    waits = any(word in faults for word in ("silence", "comments", "hold_after"))
    more = {"timeouts": IMPATIENT} if waits else {}
    client = closing(client_at(sim, row.provider, **more))
    return await ask(client, question(*ROUTES[row.provider]))


@pytest.mark.parametrize("row", [*BEFORE_THE_ANSWER, *IN_THE_ANSWER], ids=named)
async def test_each_fault_ends_as_the_table_says(sim, closing, row):
    outcome = await led_to(sim, closing, row)
    assert outcome.text == row.text
    assert len(sim.record.generations) == row.requests
    if row.error is None:
        assert outcome.error is None
        assert outcome.sum.state is STATES[row.state]
        assert isinstance(outcome.events[-1], Finished)
        assert set(outcome.notices) >= set(row.notices)
    else:
        assert isinstance(outcome.error, row.error)
        assert outcome.error.provider == row.provider
        assert row.says in str(outcome.error)
        for name, value in row.more:
            assert getattr(outcome.error, name) == value


@pytest.mark.parametrize("row", BEFORE_THE_ANSWER, ids=named)
async def test_what_is_said_is_fit_to_show(sim, closing, row):
    outcome = await led_to(sim, closing, row)
    said = str(outcome.error)
    assert said.strip()
    assert outcome.error.hint.strip()
    for raw in ("<", "{", "Traceback", "httpx", "None"):
        assert raw not in said
    assert len(said) < 400
    assert len(outcome.error.details.encode()) <= 2048


@pytest.mark.parametrize("provider", ["openrouter", AIML, EMPIRIO])
async def test_no_credit_is_told_from_a_wrong_key(sim, closing, provider):
    server = sim.providers[provider]
    broke = closing(client_at(sim, provider, key=server.broke_key()))
    outcome = await ask(broke, question(*ROUTES[provider]))
    assert isinstance(outcome.error, QuotaError)
    assert outcome.error.is_out_of_credit
    wrong = closing(client_at(sim, provider, key=f"{server.key_prefix}wrong-key"))
    outcome = await ask(wrong, question(*ROUTES[provider]))
    assert isinstance(outcome.error, AuthenticationError)


async def test_a_403_that_is_no_bill_is_no_quota(sim, closing):
    sim.default = Scenario(status=403, message="Region not allowed")
    outcome = await ask(closing(client_at(sim, "openrouter")), question(*GEMMA_4))
    assert not isinstance(outcome.error, QuotaError)
    assert "Region not allowed" in str(outcome.error)


async def test_a_date_to_retry_at_becomes_seconds(sim, closing):
    sim.default = Scenario(status=429, retry_after="date")
    outcome = await ask(closing(client_at(sim, "openrouter")), question(*GEMMA_4))
    assert 0 < outcome.error.retry_after <= 3
    sim.default = Scenario(status=429, retry_after="past")
    outcome = await ask(closing(client_at(sim, "openrouter")), question(*GEMMA_4))
    assert not outcome.error.retry_after


@pytest.mark.parametrize("provider", ["openrouter", AIML, EMPIRIO, "ollama", "llamacpp", "vllm"])
async def test_a_model_nobody_has_is_named(sim, closing, provider):
    client = closing(client_at(sim, provider))
    sim.llamacpp.check_model = sim.vllm.check_model
    outcome = await ask(client, question(client.id, "no-such-model"))
    assert isinstance(outcome.error, RefusedError)
    assert "no-such-model" in str(outcome.error)


async def test_usage_of_zeros_and_nulls_is_unknown_not_free(sim, closing):
    for faults in ("usage=zero", "usage=null", "usage=absent"):
        sim.default = scenario_from(faults)
        outcome = await ask(closing(client_at(sim, AIML)), question(*ROUTES[AIML]))
        assert outcome.sum.usage.output_tokens in (None, 0)
        assert outcome.cost.amount != 0


@pytest.mark.parametrize(
    "faults", ["usage=each", "usage=strings", "usage=in_finish", "usage=one_choice"]
)
async def test_usage_is_read_wherever_it_stands(sim, closing, faults):
    sim.default = scenario_from(faults)
    outcome = await ask(closing(client_at(sim, "openrouter")), question(*GEMMA_4))
    assert (outcome.sum.usage.input_tokens, outcome.sum.usage.output_tokens) == (12, 7)


async def test_another_model_that_answers_is_named(sim, closing):
    sim.default = Scenario(substituted=True)
    outcome = await ask(closing(client_at(sim, "openrouter")), question(*GEMMA_4))
    assert outcome.sum.started.model == "google/gemma-4-26b-a4b-it:free"
    assert outcome.sum.started.upstream == "DeepInfra"
    assert outcome.sum.started.generation_id.startswith("gen-")


async def test_an_answer_of_nothing_is_said_to_be_one(sim, closing):
    sim.default = Scenario(script="empty")
    outcome = await ask(closing(client_at(sim, "openrouter")), question(*GEMMA_4))
    assert outcome.error is None
    assert not outcome.sum.has_content
    assert outcome.notices


async def test_a_server_that_is_not_there_is_unavailable(sim, closing):
    client = closing(client_at(sim, "ollama"))
    await sim.stop()
    outcome = await ask(client, question(client.id, "gemma3:27b"))
    assert isinstance(outcome.error, UnavailableError)
    assert "127.0.0.1" in str(outcome.error) + outcome.error.hint


async def test_a_limit_eaten_by_thinking_is_explained(sim, closing):
    sim.default = Scenario(script="thought_only")
    outcome = await ask(closing(client_at(sim, "openrouter")), question(*GEMMA_4))
    assert outcome.sum.state is MessageState.CUT_OFF
    assert (outcome.text, outcome.sum.reasoning) == ("", "Hm.")
    assert outcome.notices
