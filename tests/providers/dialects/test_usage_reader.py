from decimal import Decimal
from typing import Any

import pytest

from app.core.costs.usage import Usage
from app.providers.catalogue.catalogue import Catalogue
from app.providers.catalogue.reply_place import Places, ReplyPlace
from app.providers.dialects.usage_reader import UsageTally

OPENROUTER = (ReplyPlace("usage.cost"),)
AIMLAPI = Catalogue.bundled().profile("aimlapi").cost_from
SPENT = {"x-aimlapi-usd-spent": "0.002"}
COUNTS = {"prompt_tokens": 12, "completion_tokens": 7}


@pytest.mark.parametrize(
    ("cost_from", "replies", "expected"),
    [
        (
            OPENROUTER,
            [{"usage": COUNTS | {"cost": 0.000003}}],
            Usage(12, 7, reported_cost=Decimal("0.000003")),
        ),
        (OPENROUTER, [{"usage": COUNTS | {"cost": 0}}], Usage(12, 7, reported_cost=Decimal(0))),
        (OPENROUTER, [{"usage": COUNTS}], Usage(12, 7)),
        ((), [{"usage": COUNTS | {"cost": 1}}], Usage(12, 7)),
        (
            AIMLAPI,
            [{"usage": COUNTS}, {"meta": {"usage": {"usd_spent": 0.00124, "credits_used": 9}}}],
            Usage(12, 7, reported_cost=Decimal("0.00124")),
        ),
        (
            AIMLAPI,
            [{"usage": COUNTS | {"cost": 0.5}, "meta": {"usage": {"credits_used": 2480}}}],
            Usage(12, 7, reported_cost=Decimal("0.00124")),
        ),
        (AIMLAPI, [{"usage": COUNTS | {"cost": 0}}], Usage(12, 7)),
        (
            AIMLAPI,
            [{"usage": COUNTS | {"cost": 0.5}}],
            Usage(12, 7, reported_cost=Decimal("0.5")),
        ),
        ((), [{"usage": {"prompt_tokens": "12", "completion_tokens": 7.0}}], Usage(12, 7)),
        (
            (),
            [{"usage": COUNTS}, {"usage": {"prompt_tokens": 0, "completion_tokens": 0}}],
            Usage(12, 7),
        ),
        (
            (),
            [{"usage": {"prompt_tokens": 12, "completion_tokens": 1}}, {"usage": COUNTS}],
            Usage(12, 7),
        ),
        (
            (),
            [
                {
                    "usage": {
                        "input_tokens": 5,
                        "output_tokens": 6,
                        "input_tokens_details": {"cached_tokens": 2},
                        "output_tokens_details": {"reasoning_tokens": 3},
                    }
                }
            ],
            Usage(5, 6, 3, 2),
        ),
        (
            (),
            [{"usage": COUNTS | {"server_tool_use": {"web_search_requests": 2}}}],
            Usage(12, 7, searches=2),
        ),
        (
            (),
            [{"usage": COUNTS | {"server_tool_use_details": {"web_search_requests": 1}}}],
            Usage(12, 7, searches=1),
        ),
        ((), [{"usage": {"prompt_tokens": -1, "completion_tokens": None}}], Usage()),
        ((), [{"usage": []}, {"usage": None}, {}], Usage()),
    ],
)
def test_counts_and_the_bill(cost_from: Places, replies: list[Any], expected: Usage) -> None:
    tally = UsageTally(cost_from)
    for reply in replies:
        tally.feed(reply)
    assert tally.reported == expected


def test_only_changes_are_told() -> None:
    tally = UsageTally(())
    assert tally.feed({"usage": COUNTS}) == Usage(12, 7)
    assert tally.feed({"usage": COUNTS}) is None
    assert tally.finish() is None


def test_a_header_is_trusted_most() -> None:
    tally = UsageTally(AIMLAPI)
    assert tally.feed_headers(SPENT) == Usage(reported_cost=Decimal("0.002"))
    tally.feed({"usage": COUNTS | {"cost": 9}, "meta": {"usage": {"usd_spent": 5}}})
    assert tally.reported == Usage(12, 7, reported_cost=Decimal("0.002"))
    assert UsageTally().feed_headers(SPENT) is None
    assert UsageTally(AIMLAPI).feed_headers({}) is None


def test_a_search_that_was_asked_for_counts_unless_the_reply_says_otherwise() -> None:
    tally = UsageTally((), searches=1)
    assert tally.finish() == Usage(searches=1)
    tally = UsageTally((), searches=1)
    assert tally.feed({"usage": COUNTS}) == Usage(12, 7, searches=1)
    tally = UsageTally((), searches=1)
    assert tally.feed({"usage": COUNTS | {"server_tool_use": {"web_search_requests": 0}}}) == Usage(
        12, 7, searches=0
    )


