import json
import time
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.providers.dialects.call_arguments import CallArguments, joined_arguments

OSLO = '{"city":"Oslo"}'


def told(pieces: list[str]) -> str:
    """The arguments as somebody has them who only hears what to append and what to replace."""
    subject, text = CallArguments(), ""
    for piece in pieces:
        said, is_all = subject.add(piece)
        text = said if is_all else text + said
    said, is_all = subject.finish()
    return said if is_all else text + said


@pytest.mark.parametrize(
    ("pieces", "wanted"),
    [
        (["{}", OSLO], OSLO),
        (["{}", '{"ci', 'ty":"Oslo"}'], OSLO),
        (["{}", '{"ci', '{"city":"Os', OSLO], OSLO),
        (["{}" + OSLO], OSLO),
        (["null", OSLO], OSLO),
        ([" {} ", "\n", OSLO], OSLO),
        (['{"city"', ':"Oslo"}', OSLO], OSLO),
        (['{"city"', ':"Oslo"}', OSLO[:7], OSLO[7:]], OSLO),
        (['{"city"', ':"Os', OSLO], OSLO),
        ([OSLO, OSLO, OSLO], OSLO),
        ([OSLO, '{"city": "Oslo"}'], '{"city": "Oslo"}'),
        ([OSLO, "{}"], OSLO),
        (["{", '{"city"', '{"city":"Oslo"', OSLO], OSLO),
        ([OSLO, '{"city":'], OSLO),
        (["{}", "{}"], "{}"),
        (['{"a":', '{"a":1}', "}"], '{"a":{"a":1}}'),
        (['{"a":', '{"a":1}', ',"b":', "2}"], '{"a":{"a":1},"b":2}'),
        (['{"a":"}', "{", '\\"}"}'], '{"a":"}{\\"}"}'),
        (['{"a":"\\', '"}{}"}'], '{"a":"\\"}{}"}'),
        (["{}", '{"ci'], '{"ci'),
        ([OSLO, " and more"], OSLO + "and more"),
        (["not json", "at all"], "not jsonat all"),
        (['{"a" 1}', OSLO], '{"a" 1}' + OSLO),
        (["5"], "5"),
        ([], ""),
    ],
)
def test_one_value_however_often_it_is_said(pieces: list[str], wanted: str) -> None:
    assert told(pieces) == joined_arguments(pieces) == wanted


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=8,
)
OBJECTS = st.dictionaries(st.text(max_size=6), VALUES, max_size=4)


@given(OBJECTS, st.lists(st.integers(0, 200), max_size=8), st.booleans())
def test_pieces_of_any_object_are_joined(value: Any, cuts: list[int], again: bool) -> None:
    text = json.dumps(value)
    places = sorted({min(cut, len(text)) for cut in cuts} | {0, len(text)})
    pieces = [text[start:end] for start, end in pairwise(places)]
    assert told([*pieces, text] if again else pieces) == text


@pytest.mark.parametrize("unit", ["{}", "}", "{", '{"a":"}', '"', "\\", "[]", '{"a":1}'])
def test_hostile_pieces_take_time_in_proportion(unit: str) -> None:
    began = time.process_time()
    told([unit] * 100_000)
    told([unit * 100_000])
    told(['{"a":"', *[unit.replace('"', "}")] * 100_000])
    assert time.process_time() - began < 8
