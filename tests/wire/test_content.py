"""What the simulated models say is understood."""

from dataclasses import replace

import pytest

from app.core.conversations.conversation import (
    MessageState,
    Provenance,
    ReasoningPart,
    Role,
    ToolCallPart,
)
from app.core.conversations.events import ReasoningAdded, TextAdded
from tests.simulator import SCRIPTS, THINK_TAG_LENGTH, Scenario, script_named
from tests.simulator.scripts import HIDDEN, PICTURE, SUMMARY
from tests.wire.asking import GEMMA_4, ask, client_at, question, said

SPOKEN = sorted(name for name in SCRIPTS if not SCRIPTS[name].calls)
CALLING = sorted(name for name in SCRIPTS if SCRIPTS[name].calls)
THINKING = ["reasoning", "reasoning_content", "reasoning_details", "reasoning_all"]


async def said_by(sim, closing, script, provider="openrouter", route=GEMMA_4, **request):
    sim.default = Scenario(script=script)
    return await ask(closing(client_at(sim, provider)), question(*route, **request))


@pytest.mark.parametrize("name", SPOKEN)
async def test_every_text_and_thought_arrives_whole(sim, closing, name):
    outcome = await said_by(sim, closing, name)
    wanted = SCRIPTS[name]
    assert outcome.error is None
    assert outcome.text == wanted.text
    assert outcome.sum.reasoning == wanted.reasoning


@pytest.mark.parametrize("cut", range(THINK_TAG_LENGTH))
async def test_a_think_tag_is_told_from_the_text_wherever_it_is_cut(sim, closing, cut):
    outcome = await said_by(sim, closing, f"think_tag_{cut}")
    assert (outcome.text, outcome.sum.reasoning) == ("Hello there.", "Plan: greet.")


@pytest.mark.parametrize("name", THINKING)
async def test_a_thought_comes_once_and_before_the_text(sim, closing, name):
    outcome = await said_by(sim, closing, name)
    kinds = [type(e) for e in outcome.events if isinstance(e, TextAdded | ReasoningAdded)]
    assert kinds == sorted(kinds, key=lambda kind: kind is TextAdded)
    assert outcome.sum.usage.reasoning_tokens == 3


@pytest.mark.parametrize("name", CALLING)
async def test_tool_calls_are_put_together(sim, closing, name):
    outcome = await said_by(sim, closing, name)
    calls = [part for part in outcome.sum.parts if isinstance(part, ToolCallPart)]
    assert [call.name for call in calls] == [name for name, _ in script_named(name).calls]
    for call, (_, arguments) in zip(calls, script_named(name).calls, strict=True):
        assert call.arguments in ({arguments, "{}"} if not arguments else {arguments})
    assert len({call.call_id for call in calls}) == len(calls)


async def test_details_go_back_unchanged_to_the_model_that_made_them(sim, closing):
    first = await said_by(sim, closing, "details")
    parts = first.sum.parts
    (thought,) = (part for part in parts if isinstance(part, ReasoningPart))
    text, summary, hidden = thought.details
    assert (text["text"], text["signature"]) == ("Let me see.", "EqQB")
    assert (summary, hidden) == (SUMMARY, HIDDEN)
    answer = replace(said(Role.ASSISTANT, "", 2), parts=parts, provenance=Provenance(*GEMMA_4))
    branch = [said(Role.USER, "Hi", 1), answer, said(Role.USER, "More", 3)]
    await said_by(sim, closing, "plain", messages=branch)
    sent = sim.record.last.json["messages"][1]
    assert sent["reasoning_details"] == [dict(detail) for detail in thought.details]


async def test_sources_pictures_and_refusals_are_told_apart(sim, closing):
    outcome = await said_by(sim, closing, "annotations")
    sources = [(source.url, source.title) for source in outcome.sum.sources]
    assert [url for url, _ in sources] == ["https://example.org/a", "https://example.org/b"]
    assert sources[1][1] == "B"
    outcome = await said_by(sim, closing, "images")
    assert outcome.sum.images == [PICTURE]
    outcome = await said_by(sim, closing, "refusal")
    assert outcome.sum.state is MessageState.REFUSED


async def test_log_probabilities_come_with_their_rivals(sim, closing):
    parameters = {"logprobs": True, "top_logprobs": 2}
    outcome = await said_by(sim, closing, "plain", parameters=parameters)
    words = outcome.sum.words
    assert "".join(word.text for word in words) == "Hello from the simulator."
    assert words[0].logprob == -0.25
    assert [rival.text for rival in words[0].rivals] == ["Hell0", "Hell1"]


async def test_a_limit_on_the_length_leaves_the_answer_cut(sim, closing):
    outcome = await said_by(sim, closing, "plain", parameters={"max_tokens": 2})
    assert (outcome.text, outcome.sum.state) == ("Hello fr", MessageState.CUT_OFF)
    assert outcome.sum.finished.finish_reason == "length"


async def test_a_stop_text_with_a_comma_cannot_be_said_to_empiriolabs(sim, closing):
    route = ("empiriolabs", "gemma-3-27b")
    request = {"parameters": {"stop": ["a,b"]}}
    outcome = await said_by(sim, closing, "plain", "empiriolabs", route, **request)
    assert "comma" in str(outcome.error)
    assert len(sim.record) == 0


async def test_the_footer_of_sources_does_not_go_back(sim, closing):
    route = ("empiriolabs", "gemma-3-27b")
    request = {"parameters": {"web_search": True}}
    first = await said_by(sim, closing, "plain", "empiriolabs", route, **request)
    provenance = Provenance(*route, request=sim.record.last.json)
    answer = said(Role.ASSISTANT, first.text, 2, provenance=provenance)
    branch = [said(Role.USER, "Hi", 1), answer, said(Role.USER, "More", 3)]
    await said_by(sim, closing, "plain", "empiriolabs", route, messages=branch)
    assert "**Sources**" in first.text
    assert sim.record.last.json["messages"][1]["content"] == "Hello from the simulator."


async def test_a_long_answer_arrives_whole(sim, closing):
    outcome = await said_by(sim, closing, "long")
    assert outcome.text == SCRIPTS["long"].text
    assert len(outcome.text) > 200_000
