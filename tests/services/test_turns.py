"""What is sent for a turn; the flow of turns is in test_conversations."""

from typing import Any

from app.core.conversation import MessageState

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
