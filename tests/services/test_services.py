"""Closing all services at once, in the middle of an answer."""

from typing import Any

from app.core.conversations.conversation import MessageState


async def test_closing_keeps_what_had_arrived_and_can_be_done_twice(
    stage: Any, reopen: Any
) -> None:
    services = stage.services
    services.conversations.send("What is a tide?")
    stage.provider.say("The sea rises")
    await stage.until(services.generation.text_added)
    conversation = services.conversations.current.id
    await services.close()
    again = (await reopen(stage)).services.conversations
    again.open(conversation)
    question, answer = again.branch()
    assert question.text == "What is a tide?"
    assert answer.text == "The sea rises"
    assert answer.state in (MessageState.STOPPED, MessageState.CUT_OFF)


async def test_closing_leaves_no_task_behind(stage: Any) -> None:
    await stage.answered("Done.")
    await stage.services.close()
    assert not stage.services.generation.is_running(stage.services.conversations.current.id)
    assert not stage.services.scope._all
