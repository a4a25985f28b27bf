"""Files of earlier messages on their way to a route: what it cannot take is left out and told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import AttachmentPart, Message, Part, Role, TextPart
from app.core.conversations.events import Noticed
from app.core.models.model import Model
from app.core.models.provider import Request

_KINDS = {
    "image": ("a picture", "pictures"),
    "file": ("a PDF file", "PDF files"),
    "audio": ("a sound", "sound"),
    "video": ("a film", "films"),
}
_GONE = "no longer there"


def with_fitting_files(request: Request) -> tuple[Request, list[Noticed]]:
    """The request with those files that its route can take, and notices about the others.

    In the message stands instead that a file was there. The last question keeps all of its files:
    what does not fit there is refused. A picture that a model made goes along with the question
    after it, because no route takes one in an answer.
    """
    if not any(message.attachments for message in request.messages):
        return request, []
    left: dict[str, list[Attachment]] = {}
    messages = list(request.messages)
    questions = [place for place, message in enumerate(messages) if message.role is Role.USER]
    last = questions[-1] if questions else -1
    for place, message in enumerate(messages):
        if not message.attachments or (place == last and message.role is Role.USER):
            continue
        wrong = {file: why for file in message.attachments if (why := _why_not(file, request))}
        after = next((found for found in questions if found > place), None)
        moved: list[Attachment] = []
        if message.role is not Role.USER:
            moved = [file for file in message.attachments if file not in wrong]
            if after is None:
                moved = []
        for file, why in wrong.items():
            left.setdefault(why, []).append(file)
        messages[place] = _told(message, wrong.keys())
        if moved and after is not None:
            files = [AttachmentPart(file) for file in moved]
            messages[after] = replace(messages[after], parts=(*files, *messages[after].parts))
    return replace(request, messages=messages), [
        Noticed("left_out", _sentence(files, why, request.model)) for why, files in left.items()
    ]


def _why_not(file: Attachment, request: Request) -> str:
    """The word for what the route does not take, "" for a file that can go along."""
    if file.sha256 not in request.blobs:
        return _GONE
    kind = _kind(file)
    is_known = request.model.source != "typed"
    return kind if kind and is_known and kind not in request.model.inputs else ""


def _kind(file: Attachment) -> str:
    if file.media_type == "application/pdf":
        return "file"
    kind = file.media_type.partition("/")[0]
    return kind if kind in _KINDS else ""


def _told(message: Message, wrong: Iterable[Attachment]) -> Message:
    """The message with words where it had files that do not go along in it."""
    gone = set(wrong)
    marks: list[str] = []
    parts: list[Part] = []
    is_made = message.role is not Role.USER
    for part in message.parts:
        if not isinstance(part, AttachmentPart):
            parts.append(part)
        elif is_made or part.attachment in gone:
            what = _KINDS.get(_kind(part.attachment), ("a file", ""))[0]
            marks.append(f"[{what} was {'made' if is_made else 'attached'} here]")
        else:
            parts.append(part)
    if not marks:
        return message
    text = "\n\n".join(said for said in (" ".join(marks), message.text) if said.strip())
    parts = [part for part in parts if not isinstance(part, TextPart)]
    return replace(message, parts=(*parts, TextPart(text)))


def _sentence(files: Sequence[Attachment], why: str, model: Model) -> str:
    names = ", ".join(dict.fromkeys(f"“{file.name[:40]}”" for file in files[:2]))
    more = f" and {len(files) - 2} more" if len(files) > 2 else ""
    if why == _GONE:
        reason = "no longer on this computer"
        return f"Not sent from earlier messages: {names}{more} – {reason}."
    return (
        f"Not sent from earlier messages: {names}{more} – "
        f"{model.name} does not take {_KINDS[why][1]}."
    )
