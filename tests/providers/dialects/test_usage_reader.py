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
