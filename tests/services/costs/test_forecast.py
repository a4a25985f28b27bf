from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import (
    AttachmentPart,
    Message,
    Role,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from app.core.conversations.message_tree import MessageTree
from app.core.costs.usage import CostSource, Price
from app.core.models.model import Model
from app.core.models.provider import Request
from app.core.models.tool import Tool
from app.services.costs.forecast import (
    Calibration,
    estimated_tokens,
    forecast,
    history_tokens,
    message_tokens,
    request_tokens,
)
from tests.core.outlined import Outlined


def _said(text: str) -> Message:
    return Message("m", "c", None, Role.USER, (TextPart(text),), 1, datetime.now(UTC))


def test_words_outside_latin_scripts_count_a_token_a_character() -> None:
    assert estimated_tokens("a" * 40) == 10
    assert estimated_tokens("俳句の季語") == 5


def test_a_token_price_gives_an_estimate_with_the_expected_answer() -> None:
    price = Price(Decimal("0.65"), Decimal("0.65"))
    found = forecast("x" * 4000, [], "", Model("p", "m", "M", price=price, context=8192))
    assert found.tokens == 1000
    assert found.cost.source is CostSource.ESTIMATED
    assert found.cost.amount == Decimal("0.65") * 1400 / 1_000_000


def test_a_length_limit_lowers_the_forecast() -> None:
    model = Model("p", "m", "M", price=Price(Decimal(1), Decimal(1)))
    free, capped = forecast("hi", [], "", model), forecast("hi", [], "", model, limit=10)
    assert free.cost.amount is not None
    assert capped.cost.amount is not None
    assert capped.cost.amount < free.cost.amount


def test_a_price_per_message_ignores_tokens_and_adds_the_search() -> None:
    price = Price(per_message=Decimal("0.0040"), per_search=Decimal("0.013"))
    found = forecast("x" * 9999, [], "", Model("e", "m", "M", price=price), searches=1)
    assert found.cost.amount == Decimal("0.0170")


def test_an_unknown_price_stays_unknown() -> None:
    assert forecast("hi", [], "", Model("p", "m", "M")).cost.amount is None


def test_earlier_messages_count_and_too_many_are_seen() -> None:
    found = forecast("hi", [_said("y" * 40_000)], "", Model("p", "m", "M", context=8192))
    assert found.is_over_context


def test_a_picture_counts_before_it_is_sent() -> None:
    picture = Attachment("ab" * 32, "cat.png", "image/png", 10)
    model = Model("p", "gemma-3", "M", inputs=("text", "image"))
    with_picture = forecast("hi", [], "", model, attachments=[picture])
    assert with_picture.tokens - forecast("hi", [], "", model).tokens == 256


def test_calls_and_their_results_count() -> None:
    bare = _said("Hi")
    call = ToolCallPart("c", "find", '{"q": "' + "x" * 400 + '"}')
    assert message_tokens(replace(bare, parts=(*bare.parts, call))) > message_tokens(bare) + 100
    result = ToolResultPart("c", "y" * 400)
    assert message_tokens(replace(bare, parts=(result,))) > 100


def test_a_route_that_counts_more_makes_every_part_longer_and_dearer() -> None:
    model = Model("p", "m", "M", price=Price(Decimal(1), Decimal(1)), context=8192)
    plain = forecast("x" * 400, [_said("y" * 400)], "z" * 400, model)
    found = forecast(
        "x" * 400, [_said("y" * 400)], "z" * 400, model, calibration=Calibration(1.5, 12)
    )
    assert (found.system_tokens, found.history_tokens, found.text_tokens) == (150, 156, 150)
    assert found.cost.amount is not None
    assert plain.cost.amount is not None
    assert found.cost.amount - plain.cost.amount == Decimal(found.tokens - plain.tokens) / 1_000_000
    assert found.calibration.answers == 12


def test_a_whole_request_is_estimated_like_its_forecast() -> None:
    model = Model("p", "m", "M")
    asked = Request(model, [_said("y" * 400), _said("x" * 400)], system="z" * 400)
    assert request_tokens(asked) == 100 + 104 + 104


def test_what_cannot_be_estimated_is_not() -> None:
    model, question = Model("p", "m", "M"), _said("x" * 400)
    film = AttachmentPart(Attachment("ab" * 32, "film.mp4", "video/mp4", 10))
    tool = Tool("weather", "Tells the weather", {"type": "object"})
    assert request_tokens(Request(model, [question], raw={"n": 2})) is None
    assert request_tokens(Request(model, [question], tools=[tool])) is None
    assert request_tokens(Request(model, [question], parameters={"web_search": True})) is None
    assert request_tokens(Request(model, [replace(question, parts=(film,))])) is None


def test_a_branch_is_counted_by_its_sizes_and_only_what_holds_more_is_asked_for() -> None:
    said = [replace(_said(text), id=text) for text in ("Grüße", "京都", "a" * 99, "more")]
    said = [replace(m, parent_id=p, sequence=n) for n, (m, p) in enumerate(_chained(said))]
    outline = Outlined(said, holding={3: 2})
    counted = history_tokens(MessageTree(outline).branch_to("more"))
    assert outline.asked == [3]
    assert abs(counted - history_tokens(said)) <= 1  # Two bytes a letter are half a wide one.


def _chained(said: list[Message]) -> list[tuple[Message, str | None]]:
    return list(zip(said, [None, *(message.id for message in said)], strict=False))