BYOK = {"cost": 0, "is_byok": True, "cost_details": {"upstream_inference_cost": 0.036}}


@pytest.mark.parametrize(
    ("bill", "expected", "said"),
    [
        (BYOK, Decimal("0.036"), "$0.036"),
        (BYOK | {"cost": 0.0018}, Decimal("0.036"), "$0.0018 comes on top"),
        (BYOK | {"cost_details": {"upstream_inference_cost": "0.036"}}, Decimal("0.036"), "$0.036"),
        (BYOK | {"cost_details": {"upstream_inference_cost": None}}, None, "not said"),
        (BYOK | {"cost_details": None, "cost": 0.0018}, None, "not said"),
        (BYOK | {"is_byok": False, "cost": 0.5}, Decimal("0.5"), ""),
        (BYOK | {"is_byok": None, "cost": 0}, Decimal(0), ""),
    ],
)
def test_the_fee_of_a_gateway_is_never_the_price(
    bill: dict[str, Any], expected: Decimal | None, said: str
) -> None:
    tally = UsageTally(OPENROUTER)
    tally.feed({"usage": COUNTS | bill})
    assert tally.reported == Usage(12, 7, reported_cost=expected)
    assert said in "".join(notice.text for notice in tally.notices())
    assert list(tally.notices()) == []


@pytest.mark.parametrize(
    ("usage", "expected"),
    [
        (
            {
                "prompt_tokens": 100,
                "completion_tokens": 15,
                "total_tokens": 395,
                "completion_tokens_details": {"reasoning_tokens": 280},
            },
            (100, 295, 280),
        ),
        ({"prompt_tokens": 100, "completion_tokens": 15, "total_tokens": 395}, (100, 295, None)),
        (
            {
                "prompt_tokens": 100,
                "completion_tokens": 295,
                "total_tokens": 395,
                "completion_tokens_details": {"reasoning_tokens": 280},
            },
            (100, 295, 280),
        ),
        (
            {"prompt_tokens": 100, "completion_tokens": 15, "reasoning_tokens": 280},
            (100, 295, 280),
        ),
        (
            {
                "prompt_tokens": 20,
                "completion_tokens": 15,
                "total_tokens": 115,
                "prompt_tokens_details": {"cached_tokens": 80},
            },
            (100, 15, None),
        ),
        ({"input_tokens": 0, "output_tokens": 7}, (None, 7, None)),
        ({"input_tokens": 0, "output_tokens": 7, "total_tokens": 19}, (12, 7, None)),
        ({"prompt_tokens": 12, "total_tokens": 19}, (12, 7, None)),
        ({"prompt_tokens": 12, "completion_tokens": 7, "total_tokens": 0}, (12, 7, None)),
        ({"prompt_tokens": 12, "completion_tokens": 7, "total_tokens": 9}, (12, 7, None)),
    ],
)
def test_counts_add_up_to_the_total(
    usage: dict[str, Any], expected: tuple[int | None, ...]
) -> None:
    tally = UsageTally()
    tally.feed({"usage": usage})
    found = tally.reported
    assert (found.input_tokens, found.output_tokens, found.reasoning_tokens) == expected


def test_a_zero_that_was_never_corrected_is_unknown() -> None:
    tally = UsageTally()
    tally.feed({"usage": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}})
    tally.finish(has_answer=True)
    assert tally.reported == Usage()


@pytest.mark.parametrize(
    "piece",
    [
        {"usage": COUNTS},
        {"choices": [{"usage": COUNTS}]},
        {"choices": [{"index": 1, "delta": {}}, {"index": 0, "delta": {"usage": COUNTS}}]},
        {"choices": [{"message": {"content": "Hi", "usage": COUNTS}}]},
        {"usage": {}, "x_groq": {"usage": COUNTS}},
        {"usage": None, "response": {"usage": COUNTS}},
    ],
)
def test_counts_are_found_wherever_they_stand(piece: dict[str, Any]) -> None:
    tally = UsageTally()
    assert tally.is_told_in(piece)
    assert tally.feed(piece) == Usage(12, 7)


@pytest.mark.parametrize("name", ["content", "tool_calls", "function_call"])
def test_what_the_model_says_is_not_counted(name: str) -> None:
    said = [{"function": {"arguments": {"usage": COUNTS}}}]
    assert not UsageTally().is_told_in({"choices": [{"delta": {name: said}}]})
