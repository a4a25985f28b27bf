import json
from collections import OrderedDict
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.conversations.attachment import Attachment
from app.core.conversations.confidence import Confidence, Doubt
from app.core.conversations.conversation import (
    Provenance,
    Role,
    ShapeCheck,
    SourcePart,
    TextPart,
    ToolResultPart,
)
from app.core.costs.usage import Usage
from app.storage.conversations import rows
from tests.storage.samples import conversation, everything, message


def test_a_message_goes_into_a_row_and_back():
    full = everything(conversation())
    assert rows.message_from(rows.message_row(full)) == full


@given(st.text(), st.floats(), st.decimals(allow_nan=False, allow_infinity=False))
def test_any_text_number_and_amount_comes_back(text, number, amount):
    sent = replace(
        message(conversation(), text.encode("utf-8", "replace").decode()),
        provenance=Provenance(
            "p", "m", parameters={"x": str(number)}, usage=Usage(reported_cost=amount)
        ),
    )
    assert rows.message_from(rows.message_row(sent)) == sent


@pytest.mark.parametrize("column", range(10))
def test_a_change_in_any_column_is_seen(column):
    row = list(rows.message_row(everything(conversation())))
    assert rows.is_sound(tuple(row))
    row[column] = "other" if row[column] != "other" else None
    assert not rows.is_sound(tuple(row))
    assert rows.message_from(tuple(row)).provenance.fault.kind == "damaged"


def test_a_damaged_row_of_bytes_still_shows_its_text():
    row = [b"\xff"] * 10 + [None]
    found = rows.message_from(tuple(row))
    assert found.text == "\ufffd"
    assert found.sequence == 0
    assert found.created_at == datetime(1970, 1, 1, tzinfo=UTC)


def test_times_are_kept_in_one_zone_so_that_they_sort():
    tokyo = timezone(timedelta(hours=9))
    assert rows.moment(datetime(2026, 1, 1, tzinfo=tokyo)) == "2025-12-31T15:00:00.000000+00:00"
    assert rows.moment(datetime(2026, 1, 1)) == "2026-01-01T00:00:00.000000+00:00"


def test_a_part_of_a_later_facet_shows_as_it_is():
    part = rows.part_from({"kind": "hologram", "data": 1})
    assert part == TextPart('{"kind":"hologram","data":1}')


def test_fields_of_a_later_facet_are_left_out():
    found = rows.provenance_from(
        {"provider_id": "p", "usage": {"input_tokens": 1, "new": 2}, "x": 1}
    )
    assert found == Provenance("p", "", usage=Usage(1))


def test_any_mapping_and_amount_can_be_packed():
    packed = rows.packed({"a": MappingProxyType({"b": Decimal("1.10")}), "c": OrderedDict(d=1)})
    assert json.loads(packed) == {"a": {"b": "1.10"}, "c": {"d": 1}}


def test_what_cannot_be_stored_is_a_bug():
    with pytest.raises(TypeError, match="object cannot be stored"):
        rows.packed({"a": object()})


@pytest.mark.parametrize(
    ("text", "kept"), [("plain ☃", "plain ☃"), ("\ud83d\ude00", "😀"), ("a\udc00", "a\ufffd")]
)
def test_halves_of_letters_are_joined_or_replaced(text, kept):
    assert rows.plain(text) == kept


def test_a_damaged_role_or_moment_is_told_as_well_as_can_be():
    assert rows.role_from("user") is Role.USER
    assert rows.role_from("u{er") is Role.ASSISTANT
    assert rows.role_from(None) is Role.ASSISTANT
    assert rows.doubtful_moment("2026-13-41T").year == 1970


def test_sources_and_the_judgement_of_a_shape_come_back_and_can_be_searched():
    parts = (TextPart("Snow."), SourcePart("https://a.test/x", "Weather"), SourcePart("https://b"))
    shape = ShapeCheck("misfit", "Does not fit: $.a is not a number.")
    full = replace(
        message(conversation(), "Snow."), parts=parts, provenance=Provenance("p", "m", shape=shape)
    )
    row = rows.message_row(full)
    assert rows.message_from(row) == full
    assert rows.searched_text(full) == "Snow.\n\nWeather https://a.test/x\n\nhttps://b"
    told = replace(full, parts=(ToolResultPart("c", "8 degrees"),))
    assert rows.searched_text(told) == "8 degrees"


def test_how_sure_the_model_was_comes_back():
    sure = Confidence(7, -0.25, (Doubt("be", "fore", -1.5, (("a", -2.0), ("b", -3.0))),))
    full = replace(message(conversation(), "A"), provenance=Provenance("p", "m", confidence=sure))
    assert rows.message_from(rows.message_row(full)) == full


def test_length_and_pages_of_a_file_are_kept_and_may_be_missing():
    film = Attachment("ab" * 32, "a.mp4", "video/mp4", 9, seconds=61.5)
    paper = Attachment("ab" * 32, "a.pdf", "application/pdf", 9, pages=3)
    for file in (film, paper):
        assert rows.attachment_from(rows.attachment_json(file)) == file
    old = {"sha256": "ab", "name": "a", "media_type": "b", "size": 1, "width": 2, "height": 3}
    assert rows.attachment_from(old) == Attachment("ab", "a", "b", 1, 2, 3)
    assert rows.attachment_json(rows.attachment_from(old)) == old
