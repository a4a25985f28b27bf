"""Heavy requests as bytes."""

import base64
import json

import pytest

from app.providers.transport.heavy_body import STEP, base64_of, encoded, in_pieces


@pytest.mark.parametrize("length", [0, 1, 2, 3, STEP - 1, STEP, STEP + 1, 2 * STEP + 2])
def test_base64_in_steps_is_base64(length):
    data = bytes(number % 251 for number in range(length))
    assert base64.b64decode(base64_of(data), validate=True) == data


LONG = 'Grüße 😀 "quoted" back\\slash\n\x01\u2028 ' * (STEP // 16)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"a": [1, 2.5, None, True, "ß"], "b": {"c": "x"}},
        {"messages": [{"role": "user", "content": [{"text": LONG}, {"text": LONG[1:]}]}]},
        {"long": "A" * (3 * STEP), "short": "😀"},
        {"in a tuple": ("A" * (STEP + 1), 3)},
    ],
)
def test_a_body_is_the_json_it_always_was(body):
    assert json.loads(encoded(body)) == json.loads(json.dumps(body))
    assert encoded(body) == json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def test_what_cannot_be_written_becomes_a_question_mark_wherever_it_stands():
    assert encoded({"a": "x\ud800y"}) == b'{"a":"x?y"}'
    whole = encoded({"a": "\ud800" + "A" * STEP})
    assert whole == b'{"a":"?' + b"A" * STEP + b'"}'


async def test_pieces_make_the_whole():
    content = bytes(range(256)) * 3000
    pieces = [piece async for piece in in_pieces(content)]
    assert b"".join(pieces) == content
    assert max(map(len, pieces)) == STEP
