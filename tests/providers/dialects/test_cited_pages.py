from typing import Any

import pytest

from app.core.conversations.events import SourceAdded
from app.providers.dialects.cited_pages import host_of, sources_of, tells_sources


def test_sources_with_little_said_of_them() -> None:
    holder = {
        "annotations": [
            {"type": "url_citation", "url_citation": {"url": "https://a.test/x", "title": " A "}},
            {"type": "url_citation", "url_citation": {"url": "https://b.test/x"}},
            {"type": "file", "file": {"name": "a.pdf"}},
            None,
        ],
        "citations": ["https://c.test", {"url": "https://d.test", "title": "D"}, 7],
    }
    assert list(sources_of(holder)) == [
        SourceAdded("https://a.test/x", "A"),
        SourceAdded("https://b.test/x", "b.test"),
        SourceAdded("https://c.test", "c.test"),
        SourceAdded("https://d.test", "D"),
    ]
    assert host_of("https://[::1") == "https://[::1"


PAGE = {"title": "A page", "url": "https://a.test/x"}


@pytest.mark.parametrize(
    "holder",
    [
        {"search_results": [PAGE | {"date": "2026-01-01", "snippet": "…"}]},
        {"search_results": [{"url": PAGE["url"]}, PAGE]},
        {"sources": [PAGE]},
        {"references": {"1": PAGE}},
        {"web_search": [{"title": "A page", "link": PAGE["url"], "media": "A"}]},
        {"search_info": {"search_results": [PAGE | {"index": 1}]}},
        {
            "groundingMetadata": {
                "groundingChunks": [{"web": {"uri": PAGE["url"], "title": "A page"}}]
            }
        },
        {"citations": [{"start": 0, "end": 3, "text": "a", "sources": [{"document": PAGE}]}]},
        {"citations": [{"type": "search_result", "source": PAGE["url"], "title": "A page"}]},
    ],
)
def test_pages_are_found_whatever_their_list_is_called(holder: dict[str, Any]) -> None:
    assert tells_sources(holder)
    assert list(sources_of(holder))[-1] == SourceAdded(PAGE["url"], "A page")


@pytest.mark.parametrize(
    "holder",
    [
        {"choices": [PAGE], "model": PAGE["url"], "tool_calls": [PAGE], "content": [PAGE]},
        {"id": "1", "object": "x", "reasoning": PAGE["url"]},
    ],
)
def test_what_lists_no_sources_has_none(holder: dict[str, Any]) -> None:
    assert not tells_sources(holder)
    assert list(sources_of(holder)) == []


def test_a_hostile_list_ends() -> None:
    deep: Any = [PAGE]
    for _ in range(500):
        deep = {"a": deep}
    assert list(sources_of({"sources": deep})) == []
    assert len(list(sources_of({"citations": ["https://a.test"] * 10_000}))) == 500
