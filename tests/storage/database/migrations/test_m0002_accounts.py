import shutil
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import apsw
import pytest

from app.core.costs.month import Month
from app.core.costs.spending import total
from app.core.errors import StorageError
from app.storage.costs.ledger import Ledger
from app.storage.database.database import Database

DATABASES = Path(__file__).parents[3] / "data" / "databases"


@pytest.fixture
def opened(tmp_path):
    shutil.copy(DATABASES / "version-1.db", tmp_path / "facet.db")
    database = Database.open(tmp_path / "facet.db", expect_existing=True)
    yield database
    database.close()


def test_costs_noted_before_the_step_are_still_there(opened):
    before = apsw.Connection(
        f"{(DATABASES / 'version-1.db').as_uri()}?immutable=1",
        flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI,
    )
    noted = before.execute("SELECT message_id, amount, source, at FROM ledger").fetchall()
    kept = opened.reader.execute("SELECT message_id, amount, source, at FROM ledger").fetchall()
    before.close()
    assert noted
    assert kept == noted
    month = Month.of(datetime.fromisoformat(noted[0][3]).astimezone(UTC))
    assert total(Ledger(opened).of_month(month, UTC)).known == sum(Decimal(r[1]) for r in noted)


def test_what_was_not_known_then_is_unknown_and_not_zero(opened):
    row = opened.reader.execute(
        "SELECT searches, estimated_input, first_text, speed, generation_id FROM ledger"
    ).fetchone()
    assert row == (None,) * 5


def test_a_tool_name_stands_for_one_tool(opened):
    def twice(writer):
        for number in (1, 2):
            writer.execute("INSERT INTO tool VALUES (?, 'weather', '', '{}')", (str(number),))

    with pytest.raises(StorageError):
        opened.write(twice).result()
