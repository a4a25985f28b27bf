"""Whatever a provider puts into an answer is kept: pictures, sources, what it asks back."""

import json

import pytest

from tests.quirks.wire import BODIES, DIALECTS, chat_body, delta, read

PNG = "data:image/png;base64," + "iVBORw0KGgoAAAANSUhEUg" * 40 + "=="
USAGE_IN_CHOICE = {"prompt_tokens": 12, "completion_tokens": 7, "total_tokens": 19}


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("size", [1, 2, 7, 4096])
async def test_a_picture_written_into_the_text_is_a_picture(sim, closing, dialect, size):
    said = f"Here:\n\n![image]({PNG})\n\nDone!"
    pieces = [said[start : start + size] for start in range(0, len(said), size)]
    outcome = await read(sim, closing, BODIES[dialect](*pieces), dialect=dialect)
    assert outcome.error is None
    assert outcome.text == "Here:\n\n\n\nDone!"
    assert outcome.sum.images == [PNG]


async def test_a_picture_of_megabytes_is_no_text_at_any_moment(sim, closing):
    url = "data:image/png;base64," + "iVBORw0KGgo+" * 170_000
    said = f"![image]({url})"
    pieces = [delta(said[start : start + 60_000]) for start in range(0, len(said), 60_000)]
    outcome = await read(sim, closing, chat_body(*pieces, delta("", "stop")))
    assert outcome.error is None
    assert outcome.sum.images == [url]
    assert outcome.text == ""
    assert all(len(getattr(event, "text", "")) < 100 for event in outcome.events)


@pytest.mark.parametrize(
    "part",
    [
        {"type": "image_url", "image_url": {"url": PNG}},
        {"type": "image_url", "image_url": PNG},
        {"type": "output_image", "image_url": PNG},
        {"type": "image", "image": PNG},
        {
            "type": "image",
            "source": {"type": "base64", "media_type": "image/png", "data": PNG[22:]},
        },
        {"type": "image", "data": PNG[22:], "mime_type": "image/png"},
        {"type": "image", "b64_json": PNG[22:]},
        {"inline_data": {"mime_type": "image/png", "data": PNG[22:]}},
        {"inlineData": {"mimeType": "image/png", "data": PNG[22:]}},
        {"image_url": {"url": PNG}},
    ],
)
async def test_a_picture_among_the_parts_is_a_picture(sim, closing, part):
    content = [{"type": "text", "text": "Here"}, part]
    streamed = await read(sim, closing, chat_body(delta(content), delta(None, "stop")))
    assert (streamed.text, streamed.sum.images) == ("Here", [PNG])
    whole = {"message": {"role": "assistant", "content": content}, "finish_reason": "stop"}
    body = json.dumps({"id": "gen-1", "choices": [whole]}).encode()
    whole = await read(sim, closing, body, head=(("Content-Type", "application/json"),))
    assert (whole.text, whole.sum.images) == ("Here", [PNG])


async def test_a_part_nobody_knows_is_named(sim, closing):
    content = [{"type": "text", "text": "Here"}, {"type": "hologram", "data": "AAAA"}]
    outcome = await read(sim, closing, chat_body(delta(content), delta(None, "stop")))
    assert outcome.text == "Here"
    assert "“hologram”" in "".join(notice.text for notice in outcome.sum.notices)


async def test_counts_inside_a_choice_are_counted(sim, closing):
    end = delta(None, "stop")
    end["choices"][0]["usage"] = USAGE_IN_CHOICE
    outcome = await read(sim, closing, chat_body(delta("Hi"), end))
    assert (outcome.sum.usage.input_tokens, outcome.sum.usage.output_tokens) == (12, 7)


async def test_the_upstream_price_stands_where_the_users_own_key_paid(sim, closing):
    bill = {"cost": 0, "is_byok": True, "cost_details": {"upstream_inference_cost": 0.036}}
    usage = {"choices": [], "usage": USAGE_IN_CHOICE | bill}
    outcome = await read(sim, closing, chat_body(delta("Hi"), delta("", "stop"), usage))
    assert str(outcome.cost.amount) == "0.036"
    assert "billed_upstream" in outcome.notices


@pytest.mark.parametrize("later", [False, True])
async def test_pages_beside_the_answer_are_listed_in_the_order_of_their_numbers(
    sim, closing, later
):
    urls = ["https://a.example/1", "https://b.example/2"]
    results = [
        {"title": "Second", "url": urls[1], "date": "2026-01-01"},
        {"title": "First", "url": urls[0]},
    ]
    first, last = delta("It is so [1][2]."), delta("", "stop")
    first["citations"] = urls
    (last if later else first)["search_results"] = results
    outcome = await read(sim, closing, chat_body(first, last))
    found = [(source.url, source.title) for source in outcome.sum.sources]
    assert found == [(urls[0], "First"), (urls[1], "Second")]
