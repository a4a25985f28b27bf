"""Bodies written byte by byte, and what a client makes of them."""

import json
from dataclasses import replace

from app.core.conversations.events import Started
from app.providers.client import Client
from app.providers.transport.http import Timeouts
from tests.simulator import Scenario
from tests.wire.asking import GEMMA_4, ask, client_at, profile_at, question

IMPATIENT = Timeouts(
    connect=1.0, first_byte=1.0, idle=0.4, content=1.0, after_finish=0.4, after_marker=0.1
)
DIALECTS = ("chat", "responses", "messages")


def delta(content=None, finish=None, **more):
    """One event of the chat dialect as a JSON value."""
    said = {"role": "assistant", **({} if content is None else {"content": content}), **more}
    return {
        "id": "gen-1",
        "model": "google/gemma-4-26b-a4b-it",
        "choices": [{"index": 0, "delta": said, "finish_reason": finish}],
    }


def line(value, end=b"\n\n", *, space=b" "):
    """A `data:` line of a JSON value, or of a text as it stands."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return b"data:" + space + text.encode() + end


USAGE = {"choices": [], "usage": {"prompt_tokens": 12, "completion_tokens": 7, "total_tokens": 19}}
DONE = line("[DONE]")


def chat_body(*values, done=True):
    """A whole chat stream of these JSON values."""
    return b"".join(line(value) for value in values) + (DONE if done else b"")


def responses_body(*texts, event_names=True, done=False, ends=True):
    """A stream of the Responses dialect that says these texts."""
    events = [
        {"type": "response.created", "response": {"id": "resp_1", "model": "m", "output": []}}
    ]
    item = {"type": "message", "id": "msg_1", "role": "assistant", "content": []}
    events.append({"type": "response.output_item.added", "output_index": 0, "item": item})
    for text in texts:
        events.append(
            {
                "type": "response.output_text.delta",
                "item_id": "msg_1",
                "output_index": 0,
                "content_index": 0,
                "delta": text,
            }
        )
    if ends:
        content = [{"type": "output_text", "text": "".join(texts), "annotations": []}]
        whole = {
            "id": "resp_1",
            "model": "m",
            "status": "completed",
            "output": [{**item, "status": "completed", "content": content}],
            "usage": {"input_tokens": 12, "output_tokens": 7, "total_tokens": 19},
        }
        events.append({"type": "response.completed", "response": whole})
    return _named(events, event_names) + (DONE if done else b"")


def messages_body(*texts, event_names=True, done=False, ends=True, between=()):
    """A stream of the Messages dialect that says these texts, `between` after each."""
    start = {"id": "msg_1", "model": "m", "usage": {"input_tokens": 12, "output_tokens": 1}}
    block = {"type": "text", "text": ""}
    events = [
        {"type": "message_start", "message": start},
        {"type": "content_block_start", "index": 0, "content_block": block},
    ]
    for text in texts:
        piece = {"type": "text_delta", "text": text}
        events.append({"type": "content_block_delta", "index": 0, "delta": piece})
        events.extend(between)
    if ends:
        events.append({"type": "content_block_stop", "index": 0})
        stop = {"stop_reason": "end_turn", "stop_sequence": None}
        events.append({"type": "message_delta", "delta": stop, "usage": {"output_tokens": 7}})
        events.append({"type": "message_stop"})
    return _named(events, event_names) + (DONE if done else b"")


def _named(events, event_names):
    head = [f"event: {e['type']}\n".encode() if event_names else b"" for e in events]
    return b"".join(name + line(event) for name, event in zip(head, events, strict=True))


async def read(sim, closing, *pieces, provider="openrouter", dialect="chat", **more):
    """The outcome of a question that is answered with exactly these bytes."""
    client = more.pop("client", None)
    limit = {"max_tokens": 500} if dialect == "messages" else {}
    request = more.pop("request", None) or question(*GEMMA_4, parameters=limit)
    timeouts = more.pop("timeouts", IMPATIENT)
    sim.next(Scenario(pieces=tuple(pieces), **more))
    if client is None:
        client = closing(client_in(sim, dialect, provider, timeouts))
    return await ask(client, request)


def client_in(sim, dialect, provider="openrouter", timeouts=IMPATIENT):
    """A client that speaks a dialect."""
    if dialect == "chat":
        return client_at(sim, provider, timeouts=timeouts)
    profile = replace(profile_at(sim, provider), dialect=dialect)
    return Client(profile, key=sim.providers[provider].good_key(), timeouts=timeouts)


BODIES = {
    "chat": lambda *texts: chat_body(*map(delta, texts), delta("", "stop"), USAGE),
    "responses": responses_body,
    "messages": messages_body,
}


def plain(events):
    """Events without the ids of the reply, which differ from one to the next."""
    return [Started() if isinstance(event, Started) else event for event in events]
