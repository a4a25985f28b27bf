from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from html import escape

import pytest
from markdown_it import MarkdownIt

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import (
    AttachmentPart,
    Conversation,
    Fault,
    Message,
    MessageState,
    Part,
    Provenance,
    Role,
    ShapeCheck,
    SourcePart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from app.core.costs.usage import Cost, CostSource
from app.transfer.formats.markdown import markdown_text

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def _message(
    message_id: str,
    parent: str | None,
    role: Role,
    text: str,
    *,
    state: MessageState = MessageState.DONE,
    origin: Provenance | None = None,
) -> Message:
    number = int(message_id[1:])
    return Message(message_id, "c", parent, role, (TextPart(text),), number, NOW, state, origin)


def test_only_the_branch_being_read_is_written() -> None:
    messages = [
        _message("m1", None, Role.USER, "Question"),
        _message("m2", "m1", Role.ASSISTANT, "First answer"),
        _message("m3", "m1", Role.ASSISTANT, "Second answer"),
    ]
    text = markdown_text(Conversation("c", "Title", NOW, NOW, leaf_id="m2"), messages)
    assert text.startswith("# Title\n")
    assert "First answer" in text
    assert "Second answer" not in text


def test_an_answer_says_who_gave_it_what_it_cost_and_how_it_ended() -> None:
    origin = Provenance(
        "openrouter",
        "google/gemma-2-27b-it",
        model_name="Gemma 2 27B",
        provider_name="OpenRouter",
        cost=Cost(Decimal("0.00011"), CostSource.REPORTED),
        fault=Fault("UnavailableError", "The connection was lost."),
    )
    messages = [
        _message("m1", None, Role.USER, "Question"),
        _message("m2", "m1", Role.ASSISTANT, "Half", state=MessageState.FAILED, origin=origin),
    ]
    text = markdown_text(Conversation("c", "T", NOW, NOW), messages)
    assert "## Gemma 2 27B" in text
    assert (
        "*failed · OpenRouter, google/gemma-2-27b-it · $0.00011 reported"
        " · The connection was lost.*" in text
    )


def test_attachments_are_named_and_instructions_come_first() -> None:
    file = AttachmentPart(Attachment("ab" * 32, "cat.png", "image/png", 10))
    question = Message("m1", "c", None, Role.USER, (file, TextPart("What?")), 1, NOW)
    text = markdown_text(Conversation("c", "T", NOW, NOW, system="Be brief."), [question])
    assert text.index("Be brief.") < text.index("*Attached: cat.png*") < text.index("What?")


def test_calls_results_and_sources_are_written_and_foreign_texts_stay_texts() -> None:
    asking = _message("m2", "m1", Role.ASSISTANT, "Let me look.")
    call = ToolCallPart("c1", "find", '{"q":"a```b"}')
    result = ToolResultPart("c1", "8 degrees")
    sources = (
        SourcePart("https://a.test/x", "News [1] <b>now</b>"),
        SourcePart("https://www.b.test/> evil"),
    )
    origin = Provenance("p", "m", shape=ShapeCheck("misfit", "Does not fit: $.a is not a number."))
    messages = [
        _message("m1", None, Role.USER, "Question"),
        replace(asking, parts=(*asking.parts, call)),
        replace(_message("m3", "m2", Role.TOOL, ""), parts=(result,)),
        replace(
            _message("m4", "m3", Role.ASSISTANT, "Snow.", origin=origin),
            parts=(TextPart("Snow."), *sources),
        ),
    ]
    text = markdown_text(Conversation("c", "Title", NOW, NOW, leaf_id="m4"), messages)
    assert 'Asks for `find`:\n\n````json\n{\n  "q": "a```b"\n}\n````' in text
    assert "## Result of a tool\n\n\n```\n8 degrees\n```" in text
    assert r"1. News \[1\] \<b\>now\</b\> <https://a.test/x>" in text
    assert "2. b.test <https://www.b.test/%3Eevil>" in text
    assert "Does not fit: $.a is not a number" in text


def test_a_picture_that_a_model_made_is_named_in_its_answer() -> None:
    file = AttachmentPart(Attachment("ab" * 32, "picture 1.png", "image/png", 10))
    answer = Message("m1", "c", None, Role.ASSISTANT, (TextPart("Here."), file), 1, NOW)
    text = markdown_text(Conversation("c", "T", NOW, NOW), [answer])
    assert "*Picture: picture 1.png*" in text


def _file(name: str, kind: str = "image/png") -> AttachmentPart:
    return AttachmentPart(Attachment(name.encode().hex().rjust(64, "0"), name, kind, 10))


def _question(*parts: Part) -> str:
    message = Message("m1", "c", None, Role.USER, parts, 1, NOW)
    return markdown_text(Conversation("c", "T", NOW, NOW), [message], lambda f: f"T/{f.name}")


def test_files_stand_apart_from_the_question_and_from_each_other() -> None:
    parts = (_file("cat.png"), _file("n.pdf", "application/pdf"), TextPart("What?"))
    message = Message("m1", "c", None, Role.USER, parts, 1, NOW)
    text = markdown_text(Conversation("c", "T", NOW, NOW), [message])
    paragraphs = text.split("\n\n")
    assert paragraphs[2:] == ["*Attached: cat.png*", "*Attached: n.pdf*", "What?\n"]


def test_pictures_are_shown_and_other_files_linked_where_they_were_written() -> None:
    text = _question(_file("cat.png"), _file("n.pdf", "application/pdf"), TextPart("What?"))
    assert text.split("\n\n")[2:] == [
        "*Attached: cat.png*",
        "![cat.png](T/cat.png)",
        "*Attached: [n.pdf](T/n.pdf)*",
        "What?\n",
    ]


def test_what_an_answer_says_around_a_picture_stays_around_it() -> None:
    parts = (TextPart("Look"), TextPart(" here:"), _file("p.png"), TextPart("That is it."))
    answer = Message("m1", "c", None, Role.ASSISTANT, parts, 1, NOW)
    text = markdown_text(Conversation("c", "T", NOW, NOW), [answer])
    assert text.split("\n\n")[2:] == ["Look here:", "*Picture: p.png*", "That is it.\n"]


def test_a_file_that_is_gone_is_named_as_gone() -> None:
    message = Message("m1", "c", None, Role.USER, (_file("cat.png"),), 1, NOW)
    text = markdown_text(Conversation("c", "T", NOW, NOW), [message], lambda _: None)
    assert "*Attached: cat.png (no longer there)*" in text


@pytest.mark.parametrize(
    "name",
    ["a*b*.png", "_x_.png", "a]b(c).png", "snake_case_name.png", "<b>.png", "&amp;.png", "`a`.png"],
)
def test_a_file_name_is_read_as_nothing_but_its_letters(name: str) -> None:
    message = Message("m1", "c", None, Role.USER, (_file(name), TextPart("What?")), 1, NOW)
    text = markdown_text(Conversation("c", "T", NOW, NOW), [message])
    html = MarkdownIt("gfm-like", {"linkify": False}).render(text)
    assert f"<p><em>Attached: {escape(name, quote=False)}</em></p>" in html
