"""The strip above the composer on real services; a scripted provider asks for tools."""

from app.core.conversations.conversation import Message, MessageState, Role, TextPart, ToolCallPart
from app.core.identity import new_id
from app.core.models.tool import DECLINED

CALL = ToolCallPart("c1", "get_weather", '{"city": "Oslo"}')


async def call_arrives(desk, *calls, state=MessageState.DONE):
    """Stores an answer that asks for tools at the end of the branch, and reads it."""
    conversations = desk.services.conversations
    store = conversations._store.conversations
    last = conversations.branch()[-1]
    message = Message(
        new_id(), last.conversation_id, last.id, Role.ASSISTANT, calls, last.sequence + 1,
        last.created_at, state,
    )  # fmt: skip
    store.append(message).result()
    conversations.open(last.conversation_id, message.id)
    return message


async def test_calls_wait_are_answered_and_the_answer_goes_on(desk):
    await desk.asked()
    view, conversations = desk.window.view, desk.services.conversations
    assert view.answers.isHidden()
    message = await call_arrives(desk, TextPart("Let me look."), CALL)
    assert not view.answers.isHidden()
    view.answers.focus_first()
    view.answers.fields[0].text.setPlainText("8 degrees")
    await desk.until(desk.services.generation.finished, view.answers.send.click)
    branch = conversations.branch()
    result, answer = branch[-2:]
    assert (result.role, result.parent_id) == (Role.TOOL, message.id)
    assert [(r.call_id, r.text) for r in result.results] == [("c1", "8 degrees")]
    assert answer.role is Role.ASSISTANT
    assert view.answers.isHidden()
    assert desk.window.focusWidget() is view.composer.field


async def test_declining_by_command_tells_the_model(desk):
    await desk.asked()
    registry = desk.window.registry
    assert not registry.is_enabled("tool.decline")
    await call_arrives(desk, CALL)
    assert registry.is_enabled("tool.decline")
    await desk.until(desk.services.generation.finished, registry.run, "tool.decline")
    assert desk.services.conversations.branch()[-2].results[0].text == DECLINED


async def test_a_waiting_call_is_there_after_another_conversation_was_read(desk):
    await desk.asked()
    message = await call_arrives(desk, CALL)
    conversations = desk.services.conversations
    conversations.new()
    assert desk.window.view.answers.isHidden()
    conversations.open(message.conversation_id)
    assert not desk.window.view.answers.isHidden()
    desk.window.registry.run("tool.answer", message.id)
    assert desk.window.focusWidget() is desk.window.view.answers.fields[0].text


async def test_half_a_call_is_never_offered(desk):
    await desk.asked()
    await call_arrives(desk, CALL, state=MessageState.CUT_OFF)
    assert desk.window.view.answers.isHidden()
