"""What is sent for a turn; the flow of turns is in test_conversations."""

from typing import Any

import pytest

from app.core.conversations.conversation import MessageState, Role
from app.core.conversations.events import SourceAdded, ToolCallAdded
from app.services.generation.tool_rounds import waiting_message

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
    b"\x1f\x15\xc4\x89\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00\x00"
    b"IEND\xaeB`\x82"
)


async def test_an_attached_picture_goes_with_the_question_and_with_its_edit(stage: Any) -> None:
    conversations = stage.services.conversations
    picture = conversations.attach_bytes(PNG, "dot.png")
    conversations.send("What is this?", [picture])
    stage.provider.say("A dot.")
    stage.provider.end()
    await stage.until(stage.services.generation.finished)
    request = stage.provider.requests[0]
    assert [a.name for a in request.attachments()] == ["dot.png"]
    assert request.blobs[picture.sha256] == PNG
    conversations.edit(conversations.branch()[0].id, "And this?")
    stage.provider.say("Still a dot.")
    stage.provider.end()
    await stage.until(stage.services.generation.finished)
    assert [a.name for a in stage.provider.requests[1].attachments()] == ["dot.png"]


async def test_an_empty_cut_off_answer_is_asked_anew_instead_of_continued(stage: Any) -> None:
    conversations = stage.services.conversations
    conversations.send("Hello")
    stage.provider.end(MessageState.CUT_OFF)
    (cut,) = await stage.until(stage.services.generation.finished)
    conversations.continue_answer(cut.id)
    stage.provider.say("Hi.")
    stage.provider.end()
    await stage.until(stage.services.generation.finished)
    assert [m.text for m in stage.provider.requests[1].messages] == ["Hello"]


async def test_a_removed_provider_is_explained_and_the_question_stays(stage: Any) -> None:
    conversations = stage.services.conversations
    conversations.choices.prepare("gone", "model", {})
    notices: list[str] = []
    stage.services.notices.raised.connect(lambda notice: notices.append(notice.text))
    stage.services.notices.release()
    conversations.send("Hello?")
    await stage.until(stage.services.notices.raised)
    assert "gone" in notices[0]
    assert [m.text for m in conversations.branch()] == ["Hello?"]


async def test_a_question_sent_just_before_closing_is_not_lost(stage: Any, reopen: Any) -> None:
    stage.services.conversations.send("Keep me")
    again = await reopen(stage)
    conversations = again.services.conversations
    conversations.open(conversations.summaries()[0].id)
    assert [m.text for m in conversations.branch()] == ["Keep me"]


CALLS = (ToolCallAdded(0, "c1", "find", '{"q": 1}'), ToolCallAdded(1, "c2", "find", "{}"))


async def asked_for_tools(stage: Any, state: MessageState = MessageState.DONE) -> Any:
    stage.services.tools.save("find", "Finds.", {"type": "object"})
    stage.services.tools.save("other", "", {"type": "object"})
    stage.services.conversations.choices.set_parameters({"tools": ["find", "gone"], "seed": 1})
    stage.services.conversations.send("Where?")
    for call in CALLS:
        stage.provider.tell(call)
    stage.provider.end(state, "tool_calls")
    (answer,) = await stage.until(stage.services.generation.finished)
    return answer


async def test_only_the_tools_that_are_on_are_offered(stage: Any) -> None:
    await asked_for_tools(stage)
    (request,) = stage.provider.requests
    assert [tool.name for tool in request.tools] == ["find"]
    assert request.parameters == {"seed": 1}


async def test_results_are_stored_as_a_message_and_the_model_goes_on(stage: Any) -> None:
    answer = await asked_for_tools(stage)
    conversations = stage.services.conversations
    conversations.answer_calls(answer.id, {"c2": "Here."})
    stage.provider.say("It is here.")
    stage.provider.end()
    await stage.until(stage.services.generation.finished)
    question, asking, results, last = conversations.branch()
    assert (results.role, results.parent_id, last.parent_id) == (Role.TOOL, asking.id, results.id)
    assert [(r.call_id, r.text) for r in results.results] == [
        ("c1", "The user declined."),
        ("c2", "Here."),
    ]
    sent = stage.provider.requests[1].messages
    assert [m.role for m in sent] == [Role.USER, Role.ASSISTANT, Role.TOOL]
    assert sent[1].calls == answer.calls
    assert conversations.current.title == question.text


async def test_calls_wait_and_results_stay_over_a_restart(stage: Any, reopen: Any) -> None:
    answer = await asked_for_tools(stage)
    again = await reopen(stage)
    conversations = again.services.conversations
    conversations.open(answer.conversation_id)
    waiting = waiting_message(conversations.branch())
    assert waiting is not None
    assert [call.arguments for call in waiting.calls] == ['{"q": 1}', "{}"]
    conversations.answer_calls(waiting.id, {"c1": "8", "c2": "9"})
    again.provider.say("So it is.")
    again.provider.end()
    await again.until(again.services.generation.finished)
    assert [m.role for m in conversations.branch()][1:] == [
        Role.ASSISTANT,
        Role.TOOL,
        Role.ASSISTANT,
    ]
    assert waiting_message(conversations.branch()) is None


