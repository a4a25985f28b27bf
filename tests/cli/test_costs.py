from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.core.conversations.conversation import Message, Provenance, Role
from app.core.costs.usage import Cost, CostSource, Usage
from app.core.identity import new_id
from app.paths import folders
from app.storage.costs.ledger import record
from app.storage.database.database import Database

SPENT = (
    ("openrouter", "1.25", CostSource.REPORTED),
    ("openrouter", "0.000000000000000001", CostSource.CONFIRMED),
    ("aimlapi", "0.5", CostSource.ESTIMATED),
    ("aimlapi", None, CostSource.UNKNOWN),
)


@pytest.fixture
def spent(tmp_path: Path) -> None:
    """Costs noted in November 2026."""
    database = Database.open(folders(tmp_path / "profile").database)
    for provider_id, amount, source in SPENT:
        told = Provenance(
            provider_id,
            "google/gemma-2-27b-it",
            usage=Usage(10, 20),
            cost=Cost(None if amount is None else Decimal(amount), source),
        )
        at = datetime(2026, 11, 15, tzinfo=UTC)
        made = Message(new_id(), "c", None, Role.ASSISTANT, (), 1, at, provenance=told)
        database.write(lambda writer, made=made: record(writer, made)).result()
    database.close()


@pytest.mark.usefixtures("spent")
def test_a_month_is_told_by_route_and_no_kind_is_added_to_another(facet: Any) -> None:
    lines = facet("costs", "--month", "2026-11").splitlines()
    assert facet.status == 0
    assert lines[0].startswith("OpenRouter  Gemma 2 27B ")
    assert lines[0].endswith("2 answers · $1.25 reported · $0.0000000000000000010 confirmed")
    assert lines[1].endswith("2 answers · about $0.50 estimated · 1 of unknown cost")
    assert lines[2].startswith("November 2026, all together")


@pytest.mark.usefixtures("spent")
def test_for_programs_amounts_are_exact_and_unknown_is_null(facet: Any) -> None:
    dear, cheap = facet.objects("costs", "--month", "2026-11", "--json")
    assert dear["provider"] == "openrouter"
    assert dear["cost"] == {
        "currency": "USD",
        "reported": "1.25",
        "confirmed": "0.000000000000000001",
        "estimated": None,
        "answers_unknown": 0,
    }
    assert (cheap["input_tokens"], cheap["searches"], cheap["answers"]) == (20, None, 2)


@pytest.mark.usefixtures("spent")
def test_a_table_for_spreadsheets(facet: Any) -> None:
    rows = list(csv.DictReader(io.StringIO(facet("costs", "--month", "2026-11", "--csv"))))
    assert [row["provider"] for row in rows] == ["openrouter", "aimlapi"]
    assert rows[0]["confirmed_usd"] == "0.000000000000000001"


@pytest.mark.usefixtures("spent")
def test_a_month_of_nothing_says_so(facet: Any) -> None:
    assert facet("costs", "--month", "2025-01") == "Nothing was asked in January 2025.\n"
    assert facet.objects("costs", "--month", "2025-01", "--json") == []
    assert facet.status == 0


def test_this_month_is_meant_where_none_is_named(facet: Any) -> None:
    facet("ask", "Hello")
    (line,) = facet.objects("costs", "--json")
    assert (line["provider"], line["cost"]["reported"]) == ("practice", "0")
    assert line["month"] == datetime.now().astimezone().strftime("%Y-%m")


def test_what_is_no_month_is_refused(facet: Any) -> None:
    facet("costs", "--month", "november")
    assert facet.status == 2
    assert "2026-11" in facet.complaints


def test_one_shape_at_a_time(facet: Any) -> None:
    facet("costs", "--json", "--csv")
    assert facet.status == 2
