from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.transfer.format import Format


@pytest.fixture
def asked(facet: Any) -> Any:
    for question in ("What does temperature do?", "Wo liegt die Straße nach 東京都?"):
        facet("ask", "--set", "max_tokens=5", question)
    return facet


def test_list_names_every_conversation_newest_first(asked: Any) -> None:
    titles = [line["title"] for line in asked.objects("list", "--json")]
    assert titles == ["Wo liegt die Straße nach 東京都?", "What does temperature do?"]


@pytest.mark.parametrize("query", ["temper", "STRASSE", "京都", '"liegt die"'])
def test_search_finds_words_prefixes_phrases_and_characters(asked: Any, query: str) -> None:
    hits = asked.objects("search", "--json", query)
    assert asked.status == 0
    assert any(hit["role"] == "user" for hit in hits)


def test_search_without_a_hit_says_so_by_its_status(asked: Any) -> None:
    assert asked("search", "zebra") == ""
    assert asked.status == 1


def test_a_limit_below_one_is_refused(asked: Any) -> None:
    asked("search", "--limit", "0", "x")
    assert asked.status == 2


def test_export_writes_one_conversation_or_all(asked: Any, tmp_path: Path) -> None:
    conversation = asked.objects("list", "--json")[1]["id"]
    path = tmp_path / "one.md"
    asked("export", "--conversation", conversation, "--format", "md", "--out", str(path))
    assert "What does temperature do?" in path.read_text(encoding="utf-8")
    folder = tmp_path / "all"
    written = asked("export", "--all", "--format", "json", "--out", str(folder)).splitlines()
    assert sorted(str(file) for file in folder.iterdir()) == sorted(written)
    titles = {json.loads(Path(file).read_text(encoding="utf-8"))["title"] for file in written}
    assert len(titles) == 2


def test_what_is_known_as_a_format_can_be_asked_for(
    asked: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    title = Format("title", "Title alone", ".ttl", lambda conversation, *_: conversation.title)
    monkeypatch.setattr("app.transfer.FORMATS", {"title": title})
    conversation, path = asked.objects("list", "--json")[1]["id"], tmp_path / "one"
    for name in ("title", "ttl"):
        path.unlink(missing_ok=True)
        asked("export", "--conversation", conversation, "--format", name, "--out", str(path))
        assert path.read_text(encoding="utf-8") == "What does temperature do?"
    asked("export", "--conversation", conversation, "--format", "md", "--out", str(path))
    assert asked.status == 2
    assert "choose from 'title', 'ttl'" in asked.complaints


def test_export_into_a_folder_that_cannot_be_made_is_explained(asked: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    asked("export", "--all", "--format", "md", "--out", str(tmp_path / "file" / "below"))
    assert asked.status == 1
    assert "could not be made" in asked.complaints


def test_an_unknown_conversation_is_explained(asked: Any, tmp_path: Path) -> None:
    asked("export", "--conversation", "nope", "--format", "md", "--out", str(tmp_path / "x.md"))
    assert asked.status == 1
    assert asked.complaints.startswith("facet: ")