async def test_a_retry_after_results_asks_from_the_results(stage: Any) -> None:
    answer = await asked_for_tools(stage)
    conversations = stage.services.conversations
    conversations.answer_calls(answer.id, {})
    stage.provider.end()
    (last,) = await stage.until(stage.services.generation.finished)
    conversations.retry(last.id)
    stage.provider.say("Again.")
    stage.provider.end()
    (again,) = await stage.until(stage.services.generation.finished)
    assert again.parent_id == last.parent_id
    assert conversations.branch()[-2].role is Role.TOOL


@pytest.mark.parametrize("state", [MessageState.CUT_OFF, MessageState.REFUSED])
async def test_half_a_call_never_waits(stage: Any, state: MessageState) -> None:
    answer = await asked_for_tools(stage, state)
    assert len(answer.calls) == 2
    assert waiting_message(stage.services.conversations.branch()) is None


@pytest.mark.parametrize(
    ("said", "kind"), [('{"a": 1}', "fits"), ('{"a": "x"}', "misfit"), ("Sure!", "not_json")]
)
async def test_an_answer_is_held_against_the_shape_that_was_asked_for(
    stage: Any, said: str, kind: str
) -> None:
    schema = {"type": "object", "properties": {"a": {"type": "number"}}}
    choices = stage.services.conversations.choices
    choices.set_parameters({"response_format": schema})
    answer = await stage.answered(said)
    assert answer.provenance.shape.kind == kind
    choices.set_parameters({})
    assert (await stage.answered(said)).provenance.shape is None
    raw = {"type": "json_schema", "json_schema": {"name": "n", "schema": schema}}
    choices.set_parameters({"raw": {"response_format": raw}})
    assert (await stage.answered(said)).provenance.shape.kind == kind


async def test_sources_are_kept_once_with_the_answer(stage: Any) -> None:
    stage.services.conversations.send("News?")
    stage.provider.say("Snow.")
    for url in ("https://a.test/x", "https://a.test/x#y", "https://b.test"):
        stage.provider.tell(SourceAdded(url, "T"))
    stage.provider.end()
    (answer,) = await stage.until(stage.services.generation.finished)
    assert [source.url for source in answer.sources] == ["https://a.test/x", "https://b.test"]


async def test_a_provider_that_goes_on_by_itself_is_not_told_to(stage: Any) -> None:
    conversations = stage.services.conversations
    stage.services.models.keys.use_for_this_run("openrouter", "sk-or-v1-canary0123456789wxyz")
    conversations.choices.choose_model("openrouter", "google/gemma-2-27b-it")
    conversations.send("Count to four")
    stage.provider.say("one two")
    stage.provider.end(MessageState.CUT_OFF, "length")
    (cut,) = await stage.until(stage.services.generation.finished)
    conversations.continue_answer(cut.id)
    stage.provider.say(" three four")
    stage.provider.end()
    (whole,) = await stage.until(stage.services.generation.finished)
    sent = stage.provider.requests[-1].messages
    assert [(str(m.role), m.text) for m in sent] == [
        ("user", "Count to four"),
        ("assistant", "one two"),
    ]
    assert whole.text == "one two three four"


async def test_words_said_again_at_the_seam_are_said_once(stage: Any, reopen: Any) -> None:
    conversations = stage.services.conversations
    conversations.send("Tell me")
    stage.provider.say("The tide follows the moon")
    stage.provider.end(MessageState.CUT_OFF, "length")
    (cut,) = await stage.until(stage.services.generation.finished)
    shown: list[str] = []
    stage.services.generation.text_added.connect(lambda _id, text: shown.append(text))
    conversations.continue_answer(cut.id)
    stage.provider.say("follows the", " moon and", " the sun.")
    stage.provider.end()
    (whole,) = await stage.until(stage.services.generation.finished)
    assert whole.text == "The tide follows the moon and the sun."
    assert "".join(shown) == " and the sun."
    again = await reopen(stage)
    again.services.conversations.open(whole.conversation_id)
    assert again.services.conversations.branch()[-1].text == whole.text


async def test_stop_right_after_enter_keeps_the_question_and_begins_no_answer(stage: Any) -> None:
    conversations = stage.services.conversations
    conversations.send("Hello")
    conversations.stop()
    await stage.until(conversations.message_added)
    while conversations.turns.is_asking(conversations.current.id):
        await stage.until(conversations.listed)
    assert [message.text for message in conversations.branch()] == ["Hello"]
    assert not stage.services.generation.is_running(conversations.current.id)
    answer = await stage.answered("Here I am", question="Again")
    assert answer.text == "Here I am"
