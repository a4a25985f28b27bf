"""Files of earlier messages: what a route cannot take is left out and told, never refused."""

from datetime import UTC, datetime

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import AttachmentPart, Message, Role, TextPart
from app.core.models.model import Model
from app.core.models.provider import Request
from app.providers.dialects.earlier_files import with_fitting_files

NOW = datetime(2026, 11, 21, tzinfo=UTC)
CAT = Attachment("aa" * 32, "cat.png", "image/png", 9, 2, 2)
DOG = Attachment("bb" * 32, "dog.png", "image/png", 9, 2, 2)
PAPER = Attachment("cc" * 32, "paper.pdf", "application/pdf", 9)
NOTES = Attachment("dd" * 32, "notes.txt", "text/plain", 9)
BLOBS = {file.sha256: b"bytes" for file in (CAT, DOG, PAPER, NOTES)}
GEMMA_2 = Model("openrouter", "g2", "Gemma 2 27B")
GEMMA_3 = Model("openrouter", "g3", "Gemma 3 27B", inputs=("text", "image"))


def said(role, text, *files):
    parts = [AttachmentPart(file) for file in files]
    parts += [TextPart(text)] if text else []
    return Message(f"{role}{text}", "c", None, role, tuple(parts), 1, NOW)


def asked(model, *messages, blobs=BLOBS):
    request, notices = with_fitting_files(Request(model, messages, blobs=blobs))
    return list(request.messages), [notice.text for notice in notices]


USER, MODEL = Role.USER, Role.ASSISTANT


def test_files_of_earlier_messages_are_left_out_with_words_in_their_place():
    messages, notices = asked(
        GEMMA_2, said(USER, "Who is this?", CAT, NOTES), said(MODEL, "A cat."), said(USER, "Sure?")
    )
    assert messages[0].text == "[a picture was attached here]\n\nWho is this?"
    assert messages[0].attachments == (NOTES,)
    assert notices == [
        "Not sent from earlier messages: “cat.png” – Gemma 2 27B does not take pictures."
    ]


def test_each_kind_is_told_by_itself():
    first = said(USER, "", CAT, DOG, PAPER)
    messages, notices = asked(GEMMA_2, first, said(MODEL, "Yes."), said(USER, "And?"))
    assert messages[0].text == (
        "[a picture was attached here] [a picture was attached here] [a PDF file was attached here]"
    )
    assert notices == [
        "Not sent from earlier messages: “cat.png”, “dog.png” – Gemma 2 27B does not take "
        "pictures.",
        "Not sent from earlier messages: “paper.pdf” – Gemma 2 27B does not take PDF files.",
    ]


def test_the_question_itself_keeps_its_files_to_be_refused_as_a_whole():
    question = said(USER, "Who is this?", CAT)
    assert asked(GEMMA_2, question) == ([question], [])


def test_what_the_route_takes_stays():
    branch = [said(USER, "Who is this?", CAT), said(MODEL, "A cat."), said(USER, "Sure?")]
    assert asked(GEMMA_3, *branch) == (branch, [])


def test_a_model_of_which_nothing_is_known_is_given_all():
    branch = [said(USER, "Who?", CAT, PAPER), said(MODEL, "A cat."), said(USER, "Sure?")]
    assert asked(Model("x", "x", "x", source="typed"), *branch) == (branch, [])


def test_a_file_that_is_gone_from_the_disk_is_left_out():
    branch = [said(USER, "Who?", CAT), said(MODEL, "A cat."), said(USER, "Sure?")]
    messages, notices = asked(GEMMA_3, *branch, blobs={})
    assert messages[0].attachments == ()
    assert notices == ["Not sent from earlier messages: “cat.png” – no longer on this computer."]


def test_a_picture_the_model_made_goes_along_with_the_next_question():
    branch = [said(USER, "Draw"), said(MODEL, "Here:", DOG), said(USER, "Larger", CAT)]
    messages, notices = asked(GEMMA_3, *branch)
    assert messages[1].attachments == ()
    assert messages[1].text == "[a picture was made here]\n\nHere:"
    assert messages[2].attachments == (DOG, CAT)
    assert messages[2].text == "Larger"
    assert notices == []


def test_a_picture_the_model_made_is_left_out_where_pictures_are_not_taken():
    branch = [said(USER, "Draw"), said(MODEL, "", DOG), said(USER, "Larger")]
    messages, notices = asked(GEMMA_2, *branch)
    assert messages[1].text == "[a picture was made here]"
    assert messages[2].attachments == ()
    assert notices == [
        "Not sent from earlier messages: “dog.png” – Gemma 2 27B does not take pictures."
    ]


def test_with_nothing_asked_after_it_a_made_picture_is_only_named():
    branch = [said(USER, "Draw"), said(MODEL, "", DOG)]
    messages, _ = asked(GEMMA_3, *branch)
    assert messages[1].text == "[a picture was made here]"
    assert messages[1].attachments == ()
